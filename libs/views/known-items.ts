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

/** What a view says of a subject. */
interface Found {
  /** Undefined: at the cut and the instant no item is known, or it does not pass. */
  readonly item: KnownItem | undefined;
  /** Of the item, whether it passes or not. */
  readonly status: string | undefined;
  /** In [from, to) the clock alone cannot change it. */
  readonly from: Instant;
  readonly to: Instant;
}

type Passes = (item: Item) => boolean;

/** Letters of JSON that are remembered at most; a letter takes a byte, or two where the text is not in Latin. */
const MOST_LETTERS = 24_000_000;
/** What an item takes besides. */
const OVERHEAD = 150;
/** What a subject takes besides. */
const OF_SUBJECT = 350;

/**
 * The items of views, as JSON. Between two neighbouring instants of its events an item stays the same, on each axis. So a cut that nobody asked
 * before mostly asks for items that are known. When there are too many, all are forgotten.
 */
export class KnownItems {
  /** By view and voice, and by the rows of the subject: those are others once it was written to. */
  private readonly known = new Map<string, WeakMap<object, Map<number, Found>>>();
  private letters = 0;

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
    if (items.size === 0) this.letters += OF_SUBJECT;
    subjects.set(rows, items);
    items.set(stretch, found);
    this.letters += OVERHEAD + (found.item?.json.length ?? 0);
    if (this.letters > MOST_LETTERS) this.forgetAll();
  }

  private forgetAll(): void {
    this.known.clear();
    this.letters = 0;
  }
}

function voiceOf({ name }: View, { minReliability, accordingTo }: EffectFilter): string {
  const isAll = minReliability === undefined && accordingTo === undefined;
  return isAll ? name : JSON.stringify([name, minReliability, accordingTo]);
}
