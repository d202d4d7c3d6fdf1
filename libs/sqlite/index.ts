export { afterCall, afterCommit, afterRollback, afterThrow, appliedIn } from './commit-mode.js';
export type { CommitMode } from './commit-mode.js';
export { isBusy, isDamaged, isUnwritable, retryWhileBusy, sqliteCode } from './errors.js';
export { claim, formatFound, formatIn, lockAlone, openSqlite, removeDatabase } from './files.js';
export type { Db, FileMark, FormatFound, PreparedStatement } from './files.js';
export { WriteMemory } from './write-memory.js';
export type { Remembered } from './write-memory.js';
