/**
 * A data folder and the files in it. Precious: `log.db`, `keys.json`, `audit.key`, `audit.checkpoints`. Disposable, made again from the log:
 * `views.db`, `views-search.db`, `audit.db`, `replica.db`.
 */
export {
  AuditKeyError,
  AuditKeyFile,
  assertKeyFile,
  auditKeys,
  DEFAULT_ORIGIN,
  ensureAuditKey,
  retireAuditKey,
  rotateAuditKey,
} from './audit-keys.js';
export type { AuditKeys } from './audit-keys.js';
export { ACCEPTED, KeptCheckpoints } from './checkpoints.js';
export { LockedError } from './files.js';
export { allows, isScope, KeyError, keyHash, KeyStore, sameKeyHash, SCOPES } from './keys.js';
export type { Access, KeyRecord, Scope } from './keys.js';
export { openLog, openLogAnew, openLogBeside } from './log.js';
export type { LogAddress, LogOptions, OpenedLog } from './log.js';
