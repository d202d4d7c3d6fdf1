// log-kurrentdb-imports-only-what-is-below
import '../sqlite/spec-in-use.js';
export const cluster = 'KurrentDB';
