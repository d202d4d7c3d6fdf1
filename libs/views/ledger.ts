import type { Attribution } from '#events';
import type { Instant, InstantText } from '#time';
import type { Because, KnownEffect } from '#timeline';
import { hasBegun, type SubjectReader } from './subject.js';
import { instantMembers } from './instant-members.js';
import type { StatedValue } from './view.js';

/** The claimant, and the instant of the event or of the figure. */
export interface Voice extends Attribution {
  /** The instant of the event or of the figure; where it is vague, its latest instant. */
  readonly at: InstantText;
  /** The earliest instant, where it is vague. */
  readonly atEarliest?: InstantText;
}

/** An entry, and the events behind it. */
export interface Attributed extends Voice {
  readonly because: Because;
}

/** An entry of a ledger. */
export interface LedgerEntry extends Attributed {
  /** It may happen only after `asOf`. */
  readonly certain?: false;
}

/** The entries that may have happened by `at`, earliest first. */
export function ledgerEntriesOf<V extends object>(
  subject: SubjectReader,
  aspect: string,
  at: Instant,
): (Omit<V, keyof LedgerEntry> & LedgerEntry)[] {
  return subject
    .ledger<Omit<V, keyof LedgerEntry>>(aspect, at)
    .filter(({ effect }) => hasBegun(effect, at))
    .sort((a, b) => a.effect.from.latest - b.effect.from.latest)
    .map(({ value, effect }) => {
      const { at: when, atEarliest, ...attributed } = attributionOf(effect);
      return {
        at: when,
        ...(atEarliest !== undefined && { atEarliest }),
        ...(effect.from.latest > at && { certain: false as const }),
        ...value,
        ...attributed,
      };
    });
}

export function attributionOf({ from, claimant, standing, reliability, because }: KnownEffect): Attributed {
  return {
    ...instantMembers('at', from),
    claimant,
    standing,
    reliability,
    because,
  };
}

/** Each entry as a value of its own, under the id of its event. */
export function statedEntries(entries: readonly LedgerEntry[]): StatedValue[] {
  return entries.map((entry) => {
    const { because, ...value } = entry;
    return { aspect: `ledger/${because[0] ?? ''}`, value, because, ...begunWith([entry]) };
  });
}

/** The instant of the first of some figures or entries: from then on its value holds. */
export function begunWith([first]: readonly Voice[]): Pick<StatedValue, 'since' | 'sinceEarliest'> {
  if (first === undefined) return {};
  return { since: first.at, ...(first.atEarliest !== undefined && { sinceEarliest: first.atEarliest }) };
}
