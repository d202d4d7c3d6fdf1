import { cellKey, type CellKey } from '#timeline';
import type { Instant, Range } from '#time';
import { correctionOf } from './correction.js';
import type { Source, StoredDevelopment } from './development.js';
import { effectsOf } from './effects.js';
import { rangeOf, type Mutable } from './event-type.js';
import type { AcceptanceWarning } from './fault.js';

/** The beginning of an assertion of a development about an aspect of a subject. */
export interface Beginning {
  /** The development that begins so: for a correction, its target. */
  readonly about: string;
  readonly type: string;
  /** `crossing-lt-by.medininkai` */
  readonly subject: string;
  readonly aspect: string;
  readonly key: CellKey;
  readonly claimant: string;
  /** Type, subject, aspect, key and claimant in one text. */
  readonly group: string;
  readonly from: Range;
  /** For an occurrence, its value as JSON; undefined for a state. */
  readonly entry?: string;
  /** The document from which the development was read (`documentRead`). */
  readonly document: string;
}

/** The beginnings that are compared to find similar reports (`areSimilar`); for a correction, the beginnings of its replacement. */
export const beginningsOf = (development: StoredDevelopment): Beginning[] => {
  const correction = correctionOf(development);
  const content = correction ? correction.replacement : development;
  if (!content) return [];
  const { id: about, type, payload } = content;
  const begins = rangeOf(payload.occurred ?? payload.reportedAt);
  return effectsOf(content)
    .filter(({ from }) => from.earliest === begins.earliest && from.latest === begins.latest)
    .map(({ subject, aspect, rule, claimant, from, value }) => {
      const key = cellKey(rule, payload.attribution.standing, claimant);
      const beginning: Mutable<Beginning> = {
        about,
        type,
        subject,
        aspect,
        key,
        claimant,
        group: groupOf(type, subject, aspect, key, claimant),
        from,
        document: documentRead(payload.source),
      };
      if (rule === 'ledger') beginning.entry = JSON.stringify(value);
      return beginning;
    });
};

/** A document in one text: its publisher and title. */
export const documentRead = ({ publisher, title }: Source): string => `${publisher}\n${title}`;

/**
 * Whether two reports may be of the same happening: they have the same type, aspect, subject and claimant, both are facts or both are claims, and
 * they may have begun at the same instant. A term that follows an earlier one, such as a prolongation, begins later. One document may have
 * several occurrences at one time: then they must have the same words.
 */
export const areSimilar = (one: Beginning, other: Beginning): boolean =>
  one.about !== other.about &&
  one.group === other.group &&
  one.from.earliest <= other.from.latest &&
  other.from.earliest <= one.from.latest &&
  (one.entry === undefined || one.entry === other.entry || one.document !== other.document);

export const similarWarning = (pointer: string, events: readonly string[]): AcceptanceWarning => ({
  pointer,
  detail: `may be the same as ${events.join(', ')}: same type, subject and claimant, and possibly the same beginning`,
  code: 'similar-report',
  events,
});

/** The greatest number of similar reports that are named. */
export const MOST_SIMILAR = 5;

export interface IndexedBeginning {
  /** The index of the development in its batch. */
  readonly index: number;
  readonly beginning: Beginning;
}

/**
 * A map from the index of a development in the batch to the indices of similar earlier developments (not all, if there are many). Takes n
 * log n time, and yields after each comparison.
 */
export function* similarWithin(
  batch: readonly IndexedBeginning[],
): Generator<void, Map<number, Set<number>>, void> {
  const found = new Map<number, Set<number>>();
  // Occurrences with the same words, and occurrences from different documents.
  for (const group of groupsOf(batch, ({ group, entry }) =>
    entry === undefined ? group : `${group}\n${entry}`,
  ))
    yield* sweep(group, found);
  const occurrences = batch.filter(({ beginning }) => beginning.entry !== undefined);
  for (const group of groupsOf(occurrences, ({ group }) => group)) yield* sweep(group, found);
  return found;
}

const groupsOf = (
  batch: readonly IndexedBeginning[],
  nameOf: (beginning: Beginning) => string,
): IndexedBeginning[][] => {
  const groups = new Map<string, IndexedBeginning[]>();
  for (const indexed of batch) {
    const name = nameOf(indexed.beginning);
    const known = groups.get(name);
    if (known) known.push(indexed);
    else groups.set(name, [indexed]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
};

/**
 * Adds the similar reports of one group. In the order of their earliest beginnings each report is compared with two earlier reports: the one with the
 * latest possible beginning, and the one with the latest possible beginning among other documents. If neither is similar, no earlier report is.
 */
function* sweep(group: IndexedBeginning[], found: Map<number, Set<number>>): Generator<void, void, void> {
  group.sort((a, b) => a.beginning.from.earliest - b.beginning.from.earliest || a.index - b.index);
  let latest: IndexedBeginning | undefined;
  let latestElsewhere: IndexedBeginning | undefined;
  for (const next of group) {
    yield;
    for (const before of [latest, latestElsewhere]) {
      if (!before || !areSimilar(before.beginning, next.beginning)) continue;
      const [earlier, later] = [before.index, next.index].sort((a, b) => a - b) as [number, number];
      const known = found.get(later) ?? new Set();
      if (known.size < MOST_SIMILAR) found.set(later, known.add(earlier));
    }
    if (!latest || latestOf(next) > latestOf(latest)) {
      if (latest && latest.beginning.document !== next.beginning.document) latestElsewhere = latest;
      latest = next;
    } else if (
      latest.beginning.document !== next.beginning.document &&
      (!latestElsewhere || latestOf(next) > latestOf(latestElsewhere))
    ) {
      latestElsewhere = next;
    }
  }
}

const latestOf = ({ beginning }: IndexedBeginning): Instant => beginning.from.latest;

const groupOf = (...parts: readonly string[]): string => parts.join('\n');
