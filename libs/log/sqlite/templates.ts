import type { Db, WriteMemory } from '#sqlite';
import { LogError } from '../errors.js';
import { unpackedContent, type SerializedEvent } from '../serialized-event.js';
import { pack, unpackOf, type Unpack } from '../template.js';

/** A row of `templates`. */
export interface StoredTemplate {
  readonly type: string;
  readonly schemaVersion: number;
  /** As JSON. */
  readonly text: string;
  readonly unpack: Unpack;
}

/** The templates in a file, by number. A committed template never changes. */
export class Templates {
  private readonly known;
  private readonly row;

  constructor(
    private readonly db: Db,
    memory: WriteMemory,
  ) {
    this.known = memory.keep(() => new Map<number, StoredTemplate>());
    this.row = db.prepare<[number], Omit<StoredTemplate, 'unpack'>>(
      'SELECT type, schema_version AS schemaVersion, template AS text FROM templates WHERE number = ?',
    );
  }

  /** The template with the number. Throws LogError `corrupt` where there is none, SyntaxError where the template is damaged. */
  at(number: number): StoredTemplate {
    const known = this.known.current.get(number);
    if (known !== undefined) return known;
    const row = this.row.get(number);
    if (row === undefined) {
      throw new LogError('corrupt', `${this.db.name} is damaged: it has no template ${number}`);
    }
    const stored = { ...row, unpack: unpackOf(row.text) };
    this.known.current.set(number, stored);
    return stored;
  }
}

/** The most templates of a file, besides the template `WHOLE` of each type. */
const MOST_TEMPLATES = 4_096;

/** The content of an event as it is stored. */
export interface StoredContent {
  readonly template: number;
  readonly values: string;
}

/** Gives the templates of new events their numbers, inside a transaction. */
export class NewTemplates {
  /** The numbers by template, then by type and version. One text of the three as the key would cost more than the rest. */
  private readonly known;
  private readonly numberOf;
  private readonly last;
  private readonly add;

  constructor(db: Db, memory: WriteMemory) {
    this.known = memory.keep(() => new Map<string, Map<string, number>>());
    this.numberOf = db
      .prepare<[string, number, string], number>(
        'SELECT number FROM templates WHERE type = ? AND schema_version = ? AND template = ?',
      )
      .pluck();
    this.last = db.prepare<[], number>('SELECT ifnull(max(number), 0) FROM templates').pluck();
    this.add = db.prepare<[string, number, string]>(
      'INSERT INTO templates (type, schema_version, template) VALUES (?, ?, ?)',
    );
  }

  stored(event: Pick<SerializedEvent, 'type' | 'schemaVersion' | 'content'>): StoredContent {
    const { type, schemaVersion, content } = event;
    const kind = `${schemaVersion} ${type}`;
    const kinds = this.known.current.get(content.template);
    const known = kinds?.get(kind) ?? this.numberOf.get(type, schemaVersion, content.template);
    if (known === undefined && this.last.get()! >= MOST_TEMPLATES && content.template !== WHOLE) {
      const whole = { template: WHOLE, values: wholeOf(event) };
      return this.stored({ type, schemaVersion, content: whole });
    }
    const template = known ?? Number(this.add.run(type, schemaVersion, content.template).lastInsertRowid);
    this.remember(content.template, kind, template);
    return { template, values: content.values };
  }

  private remember(text: string, kind: string, template: number): void {
    const known = this.known.current;
    const kinds = known.get(text);
    if (kinds !== undefined) {
      kinds.set(kind, template);
      return;
    }
    if (known.size >= 2 * MOST_TEMPLATES) known.clear();
    known.set(text, new Map([[kind, template]]));
  }
}

/** The template of a payload and metadata that are one value each. */
export const WHOLE = '{"payload":0,"metadata":1}';

const wholeOf = ({ content }: Pick<SerializedEvent, 'content'>): string =>
  pack(unpackedContent(content), 1).values;
