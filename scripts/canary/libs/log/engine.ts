// one-room-opens-sqlite
import 'better-sqlite3';
export const engine = 'SQLite';
