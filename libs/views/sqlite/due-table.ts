import { subjectNamed, type Subject } from '#events';
import type { RecordedEvent } from '#log';
import type { Db } from '#sqlite';
import { EARLIEST, LATEST, type Instant } from '#time';
import { boundsOf, type Effect } from '#timeline';
import type { ChangeStep } from '../changes/staircase.js';
import { DueBounds, dueOf } from './due-bounds.js';
import { BELOW_ALL, LOWEST_ROW_FIRST, ROW_KEY } from './rank-keys.js';

/**
 * Writes the subjects that may change. `due`: the subjects with a bound at an instant after the recording of its event, so that the clock may change
 * them at the bound. `touched`: the subjects of the effects that an event began or ended, with the span of these effects and the last instant at
 * which one of them may start. Nothing is deleted: a bound that no longer counts costs a comparison of two equal states.
 */
export class DueTable {
  private readonly statements;

  constructor(db: Db) {
    this.statements = {
      due: db.prepare<[Instant, string, string]>('INSERT OR IGNORE INTO due VALUES (?, ?, ?)'),
      touched: db.prepare<[number, string, string, Instant, Instant, Instant]>(
        `INSERT INTO touched VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET earliest = min(earliest, excluded.earliest), latest = max(latest, excluded.latest),
           last_start = max(last_start, excluded.last_start)`,
      ),
    };
  }

  begin(effect: Effect, { sequence, recordedAt }: Pick<RecordedEvent, 'sequence' | 'recordedAt'>): void {
    const { category, id } = this.touch(effect, sequence);
    const { from, until, value } = effect;
    const due = dueOf(value);
    // Where even the last bound is in the past, as in all reports about history, no bound is examined.
    if (Math.max(from.latest + 1, until?.latest ?? EARLIEST, due ? due.latest + 1 : EARLIEST) <= recordedAt)
      return;
    for (const bound of boundsOf(due ? [effect, { from: due }] : [effect]))
      if (bound > recordedAt) this.statements.due.run(bound, category, id);
  }

  end(effect: Effect, { sequence }: Pick<RecordedEvent, 'sequence'>): void {
    this.touch(effect, sequence);
  }

  /** Writes the subject to `touched`. Returns the name of the subject. */
  private touch({ subject, from, until, then }: Effect, sequence: number): Subject {
    const name = subjectNamed(subject);
    const latest = then === undefined && until ? until.latest : LATEST;
    this.statements.touched.run(sequence, name.category, name.id, from.earliest, latest, from.latest);
    return name;
  }
}

/** A subject that an event touched, and the span [earliest, latest) of the effects that it began or ended there. */
export interface TouchedSubject {
  readonly category: string;
  readonly subject: string;
  readonly earliest: Instant;
  readonly latest: Instant;
}

/** A subject that is due at an instant. */
export interface DueSubject {
  readonly at: Instant;
  readonly category: string;
  readonly subject: string;
}

/** A cell, and its subject. */
interface SubjectCell {
  readonly id: number;
  readonly category: string;
  readonly subject: string;
}

/** The times of an effect, and the rest of the key of its row. */
export interface EffectTimes {
  readonly from_earliest: Instant;
  readonly from_latest: Instant;
  readonly until_earliest: Instant | null;
  readonly until_latest: Instant | null;
  readonly reported_from: Instant;
  readonly reported_until: Instant | null;
  /** Whether it has another value after its end. */
  readonly has_then: 0 | 1;
  readonly event_id: string;
  readonly ordinal: number;
  readonly recorded_from: number;
}

/** The key of the row of an effect. */
type EffectKey = Pick<EffectTimes, (typeof ROW_KEY)[number]>;

const BEFORE_ALL_ROWS: EffectKey = { ...BELOW_ALL, ordinal: -1, recorded_from: -1 };

/** Finds the subjects that may change. Each look-up costs O(log n) plus the size of its result. */
export class DueReader {
  readonly bounds: DueBounds;
  private readonly statements;

