import type { Db, WriteMemory } from '#sqlite';
import type { Standing } from '#timeline';
import { CONTENT_COLUMNS, CONTENT_MEMBERS } from './table-columns.js';
import { insertInto, positionsIn, selected, type RowOf } from './sql-columns.js';
import { hashOf } from './zone-map.js';

/** The content of an effect: the effect without its times. Many effects share one content. */
export interface EffectContent {
  readonly claimant: string;
  readonly standing: Standing;
  readonly reliability: string;
  readonly value: unknown;
}

/** The SQL of effects with their contents. The contents are looked up effect by effect. `index` may name an index to use. */
export const effectsWithContents = (index = ''): string =>
  `effects e ${index} CROSS JOIN contents USING (content)`;

const CONTENTS_REMEMBERED = 10_000;

/** The members of a content, as `contents` has them. */
type ContentMembers = RowOf<typeof CONTENT_MEMBERS>;

/** Stores contents, each once. The number of a content is its hash, or the next free number, so two builds are equal. */
export class ContentsTable {
  private readonly numbers;
  private readonly statements;

  constructor(db: Db, memory: WriteMemory) {
    this.numbers = memory.keep(() => new Map<string, number>());
    this.statements = {
      at: db
        .prepare<[number], ContentMembers>(
          `SELECT ${selected(CONTENT_MEMBERS)} FROM contents WHERE content = ?`,
        )
        .raw(),
      add: db.prepare<[number, ...ContentMembers]>(insertInto('contents', CONTENT_COLUMNS)),
    };
  }

  /** The number of a content, whose value is given as JSON. */
  numberOf(members: ContentMembers): number {
    const numbers = this.numbers.current;
    const key = members.join('\n');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    let number = hashOf(key) >>> 1;
    while (!this.take(number, members)) number += 1;
    if (numbers.size >= CONTENTS_REMEMBERED) numbers.clear();
    numbers.set(key, number);
    return number;
  }

  /** Gives the number to the content if the number is free. False: another content has the number. */
  private take(number: number, members: ContentMembers): boolean {
    const found = this.statements.at.get(number);
    if (found === undefined) this.statements.add.run(number, ...members);
    return found === undefined || members.every((member, index) => member === found[index]);
  }
}

type ContentRow = RowOf<typeof CONTENT_COLUMNS>;

const CONTENT_AT = positionsIn(CONTENT_COLUMNS);

/** Reads contents by their numbers. */
export class ContentsReader {
  private readonly statement;

  constructor(db: Db) {
    this.statement = db
      .prepare<[string], ContentRow>(
        `SELECT ${selected(CONTENT_COLUMNS)} FROM contents WHERE content IN (SELECT value FROM json_each(?))`,
      )
      .raw();
  }

  /** The contents by number; each is parsed once. */
  all(numbers: ReadonlySet<number>): Map<number, EffectContent> {
    const rows = this.statement.all(JSON.stringify([...numbers]));
    return new Map(rows.map((row) => [row[CONTENT_AT.content], contentOf(row)]));
  }
}

const contentOf = (row: ContentRow): EffectContent => ({
  claimant: row[CONTENT_AT.claimant],
  standing: row[CONTENT_AT.standing],
  reliability: row[CONTENT_AT.reliability],
  value: JSON.parse(row[CONTENT_AT.value]) as unknown,
});
