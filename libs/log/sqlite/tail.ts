import { PAGE, type Page, type Pages } from './page.js';

/**
 * The end of the log, for followers who are nearly there: they are woken together and stand at the same place, so what is
 * new is read once for all of them. Holds one page.
 */
export class Tail {
  private from = -1;
  private page: Page | undefined;

  constructor(
    private readonly pages: Pages,
    private readonly head: () => number,
  ) {}

  /** Everything after the sequence, unfiltered; undefined where that is more than a page. */
  after(sequence: number): Page | undefined {
    const head = this.head();
    if (head - sequence > PAGE) return undefined;
    if (this.page === undefined || this.from !== sequence || this.page.head !== head) {
      this.page = this.pages.after(sequence, PAGE);
      this.from = sequence;
    }
    return this.page;
  }
}
