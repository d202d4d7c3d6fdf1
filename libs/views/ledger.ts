import { EARLIEST, formatInstant, type Instant, type Range } from '#time';
import type { KnownEffect, Standing } from '#timeline';
import type { Subject } from './subject.js';
import type { StatedValue } from './view.js';

/** When something happened, who says so, and what that rests on. */
export interface Attributed {
  /** The latest instant, where it is vague. */
  readonly at: string;
  /** Where it is vague: the earliest instant. */
  readonly earliest?: string;
  readonly claimant: string;
  readonly standing: Standing;
  readonly reliability: string;
  readonly because: readonly string[];
}

/** An entry of a ledger. */
export type Entry<V> = V &
  Attributed & { /** It may come about only after `asOf`. */ readonly certain?: false };

/** The entries that may have come about by `at`, earliest first. */
export function entriesOf<V extends object>(subject: Subject, aspect: string, at: Instant): Entry<V>[] {
  return subject
    .ledger<V>(aspect, at)
    .filter(({ effect }) => hasBegun(effect, at))
    .sort((a, b) => a.effect.from.latest - b.effect.from.latest)
    .map(({ value, effect }) => {
      const { at: when, earliest, ...attributed } = attributionOf(effect);
      return {
        at: when,
        ...(earliest !== undefined && { earliest }),
        ...(effect.from.latest > at && { certain: false as const }),
        ...value,
        ...attributed,
      };
    });
}

/**
 * Of a beginning without a lower bound ("by 25 November") only the latest instant counts here: else it would be listed
 * as possible through all of history.
 */
export function hasBegun({ from }: { readonly from: Range }, at: Instant): boolean {
  return from.latest <= at || (from.earliest <= at && from.earliest > EARLIEST);
}

export function attributionOf({ from, claimant, standing, reliability, because }: KnownEffect): Attributed {
  return {
    at: formatInstant(from.latest),
    ...(from.earliest < from.latest && { earliest: formatInstant(from.earliest) }),
    claimant,
    standing,
    reliability,
    because,
  };
}

/** Each entry as a value of its own, under the event it rests on. */
export function statedEntries(entries: readonly Entry<object>[]): StatedValue[] {
  return entries.map(({ because, ...value }) => ({ aspect: `ledger/${because[0] ?? ''}`, value, because }));
}
