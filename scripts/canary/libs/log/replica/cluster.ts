// log-replica-imports-only-what-is-below
import '../kurrentdb/file.js';
export const replica = 'a replica';
