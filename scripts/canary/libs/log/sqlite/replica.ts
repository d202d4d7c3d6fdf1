// log-sqlite-imports-only-what-is-below
import '../replica/cluster.js';
export const log = 'SQLite';
