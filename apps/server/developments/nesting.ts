import { targetOf, type AcceptanceWarning } from '#events';
import type { Appended, EventLog, NewEvent } from '#log';
import type { Runtime } from '#runtime';
import { DEEPEST_CORRECTION } from '#timeline';
import type { IndexedWarning } from './batch-look.js';
import { givingTurns } from './in-turns.js';

/** A correction of a request. */
interface SentCorrection {
  readonly index: number;
  readonly id: string;
  readonly target: string;
}

/** The way from a correction to the event that it corrects in the end. */
interface Nesting {
  readonly correction: SentCorrection;
  /** Why the views could not apply the correction; absent where they can. */
  readonly fault?: string;
  /** The way ends at an event that is neither recorded nor in the request: another append may continue it. */
  readonly isOpen: boolean;
}

/** The corrections of a request that the views could not apply, and the corrections whose targets are not all known yet. */
export interface CheckedNesting {
  readonly faults: readonly { readonly index: number; readonly fault: string }[];
  readonly open: readonly SentCorrection[];
}

/**
 * Checks the corrections of a request, by index: corrections in a circle, and corrections deeper than `DEEPEST_CORRECTION`, have no effect. The log gives
 * the targets of targets. A target that is not recorded yet ends the way.
 */
export async function checkNesting(
  log: EventLog,
  runtime: Runtime,
  events: ReadonlyMap<number, NewEvent>,
): Promise<CheckedNesting> {
  const corrections: SentCorrection[] = [];
  for (const [index, event] of events) {
    const target = targetOf(event);
    if (target !== undefined) corrections.push({ index, id: event.id, target });
  }
  if (corrections.length === 0) return { faults: [], open: [] };
  const sent = new Map([...events.values()].map((event) => [event.id, targetOf(event)]));
  const nestings = await nestingsOf(log, runtime, corrections, sent);
  return {
    faults: nestings.flatMap(({ correction: { index }, fault }) =>
      fault === undefined ? [] : [{ index, fault }],
    ),
    open: nestings.filter(({ isOpen }) => isOpen).map(({ correction }) => correction),
  };
}

/**
 * The warnings on corrections that were open before their append, once it is in the log. Several appends together may make a circle or a way that is too
 * long: the last of them finds it.
 */
export async function warnOfNesting(
  log: EventLog,
  runtime: Runtime,
  open: readonly SentCorrection[],
  answer: readonly Appended[],
): Promise<IndexedWarning[]> {
  const fresh = open.filter(({ index }) => answer[index]?.duplicate !== true);
  const nestings = await nestingsOf(log, runtime, fresh, new Map());
  return nestings.flatMap(({ correction: { index }, fault }) =>
    fault === undefined ? [] : [{ index, warning: withoutEffect(fault) }],
  );
}

const withoutEffect = (fault: string): AcceptanceWarning => ({
  pointer: '/data/target',
  detail: `${fault}; the correction has no effect`,
  code: 'without-effect',
});

/** `targets`: the target of each correction, by its id, and undefined for a development; targets that are looked up are added. */
async function nestingsOf(
  log: EventLog,
  runtime: Runtime,
  corrections: readonly SentCorrection[],
  targets: Map<string, string | undefined>,
): Promise<Nesting[]> {
  const nestings: Nesting[] = [];
  const missing = new Set<string>();
  const targetAt = async (id: string): Promise<string | undefined> => {
    if (!targets.has(id)) {
      const recorded = await log.find(id);
      targets.set(id, recorded && targetOf(recorded));
      if (!recorded) missing.add(id);
    }
    return targets.get(id);
  };
  for await (const correction of givingTurns(runtime, corrections)) {
    let last = correction.target;
    let fault = faultAt(correction, last, 0);
    for (let depth = 1; fault === undefined; depth += 1) {
      const next = await targetAt(last);
      if (next === undefined) break;
      last = next;
      fault = faultAt(correction, last, depth);
    }
    const isOpen = fault === undefined && missing.has(last);
    nestings.push({ correction, isOpen, ...(fault !== undefined && { fault }) });
  }
  return nestings;
}

/** Why a correction whose way comes to this event, after this number of corrections, has no effect. */
function faultAt(correction: SentCorrection, id: string, depth: number): string | undefined {
  if (id === correction.id) return 'leads back to this correction: corrections must not form a circle';
  return depth > DEEPEST_CORRECTION ? `nests more than ${DEEPEST_CORRECTION} corrections deep` : undefined;
}
