/**
 * The memory of a writer about its file, so that the writer need not read the same rows again. It belongs to the open transaction: a rollback clears the
 * whole memory, because it also removes rows that the memory has.
 */
export class WriteMemory {
  private generation = 0;

  /** A value that is made at the first use, and again after each `clear`. */
  keep<T>(make: () => T): Remembered<T> {
    let made: { readonly generation: number; readonly value: T } | undefined;
    const current = (): T => {
      if (made?.generation !== this.generation) made = { generation: this.generation, value: make() };
      return made.value;
    };
    return {
      get current() {
        return current();
      },
    };
  }

  clear(): void {
    this.generation += 1;
  }
}

export interface Remembered<T> {
  readonly current: T;
}
