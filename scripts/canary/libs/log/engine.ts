// sqlite-is-for-sqlite
import 'better-sqlite3';
export const engine = 'SQLite';
