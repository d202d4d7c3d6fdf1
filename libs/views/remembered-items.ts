import type { Interruptible } from '#runtime';
import { EARLIEST, LATEST, type Instant } from '#time';
import type { CellReader } from './sqlite/cell-reader.js';
import { BOUNDS, isWithin, type Stretch } from './sqlite/cell-stretches.js';
import type { EffectFilter } from './sqlite/effect-filter.js';
import type { CellRow } from './sqlite/table-columns.js';
import type { SubjectTask, SubjectWork } from './subject-work.js';
import { SubjectReader } from './subject.js';
import { statusOrVerdict, type Item, type View } from './view.js';

interface Asked extends EffectFilter {
  readonly asOf: Instant;
}

/** An item as JSON. */
export class RememberedItem {
  constructor(
    readonly json: string,
    /** The status or the verdict of the item; undefined where it has neither. */
    readonly status: string | undefined,
    /** Whether the status is not certain. */
    readonly isUncertain: boolean,
  ) {}

  static of(item: Item): RememberedItem {
    const isUncertain = (item as { readonly certain?: boolean }).certain === false;
    return new RememberedItem(JSON.stringify(item), statusOrVerdict(item), isUncertain);
  }

  get item(): Item {
    return JSON.parse(this.json) as Item;
  }
}

/** The result for a subject. */
export interface RememberedResult {
  /** The item; undefined where no item is known at the cut and the instant, or the item does not pass. */
  readonly item: RememberedItem | undefined;
  /** The status of the item, also where the item does not pass. */
  readonly status: string | undefined;
  /** In [from, to) the clock alone cannot change the result. */
  readonly from: Instant;
  readonly to: Instant;
  /** The known and the recorded time for which the result is the same; undefined where it is not known. */
  readonly stretch: Stretch | undefined;
}

/** The items that a question asks for. */
export interface Wanted {
  /** The status that an item needs; undefined where it may have any status. */
  readonly status: string | undefined;
  passes(item: Item): boolean;
}

/**
 * The greatest number of characters of JSON that are remembered. A character takes one byte, or two bytes in a text with characters outside Latin-1.
 */
const MOST_CHARACTERS = 45_000_000;
/** The bytes that an item takes besides its JSON, counted as characters. */
const OF_ITEM = 230;
/** The bytes that a subject takes besides its items. */
const OF_SUBJECT = 350;

/** The most results of a subject. A question about any of them compares all, which takes a microsecond. */
const MOST_OF_SUBJECT = 400;

/**
 * The remembered results of a subject: the last `MOST_OF_SUBJECT`. Their bounds are one list of numbers, so that a result takes little memory, and
 * the search takes a few nanoseconds a result.
 */
class ResultsOfSubject {
  private readonly bounds: number[] = [];
  private readonly items: (RememberedItem | undefined)[] = [];
  private added = 0;

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  find(asked: Asked): RememberedResult | undefined {
    for (let index = this.items.length - 1; index >= 0; index -= 1) {
      const at = BOUNDS * index;
      if (!isWithin(this.bounds, at, asked)) continue;
      const item = this.items[index];
      const stretch = this.bounds.slice(at + 2, at + BOUNDS) as [...Stretch];
      return { item, status: item?.status, from: this.bounds[at]!, to: this.bounds[at + 1]!, stretch };
    }
    return undefined;
  }

  add(item: RememberedItem | undefined, from: Instant, to: Instant, stretch: Stretch): void {
    const index = this.added % MOST_OF_SUBJECT;
    this.added += 1;
    this.items[index] = item;
    [from, to, ...stretch].forEach((bound, n) => (this.bounds[BOUNDS * index + n] = bound));
  }
}

/** The results of subjects, by the list of the cells of a subject. A write to the subject makes a new list. */
type BySubject = WeakMap<object, ResultsOfSubject>;

/**
 * The items of views, as JSON. An item stays the same between two neighbouring instants of its events, and for every cut that sees the same of these
 * events. So a question at a new cut mostly finds its items here. Where there are too many items, all items are forgotten.
 */
export class RememberedItems {
  /** The results by view and voice. */
  private readonly remembered = new Map<string, BySubject>();
  private characters = 0;

