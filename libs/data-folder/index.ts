/**
 * A data folder and the files in it. Precious: `log.db`, `keys.json`, `audit.key`, `audit.checkpoints`, `webhooks.db`. Disposable, rebuilt from
 * the log: `views.db`, `views-search.db`, `audit.db`, `replica.db`; and `keys-used.json`, with the last uses of keys. With a cluster, `webhooks.key` encrypts the secrets of
 * webhooks there, and `webhooks-replica.db` is a copy of them.
 *
 * Both apps use it: it opens the log, and has the keys, writes an event out as the API and an export have it (`toEntry`), lets the audit
 * tree grow with the log (`Audit`), compares the log with its checkpoints, and copies a folder.
 */
export {
  AuditKeyError,
  assertKeyFile,
  auditKeys,
  DEFAULT_ORIGIN,
  retireAuditKey,
  rotateAuditKey,
} from './audit-keys.js';
export type { AuditKeys } from './audit-keys.js';
export { Audit } from './audit.js';
export type { AuditOptions } from './audit.js';
export { backUp } from './back-up.js';
export { fromCloudEvent, toCloudEvent } from './cloud-event.js';
export type { CloudEvent } from './cloud-event.js';
export { auditEntryOf, auditLeafOf, fromEntry, toEntry } from './event-entry.js';
export type { EventEntry, Sequence } from './event-entry.js';
export { allows, isScope, KeyError, KeyStore, SCOPES } from './keys.js';
export type { Access, Scope } from './keys.js';
export { openLog, openSourceLog, openLogBeside } from './open-log.js';
export { ensureEncryptionKey } from './encryption-key.js';
export type { OpenedLog } from './open-log.js';
export { LogChangedError } from './start-check.js';
export { writeTree } from './tree-sink.js';
export { verifyFolder } from './verify-folder.js';
export { writableViews } from './writable-views.js';
