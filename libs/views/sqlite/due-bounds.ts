import type { Db } from '#sqlite';
import { LATEST, parseInstant, type Instant, type Range } from '#time';
import type { EventId, Span } from '#timeline';

/** `from`: an effect begins. `until`: the effect ends. `due`: the decision in the effect is due; this changes no value. */
export type BoundKind = 'from' | 'until' | 'due';

/** A bound of an effect, as one version of the development has it. */
export interface BoundVersion {
  readonly eventId: EventId;
  readonly kind: BoundKind;
  /** The aspect of the effect. */
  readonly aspect: string;
  readonly range: Range;
  /** When the report was surely public. */
  readonly reported: Instant;
  /** The sequences at which this version is current; without an end where it still is current. */
  readonly recorded: Span;
}

type Row = readonly [
  eventId: EventId,
  aspect: string,
  fromEarliest: Instant,
  fromLatest: Instant,
  untilEarliest: Instant | null,
  untilLatest: Instant | null,
  reported: Instant,
  recordedFrom: number,
  recordedUntil: number | null,
  decision: string | null,
];

const OF_SUBJECT = 'FROM cells JOIN effects ON cell = id WHERE category = @category AND subject = @subject';
const IS_DECISION = "aspect LIKE 'decision/%'";
const COLUMNS =
  'event_id, aspect, from_earliest, from_latest, until_earliest, until_latest, reported_from, recorded_from, recorded_until, ' +
  `CASE WHEN ${IS_DECISION} THEN value END`;
/** Reads the bounds of effects, in all their versions, and the events that may have altered the change at a bound. */
export class DueBounds {
  private readonly statements;

  constructor(db: Db) {
    this.statements = {
      versions: db
        .prepare<[{ category: string; subject: string; since: Instant }], Row>(
          `SELECT ${COLUMNS} FROM cells JOIN effects ON cell = id LEFT JOIN contents USING (content)
           WHERE category = @category AND subject = @subject AND reported_until IS NULL
             AND (from_latest >= @since OR until_latest >= @since OR ${IS_DECISION})
           ORDER BY recorded_from, ordinal`,
        )
        .raw(),
      isDue: db.prepare<[Instant, string, string]>(
        'SELECT 1 FROM due WHERE at = ? AND category = ? AND subject = ?',
      ),
      altering: db
        .prepare<[Readonly<Record<string, string | number>>], number>(
          `SELECT sequence FROM (
             SELECT recorded_from AS sequence ${OF_SUBJECT} ${BY_THEN}
             UNION SELECT recorded_until ${OF_SUBJECT} ${BY_THEN} AND recorded_until IS NOT NULL
           ) WHERE sequence <= @upTo ORDER BY sequence DESC LIMIT (SELECT @most)`,
        )
        .pluck(),
    };
  }

  /** The bounds of a subject at an instant or later, of all versions that were ever current. */
  versions(category: string, subject: string, since: Instant): BoundVersion[] {
    return this.statements.versions.all({ category, subject, since }).flatMap((row) => boundsIn(row));
  }

  /** Whether an event that was recorded before this instant has a bound at the instant (the table `due`). */
  isDue(at: Instant, category: string, subject: string): boolean {
    return this.statements.isDue.get(at, category, subject) !== undefined;
  }

  /**
   * The sequences of the events that began or ended an effect, where this effect may start by `last`. The greatest first, at most `most`.
   * Ended effects count: they gave earlier states.
   */
  altering(
    category: string,
    subject: string,
    { last, upTo, most }: { readonly last: Instant; readonly upTo: number; readonly most: number },
  ): number[] {
    return this.statements.altering.all({ category, subject, last: Math.min(LATEST, last + 1), upTo, most });
  }
}

const BY_THEN = 'AND from_earliest <= @last';

function boundsIn(row: Row): BoundVersion[] {
  const [
    eventId,
    aspect,
    from,
    fromLatest,
    until,
    untilLatest,
    reported,
    recordedFrom,
    recordedUntil,
    decision,
  ] = row;
  const recorded = { from: recordedFrom, ...(recordedUntil !== null && { until: recordedUntil }) };
  const of = (kind: BoundKind, range: Range | undefined): BoundVersion[] =>
    range ? [{ eventId, kind, aspect, range, reported, recorded }] : [];
  const due = decision === null ? undefined : dueOf(JSON.parse(decision));
  return [
    ...of('from', { earliest: from, latest: fromLatest }),
    ...of(
      'until',
      untilLatest === null ? undefined : { earliest: until ?? untilLatest, latest: untilLatest },
    ),
    ...of('due', due),
  ];
}

/** The range in which the decision in a value is due; undefined where the value has none. */
export function dueOf(value: unknown): Range | undefined {
  const { due } = (value ?? {}) as {
    readonly due?: { readonly earliest?: unknown; readonly latest?: unknown };
  };
  if (typeof due?.earliest !== 'string' || typeof due.latest !== 'string') return undefined;
  return { earliest: parseInstant(due.earliest), latest: parseInstant(due.latest) };
}
