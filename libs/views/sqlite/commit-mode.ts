/**
 * How a file commits. `committed`: the sequence up to which every event is committed.
 *
 * - `steady`: every row is committed. The next call of `apply` commits too, unless more is to come.
 * - `bulk`: a transaction is open, because more is to come. It has the rows of the events up to `applied`, `uncommitted` events in all.
 * - `careful`: every row is committed. A bulk was rolled back, because an event up to `upTo` threw: until then every call commits, so that the call
 *   with this event can be applied event by event.
 */
export type CommitMode =
  | { readonly name: 'steady'; readonly committed: number }
  | {
      readonly name: 'bulk';
      readonly committed: number;
      readonly applied: number;
      readonly uncommitted: number;
    }
  | { readonly name: 'careful'; readonly committed: number; readonly upTo: number };

/** The number of events in a commit, while more events are to come. */
const COMMIT_AFTER = 100_000;

/** After a call has applied `count` events, up to `applied`. The mode is `bulk` where the commit is left to a later call. */
export function afterCall(mode: CommitMode, applied: number, count: number, more: boolean): CommitMode {
  const uncommitted = count + (mode.name === 'bulk' ? mode.uncommitted : 0);
  return more && mode.name !== 'careful' && uncommitted < COMMIT_AFTER
    ? { name: 'bulk', committed: mode.committed, applied, uncommitted }
    : afterCommit(mode, applied);
}

export function afterCommit(mode: CommitMode, committed: number): CommitMode {
  return mode.name === 'careful' && committed < mode.upTo
    ? { ...mode, committed }
    : { name: 'steady', committed };
}

export function afterRollback(mode: CommitMode): CommitMode {
  return mode.name === 'bulk' ? { name: 'steady', committed: mode.committed } : mode;
}

/** After a bulk was rolled back because an event up to `upTo` threw. */
export function afterThrow({ committed }: CommitMode, upTo: number): CommitMode {
  return { name: 'careful', committed, upTo };
}

/** The sequence up to which every event has been applied. */
export const appliedIn = (mode: CommitMode): number => (mode.name === 'bulk' ? mode.applied : mode.committed);
