/** How far a writer is in the events that it is given. */
export interface WritePlace {
  readonly position: number;
}

/**
 * How a file that is written from a source commits. `committed`: the place up to which every event is committed.
 *
 * - `steady`: every row is committed. The next call of `apply` commits too, unless more is to come.
 * - `bulk`: a transaction is open, because more is to come. It has the rows of the events up to `applied`, `uncommitted` events in all.
 * - `careful`: every row is committed. What was uncommitted was rolled back, because an event up to `upTo` threw: until then every call commits, so
 *   that the call with this event stands alone.
 */
export type CommitMode<P extends WritePlace = WritePlace> =
  | { readonly name: 'steady'; readonly committed: P }
  | {
      readonly name: 'bulk';
      readonly committed: P;
      readonly applied: P;
      readonly uncommitted: number;
    }
  | { readonly name: 'careful'; readonly committed: P; readonly upTo: number };

/**
 * After a call has applied `count` events, up to `applied`. The mode is `bulk` where the commit is left to a later call: `more` events are to come, and
 * fewer than `most` are uncommitted.
 */
export function afterCall<P extends WritePlace>(
  mode: CommitMode<P>,
  applied: P,
  { count, more, most }: { readonly count: number; readonly more: boolean; readonly most: number },
): CommitMode<P> {
  const uncommitted = count + (mode.name === 'bulk' ? mode.uncommitted : 0);
  return more && mode.name !== 'careful' && uncommitted < most
    ? { name: 'bulk', committed: mode.committed, applied, uncommitted }
    : afterCommit(mode, applied);
}

export function afterCommit<P extends WritePlace>(mode: CommitMode<P>, committed: P): CommitMode<P> {
  return mode.name === 'careful' && committed.position < mode.upTo
    ? { ...mode, committed }
    : { name: 'steady', committed };
}

export function afterRollback<P extends WritePlace>(mode: CommitMode<P>): CommitMode<P> {
  return mode.name === 'bulk' ? { name: 'steady', committed: mode.committed } : mode;
}

/** After everything uncommitted was rolled back because an event up to the position `upTo` threw. */
export function afterThrow<P extends WritePlace>({ committed }: CommitMode<P>, upTo: number): CommitMode<P> {
  return { name: 'careful', committed, upTo };
}

/** The place up to which every event has been applied. */
export const appliedIn = <P extends WritePlace>(mode: CommitMode<P>): P =>
  mode.name === 'bulk' ? mode.applied : mode.committed;
