import type { Db, PreparedStatement, Remembered, WriteMemory } from '#sqlite';
import type { Append } from '../decide.js';
import type { ExpectedRevisions } from '../event-log.js';
import type { SerializedEvent } from '../serialized-event.js';

/** One event of an append as the engine stores it. The append is decided when the last of its events is there. */
export interface Fragment {
  /** The id of the append. */
  readonly append: string;
  /** The number of the event in the append, from 0. */
  readonly index: number;
  /** How many events the append has. */
  readonly count: number;
  readonly event: SerializedEvent;
  /** UTF-16 units of the JSON of its payload and of its metadata; 0 in an append of one event, which is never incomplete. */
  readonly characters: number;
  /** The expected revisions of the append; only in the fragment of index 0. */
  readonly expected: ExpectedRevisions;
  /** When the engine stored it: milliseconds since the epoch. */
  readonly storedAt: number;
  /** Its position in the order of the engine. */
  readonly position: number;
}

/** A complete append, at the position of its last event. */
export interface OrderedAppend extends Append {
  readonly id: string;
  /** When the engine stored its last event: milliseconds since the epoch. */
  readonly storedAt: number;
  readonly position: number;
}

/** Bounds for incomplete appends. They are part of the format: every instance must forget the same appends. */
export interface ForgetBounds {
  /** Positions after its last fragment at which an append is forgotten. */
  readonly distance: number;
  /**
   * UTF-16 units of payloads and metadata in all incomplete appends. Beyond this, the append with the oldest last fragment is forgotten
   * first.
   */
  readonly characters: number;
}

export const FORGET: ForgetBounds = { distance: 20_000, characters: 64_000_000 };

interface Incomplete {
  readonly count: number;
  readonly expected: ExpectedRevisions;
  readonly fragments: Fragment[];
  characters: number;
  /** The position of the last fragment. */
  position: number;
}

interface Arrived {
  /** The append with the oldest last fragment comes first. */
  readonly appends: Map<string, Incomplete>;
  /** UTF-16 units of all of them. */
  characters: number;
  /** The number of fragments of an append in the table. */
  readonly stored: Map<string, number>;
  /** Appends to delete from the table. */
  readonly gone: Set<string>;
}

export const INCOMPLETE_SCHEMA = `
  CREATE TABLE fragments (
    append TEXT NOT NULL,
    place INTEGER NOT NULL,
    fragment TEXT NOT NULL,
    PRIMARY KEY (append, place)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Appends of which some events are missing. An append larger than one write of the engine arrives in several writes, with other appends
 * between them. The order alone decides which appends are remembered and forgotten. So every replica does the same, also after a restart: a
 * transaction stores the incomplete appends at its end.
 */
export class IncompleteAppends {
  private readonly arrived: Remembered<Arrived>;
  private readonly insert: PreparedStatement<[string, number, string]>;
  private readonly remove: PreparedStatement<[string]>;

  constructor(
    private readonly db: Db,
    memory: WriteMemory,
    private readonly bounds: ForgetBounds = FORGET,
  ) {
    this.insert = db.prepare('INSERT INTO fragments VALUES (?, ?, ?)');
    this.remove = db.prepare('DELETE FROM fragments WHERE append = ?');
    this.arrived = memory.keep(() => this.loaded());
  }

  /** The number of events of the append that have arrived; 0 where it is unknown, complete or forgotten. */
  received(append: string): number {
    return this.arrived.current.appends.get(append)?.fragments.length ?? 0;
  }

  /** The append that this fragment completes. A repeated fragment, or one whose predecessor is missing, is ignored. */
  add(fragment: Fragment): OrderedAppend | undefined {
    const { append, index, count, position } = fragment;
    this.forgetOld(position);
    const arrived = this.arrived.current;
    const there = arrived.appends.get(append);
    if (index !== (there?.fragments.length ?? 0) || count !== (there?.count ?? count)) return undefined;
    if (count === 1) return complete([fragment], fragment.expected);
    const incomplete = there ?? {
      count,
      expected: fragment.expected,
      fragments: [],
      characters: 0,
      position,
    };
    incomplete.fragments.push(fragment);
    incomplete.characters += fragment.characters;
    incomplete.position = position;
    arrived.characters += fragment.characters;
    arrived.appends.delete(append);
    arrived.appends.set(append, incomplete);
    if (incomplete.fragments.length === count) {
      this.forget(append, incomplete);
      return complete(incomplete.fragments, incomplete.expected);
    }
    for (const [oldest, other] of arrived.appends) {
      if (arrived.characters <= this.bounds.characters) break;
      this.forget(oldest, other);
    }
    return undefined;
  }

  /** Stores the incomplete appends. Call inside the transaction, at its end. */
  store(): void {
    const { appends, stored, gone } = this.arrived.current;
    for (const append of gone) this.remove.run(append);
    gone.clear();
    for (const [append, { fragments }] of appends) {
      const rows = stored.get(append) ?? 0;
      for (const fragment of fragments.slice(rows)) {
        this.insert.run(append, fragment.index, JSON.stringify(fragment));
      }
      stored.set(append, fragments.length);
    }
  }

  private loaded(): Arrived {
    const arrived: Arrived = { appends: new Map(), characters: 0, stored: new Map(), gone: new Set() };
    const rows = this.db
      .prepare<[], string>('SELECT fragment FROM fragments ORDER BY append, place')
      .pluck()
      .all()
      .map((row) => JSON.parse(row) as Fragment);
    const byAppend = new Map<string, Fragment[]>();
    for (const row of rows) {
      const fragments = byAppend.get(row.append) ?? [];
      fragments.push(row);
      byAppend.set(row.append, fragments);
    }
    const last = (fragments: readonly Fragment[]): number => fragments.at(-1)?.position ?? 0;
    for (const [append, fragments] of [...byAppend].sort(([, a], [, b]) => last(a) - last(b))) {
      const { count = 0, expected = {} } = fragments[0] ?? {};
      const characters = fragments.reduce((sum, fragment) => sum + fragment.characters, 0);
      arrived.appends.set(append, { count, expected, fragments, characters, position: last(fragments) });
      arrived.stored.set(append, fragments.length);
      arrived.characters += characters;
    }
    return arrived;
  }

  private forgetOld(position: number): void {
    for (const [append, incomplete] of this.arrived.current.appends) {
      if (position - incomplete.position <= this.bounds.distance) return;
      this.forget(append, incomplete);
    }
  }

  private forget(append: string, { characters }: Incomplete): void {
    const arrived = this.arrived.current;
    arrived.appends.delete(append);
    arrived.characters -= characters;
    if (arrived.stored.delete(append)) arrived.gone.add(append);
  }
}

function complete(fragments: readonly Fragment[], expected: ExpectedRevisions): OrderedAppend {
  const last = fragments.at(-1);
  return {
    id: last?.append ?? '',
    events: fragments.map(({ event }) => event),
    expected,
    storedAt: fragments.reduce((latest, { storedAt }) => Math.max(latest, storedAt), 0),
    position: last?.position ?? 0,
  };
}
