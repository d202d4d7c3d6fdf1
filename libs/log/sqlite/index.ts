export type { LogInFile } from './reader.js';
export { restoreSqliteLog } from './restore.js';
export type { Restoring } from './restore.js';
export { openSqliteLog } from './sqlite-log.js';
export type { SqliteLogOptions } from './sqlite-log.js';
export { copyDatabase } from './copy-database.js';
