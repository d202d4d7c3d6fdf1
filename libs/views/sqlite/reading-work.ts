/** Reading took more work than it may take without a break. */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork';
}

/**
 * The work of reading cells, in units of about a microsecond, with what a view makes of the states. It is counted, not measured, so that
 * the same question always takes the same way.
 */
export class ReadingWork {
  private left = Infinity;
  private units = 0;

  /** All work so far. */
  get spent(): number {
    return this.units;
  }

  /** Does work that may take `most` units. Throws TooMuchWork as soon as more would be needed. */
  limited<T>(most: number, work: () => T): T {
    const outside = this.left;
    this.left = most;
    try {
      return work();
    } finally {
      this.left = outside;
    }
  }

  /** Throws TooMuchWork where more than the rest of the limit would be needed. */
  spend(units: number): void {
    this.units += units;
    this.left -= units;
    if (this.left < 0) throw new TooMuchWork('too much work without a break');
  }
}
