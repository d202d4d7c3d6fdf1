import { EARLIEST, LATEST, type Instant } from '#time';
import type { CellReader } from './sqlite/cell-reader.js';
import type { EffectFilter } from './sqlite/effect-filter.js';
import type { CellRow } from './sqlite/walk.js';
import { SubjectReader } from './subject.js';
import { statusOrVerdict, type Item, type View } from './view.js';

interface Asked extends EffectFilter {
  readonly asOf: Instant;
}

/** An item as JSON. */
export class KnownItem {
  readonly json: string;
  /** Its status or verdict, where it has one. */
  readonly status: string | undefined;
  /** Whether its status is not certain. */
  readonly isUncertain: boolean;

  constructor(item: Item) {
    this.json = JSON.stringify(item);
    this.status = statusOrVerdict(item);
    this.isUncertain = (item as { readonly certain?: boolean }).certain === false;
  }

  get item(): Item {
    return JSON.parse(this.json) as Item;
  }
}

/** The result for a subject. */
interface Found {
  /** Undefined: at the cut and the instant no item is known, or it does not pass. */
  readonly item: KnownItem | undefined;
  /** The status of the item, also of one that does not pass. */
  readonly status: string | undefined;
  /** In [from, to) the clock alone cannot change it. */
  readonly from: Instant;
  readonly to: Instant;
}

type Passes = (item: Item) => boolean;

/** The most characters of JSON that are remembered. A character takes a byte, or two where the text is not in Latin. */
const MOST_CHARACTERS = 24_000_000;
/** The bytes that an item takes besides its JSON, counted as characters. */
const OF_ITEM = 150;
/** The bytes that a subject takes besides its items. */
const OF_SUBJECT = 350;

/**
 * The items of views, as JSON. On each axis an item stays the same between two neighbouring instants of its events. So a question at a new cut
 * mostly finds its items here. Where there are too many, all are forgotten.
 */
export class KnownItems {
  /** By view and voice, then by the list of the subject's cells: a write to the subject makes a new list. */
  private readonly known = new Map<string, WeakMap<object, Map<number, Found>>>();
  private characters = 0;

  constructor(private readonly cells: CellReader) {}

  /**
   * `passes`: of an item that does not pass, only the status is returned, and the item is not remembered. Like `CellReader.stretch`, this does not
   * check the file for new writes.
   */
  find(view: View, id: string, asked: Asked, passes?: Passes): Found {
    const rows = this.cells.rowsOf(view.category, id);
    const stretch = this.cells.stretch(rows, asked);
    if (stretch === undefined) return this.read(view, id, asked, passes);
    const known = this.ofSubject(view, rows, asked)?.get(stretch);
    if (known !== undefined)
      return known.item && passes?.(known.item.item) === false ? { ...known, item: undefined } : known;
    const read = this.read(view, id, asked, passes);
    if (passes === undefined || read.item !== undefined) this.remember(view, rows, asked, stretch, read);
    return read;
  }

  private read(view: View, id: string, { asOf, ...scope }: Asked, passes?: Passes): Found {
    const cells = this.cells.opened(view.category, id, scope);
    let from = EARLIEST;
    let to = LATEST;
    for (const cell of cells) {
      from = Math.max(from, cell.previous(asOf) ?? EARLIEST);
      to = Math.min(to, cell.next(asOf) ?? LATEST);
    }
    const item = view.item(new SubjectReader(id, cells), asOf);
    const isWanted = item !== undefined && passes?.(item) !== false;
    return {
      item: isWanted ? new KnownItem(item) : undefined,
      status: item && statusOrVerdict(item),
      from,
      to,
    };
  }

  private ofSubject(view: View, rows: object, asked: Asked): Map<number, Found> | undefined {
    return this.known.get(voiceOf(view, asked))?.get(rows);
  }

  private remember(view: View, rows: readonly CellRow[], asked: Asked, stretch: number, found: Found): void {
    this.cells.keep(rows);
    const voice = voiceOf(view, asked);
    const subjects = this.known.get(voice) ?? new WeakMap<object, Map<number, Found>>();
    this.known.set(voice, subjects);
    const items = subjects.get(rows) ?? new Map<number, Found>();
    if (items.size === 0) this.characters += OF_SUBJECT;
    subjects.set(rows, items);
    items.set(stretch, found);
    this.characters += OF_ITEM + (found.item?.json.length ?? 0);
    if (this.characters > MOST_CHARACTERS) this.forgetAll();
  }

  private forgetAll(): void {
    this.known.clear();
    this.characters = 0;
  }
}

function voiceOf({ name }: View, { minReliability, accordingTo }: EffectFilter): string {
  const isAll = minReliability === undefined && accordingTo === undefined;
  return isAll ? name : JSON.stringify([name, minReliability, accordingTo]);
}
