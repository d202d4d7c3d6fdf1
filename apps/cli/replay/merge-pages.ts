export type InPages<P> = AsyncIterable<P> | Iterable<P>;

/**
 * Walks two lists in the same order, each in pages: gives the two values at the same place in the order, or a value and undefined where the
 * other list has none there. Holds a page of each in memory. `onPage` gets the size of each page of the first.
 */
export async function mergePages<T>(
  one: InPages<readonly T[]>,
  other: InPages<readonly T[]>,
  order: (a: T, b: T) => number,
  onPage: (size: number) => void,
  pair: (own: T | undefined, theirs: T | undefined) => void,
): Promise<void> {
  const [a, b] = [new Cursor(one), new Cursor(other)];
  for (;;) {
    if (a.isThrough) onPage(await a.load());
    if (b.isThrough) await b.load();
    const { current: own } = a;
    const { current: theirs } = b;
    if (own === undefined && theirs === undefined) return;
    const before = own === undefined ? 1 : theirs === undefined ? -1 : order(own, theirs);
    pair(before <= 0 ? own : undefined, before >= 0 ? theirs : undefined);
    if (before <= 0) a.step();
    if (before >= 0) b.step();
  }
}

/** Walks pages value by value. */
class Cursor<T> {
  private readonly pages: AsyncIterator<readonly T[]> | Iterator<readonly T[]>;
  private page: readonly T[] = [];
  private index = 0;

  constructor(pages: InPages<readonly T[]>) {
    this.pages = Symbol.asyncIterator in pages ? pages[Symbol.asyncIterator]() : pages[Symbol.iterator]();
  }

  /** Undefined at the end. */
  get current(): T | undefined {
    return this.page[this.index];
  }

  get isThrough(): boolean {
    return this.index >= this.page.length;
  }

  step(): void {
    this.index += 1;
  }

  /** The size of the next page that is not empty; 0 where there is none. */
  async load(): Promise<number> {
    for (;;) {
      const next = await this.pages.next();
      this.page = next.done === true ? [] : next.value;
      this.index = 0;
      if (next.done === true || this.page.length > 0) return this.page.length;
    }
  }
}
