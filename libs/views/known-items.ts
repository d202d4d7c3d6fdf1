import { EARLIEST, LATEST, type Instant } from '#time';
import type { CellReader } from './sqlite/cell-reader.js';
import type { EffectFilter } from './sqlite/effect-filter.js';
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
  /** Undefined: at the cut and the instant, no item is known. */
  readonly item: KnownItem | undefined;
  /** In [from, to) the clock alone cannot change it. */
  readonly from: Instant;
  readonly to: Instant;
}

/** Letters of JSON that are remembered at most; a letter takes a byte, or two where the text is not in Latin. */
const MOST_LETTERS = 24_000_000;
/** What an item takes besides. */
const OVERHEAD = 150;

/**
 * The items of views, as JSON. Between two neighbouring instants of its events an item stays the same, on each axis. So a cut that nobody asked
 * before mostly asks for items that are known. When there are too many, all are forgotten.
 */
export class KnownItems {
  /** By view and voice, and by the rows of the subject: those are others once it was written to. */
  private readonly known = new Map<string, WeakMap<object, Map<number, Found>>>();
  private letters = 0;

  constructor(private readonly cells: CellReader) {}

  /** The file is not looked at for writes, as `CellReader.stretch` does not. */
  find(view: View, id: string, asked: Asked): Found {
    const rows = this.cells.rowsOf(view.category, id);
    const stretch = this.cells.stretch(rows, asked);
    if (stretch === undefined) return this.read(view, id, asked);
    const ofSubject = this.ofSubject(view, rows, asked);
    const known = ofSubject.get(stretch);
    if (known !== undefined) return known;
    const read = this.read(view, id, asked);
    ofSubject.set(stretch, read);
    this.letters += OVERHEAD + (read.item?.json.length ?? 0);
    if (this.letters > MOST_LETTERS) this.forgetAll();
    return read;
  }

  private read(view: View, id: string, { asOf, ...scope }: Asked): Found {
    const cells = this.cells.opened(view.category, id, scope);
    let from = EARLIEST;
    let to = LATEST;
    for (const cell of cells) {
      from = Math.max(from, cell.previous(asOf) ?? EARLIEST);
      to = Math.min(to, cell.next(asOf) ?? LATEST);
    }
    const item = view.item(new SubjectReader(id, cells), asOf);
    return { item: item && new KnownItem(item), from, to };
  }

  private ofSubject(view: View, rows: object, { minReliability, accordingTo }: Asked): Map<number, Found> {
    const isAll = minReliability === undefined && accordingTo === undefined;
    const key = isAll ? view.name : JSON.stringify([view.name, minReliability, accordingTo]);
    let subjects = this.known.get(key);
    if (subjects === undefined) {
      subjects = new WeakMap();
      this.known.set(key, subjects);
      this.letters += OVERHEAD;
    }
    let items = subjects.get(rows);
    if (items === undefined) {
      items = new Map();
      subjects.set(rows, items);
      this.letters += OVERHEAD;
    }
    return items;
  }

  private forgetAll(): void {
    this.known.clear();
    this.letters = 0;
  }
}
