/**
 * An append on its way into the cluster, without a clock and without input or output: its state, and its next step.
 *
 * 1. Only a replica that has had all records of the leader since the append began (`synced`) may refuse it.
 * 2. Once an unconfirmed write may have been stored (`unsure`), no answer says that nothing was written.
 * 3. After a write with an unknown outcome the stream is read up to its end before anything is written again.
 *
 * `appender.ts` does the steps. A decision of the replica ends the attempt at any of them.
 */
export interface Attempt {
  readonly next: AppendStep;
  readonly synced: boolean;
  readonly unsure: boolean;
  /** Writes that failed, or whose outcome is unknown. */
  readonly failures: number;
}

export type AppendStep =
  /** Ask the replica for the decision; `newId`: under a new id, because the replica has forgotten the old id. */
  | { readonly kind: 'decide'; readonly newId: boolean }
  /** Wait until the replica has all records of the leader. */
  | { readonly kind: 'sync'; readonly newId: boolean }
  /** Write the events of the append after the first `from`, which the stream has. */
  | { readonly kind: 'write'; readonly from: number }
  /** Wait until the replica has read past the position. */
  | { readonly kind: 'arrive'; readonly position: number }
  /** Wait a little. */
  | { readonly kind: 'rest' };

/** The outcome of a step, unless the append was decided by then. */
export type StepOutcome =
  /** Of `decide`: it would be accepted, and the stream has only `from` of its events, or none. */
  | { readonly kind: 'to-be-written'; readonly from: number }
  /** Of `decide`: it would be accepted, but the leader cannot be read, so it accepts no write either. */
  | { readonly kind: 'leader-away' }
  /** Of `decide`: refused, by a replica that may lack acknowledged events of another instance. */
  | { readonly kind: 'maybe-behind' }
  /** Of `sync`. */
  | { readonly kind: 'synced' }
  /** Of `write`: the first `from` events are in the stream, and there are more. */
  | { readonly kind: 'partly-written'; readonly from: number }
  /** Of `write`: all of it is in the stream, which has `position` records with it. */
  | { readonly kind: 'written'; readonly position: number }
  /** Of `write`: the limit of the server for one write is less than was sent. */
  | { readonly kind: 'too-large' }
  /** Of `write`: nothing was written, and the same may succeed in a moment. */
  | { readonly kind: 'again' }
  /** Of `write`: it may be stored, or may be stored later. */
  | { readonly kind: 'unknown' }
  /** Of `arrive`: the replica has read past the position. It has forgotten the first events, or the append would be decided. */
  | { readonly kind: 'passed' }
  /** Of `arrive`: the replica has not read past it in time. */
  | { readonly kind: 'late' }
  /** Of `rest`. */
  | { readonly kind: 'rested' };

export const BEGUN: Attempt = {
  next: { kind: 'decide', newId: false },
  synced: false,
  unsure: false,
  failures: 0,
};

/** The attempt after its next step had this outcome. */
export function after(attempt: Attempt, outcome: StepOutcome): Attempt {
  switch (outcome.kind) {
    case 'to-be-written':
      return { ...attempt, next: { kind: 'write', from: outcome.from } };
    case 'leader-away':
    case 'maybe-behind':
      return { ...attempt, next: { kind: 'sync', newId: false } };
    case 'synced': {
      const newId = attempt.next.kind === 'sync' && attempt.next.newId;
      return { ...attempt, synced: true, next: { kind: 'decide', newId } };
    }
    case 'partly-written':
      return { ...attempt, unsure: true, next: { kind: 'write', from: outcome.from } };
    case 'written':
      return { ...attempt, unsure: true, next: { kind: 'arrive', position: outcome.position } };
    case 'too-large':
      return { ...attempt, next: { kind: 'decide', newId: true } };
    case 'again':
      return { ...attempt, failures: attempt.failures + 1, next: { kind: 'rest' } };
    case 'unknown':
      return {
        ...attempt,
        unsure: true,
        failures: attempt.failures + 1,
        next: { kind: 'sync', newId: false },
      };
    case 'passed':
      return { ...attempt, next: { kind: 'decide', newId: true } };
    case 'late':
      return { ...attempt, next: { kind: 'sync', newId: true } };
    case 'rested':
      return { ...attempt, next: { kind: 'decide', newId: false } };
  }
}