  constructor(db: Db) {
    this.bounds = new DueBounds(db);
    this.statements = {
      next: db.prepare<[Instant], Instant>('SELECT at FROM due WHERE at > ? ORDER BY at LIMIT 1').pluck(),
      last: db
        .prepare<[Instant], Instant>('SELECT at FROM due WHERE at <= ? ORDER BY at DESC LIMIT 1')
        .pluck(),
      subjects: db
        .prepare<[Instant, string, string, number], string>(
          'SELECT subject FROM due WHERE at = ? AND category = ? AND subject > ? ORDER BY subject LIMIT (SELECT ?)',
        )
        .pluck(),
      behind: db.prepare<[Instant, string, string, Instant, number], DueSubject>(
        `SELECT at, category, subject FROM due WHERE (at, category, subject) > (?, ?, ?) AND at <= ?
         ORDER BY at, category, subject LIMIT (SELECT ?)`,
      ),
      cell: db.prepare<[number], SubjectCell>(
        'SELECT id, category, subject FROM cells WHERE id > ? ORDER BY id LIMIT 1',
      ),
      effects: db.prepare<[Readonly<Record<string, string | number>>], EffectTimes>(
        `SELECT from_earliest, until_earliest, until_latest, reported_until, then_value IS NOT NULL AS has_then, ${ROW_KEY.join(', ')}
         FROM effects WHERE cell = @cell AND (${ROW_KEY.join(', ')}) > (${ROW_KEY.map((name) => `@${name}`).join(', ')})
         ${LOWEST_ROW_FIRST} LIMIT (SELECT @most)`,
      ),
      isDue: db.prepare<[Instant, string, string]>(
        'SELECT 1 FROM due WHERE at = ? AND category = ? AND subject = ?',
      ),
      isTouched: db.prepare<[number, string, string]>(
        'SELECT 1 FROM touched WHERE sequence = ? AND category = ? AND subject = ?',
      ),
      touched: db.prepare<[number, string, string, number], TouchedSubject>(
        `SELECT category, subject, earliest, latest FROM touched
         WHERE sequence = ? AND category = ? AND subject > ? ORDER BY subject LIMIT (SELECT ?)`,
      ),
    };
  }

  /** The first instant after the given instant at which a subject is due. */
  next(after: Instant): Instant | undefined {
    return this.statements.next.get(after);
  }

  /** The last instant after `after`, and not after `until`, at which a subject is due. */
  last(after: Instant, until: Instant): Instant | undefined {
    const last = this.statements.last.get(until);
    return last !== undefined && last > after ? last : undefined;
  }

  /** The first `most` subjects of a category after `after` that are due at the instant, in order. */
  subjects(at: Instant, category: string, after: string, most: number): string[] {
    return this.statements.subjects.all(at, category, after, most);
  }

  /** The first `most` pairs of an instant and a subject that is due at it, after the given pair, up to the instant `until`, in order. */
  behind({ at, category, subject }: DueSubject, until: Instant, most: number): DueSubject[] {
    return this.statements.behind.all(at, category, subject, until, most);
  }

  /** The next cell after an id. */
  cellBehind(id: number): SubjectCell | undefined {
    return this.statements.cell.get(id);
  }

  /** The next effects of a cell, recorded at any time, after the given one, in the order of their rows: at most `most`. */
  effectsBehind(cell: number, most: number, last: EffectKey = BEFORE_ALL_ROWS): EffectTimes[] {
    const { from_latest, reported_from, event_id, ordinal, recorded_from } = last;
    return this.statements.effects.all({
      cell,
      from_latest,
      reported_from,
      event_id,
      ordinal,
      recorded_from,
      most,
    });
  }

  /** Whether the step may change a subject of the category: one of `subjects`, where they are given. */
  concerns(step: ChangeStep, category: string, subjects?: readonly string[]): boolean {
    const behind = (after: string): string | undefined =>
      step.kind === 'event'
        ? this.touched(step.sequence, category, after, 1)[0]?.subject
        : this.subjects(step.at, category, after, 1)[0];
    if (subjects === undefined) return behind('') !== undefined;
    const { isTouched, isDue } = this.statements;
    return subjects.some((subject) =>
      step.kind === 'event'
        ? isTouched.get(step.sequence, category, subject) !== undefined
        : isDue.get(step.at, category, subject) !== undefined,
    );
  }

  /** The first `most` subjects of a category after `after` that the event touched, in order. */
  touched(sequence: number, category: string, after: string, most: number): TouchedSubject[] {
    return this.statements.touched.all(sequence, category, after, most);
  }
}