  constructor(
    private readonly cells: CellReader,
    private readonly work: SubjectWork,
  ) {}

  /** The items of a view, for the claimants and grades of a question. */
  of(view: View, asked: EffectFilter): ItemsOfView {
    const voice = voiceOf(view, asked);
    const remembered: BySubject = this.remembered.get(voice) ?? new WeakMap();
    this.remembered.set(voice, remembered);
    return new ItemsOfView(this.cells, this.work, view, remembered, (characters) => this.count(characters));
  }

  private count(characters: number): void {
    this.characters += characters;
    if (this.characters <= MOST_CHARACTERS) return;
    this.remembered.clear();
    this.characters = 0;
  }
}

/**
 * The items of a view for one voice. `wanted`: of an item that does not pass, only the status is returned, and the item is not remembered. This class
 * does not check the file for new writes.
 */
export class ItemsOfView {
  constructor(
    private readonly cells: CellReader,
    private readonly work: SubjectWork,
    private readonly view: View,
    private readonly remembered: BySubject,
    private readonly count: (characters: number) => void,
  ) {}

  /** The result; undefined where it is not remembered. */
  find(id: string, asked: Asked, wanted?: Wanted): RememberedResult | undefined {
    const found = this.remembered.get(this.cells.rowsOf(this.view.category, id))?.find(asked);
    return found && passed(found, wanted);
  }

  /** The result, read from the cells and remembered. */
  *read(id: string, asked: Asked, wanted?: Wanted): Interruptible<RememberedResult> {
    const rows = this.cells.rowsOf(this.view.category, id);
    const subject: SubjectTask = { view: this.view, id, asked, task: { what: 'result' } };
    let found = yield* this.work.inOnePiece(subject, () => this.computed(id, asked, wanted));
    const { item } = found;
    if (item !== undefined && !(item instanceof RememberedItem)) {
      // It was computed elsewhere, without the filters, and has lost its class.
      const { json, status, isUncertain } = item as RememberedItem;
      found = { ...found, item: new RememberedItem(json, status, isUncertain) };
      this.remember(rows, found);
      return passed(found, wanted);
    }
    if (wanted !== undefined && item === undefined) return found;
    this.cells.keep(rows);
    this.remember(rows, found);
    return found;
  }

  /** The result, computed from the cells. */
  computed(id: string, { asOf, ...filter }: Asked, wanted?: Wanted): RememberedResult {
    const { view } = this;
    const cells = this.cells.opened(view.category, id, filter);
    let from = EARLIEST;
    let to = LATEST;
    for (const cell of cells) {
      from = Math.max(from, cell.previous(asOf) ?? EARLIEST);
      to = Math.min(to, cell.next(asOf) ?? LATEST);
    }
    const subject = new SubjectReader(id, cells);
    const result = (item: RememberedItem | undefined, status: string | undefined): RememberedResult => {
      return { item, status, from, to, stretch: this.cells.around(cells, asOf) };
    };
    const status = wanted?.status === undefined ? undefined : view.status?.(subject, asOf);
    if (status !== wanted?.status && status !== undefined) return result(undefined, status);
    const item = view.item(subject, asOf);
    const isWanted = item !== undefined && wanted?.passes(item) !== false;
    return result(isWanted ? RememberedItem.of(item) : undefined, item && statusOrVerdict(item));
  }

  private remember(rows: readonly CellRow[], { item, from, to, stretch }: RememberedResult): void {
    if (stretch === undefined) return;
    const results = this.remembered.get(rows) ?? new ResultsOfSubject();
    this.remembered.set(rows, results);
    const size = OF_ITEM + (item?.json.length ?? 0);
    this.count(results.isEmpty ? OF_SUBJECT + size : size);
    results.add(item, from, to, stretch);
  }
}

/** The result without an item that does not pass. */
function passed(found: RememberedResult, wanted: Wanted | undefined): RememberedResult {
  return found.item && wanted?.passes(found.item.item) === false ? { ...found, item: undefined } : found;
}

function voiceOf({ name }: View, { minReliability, accordingTo }: EffectFilter): string {
  const isAll = minReliability === undefined && accordingTo === undefined;
  return isAll ? name : JSON.stringify([name, minReliability, accordingTo]);
}
