export type { Fragment } from './incomplete-appends.js';
export { openReplicaToRead } from './replica-reader.js';
export { Replica } from './replica.js';
export type { Beat, Decided, ReplicaCheckpoint } from './replica.js';
