/**
 * What a writer remembers of its file, so that it need not ask again. It belongs to the transactions that wrote it: a rollback
 * clears all of it at once.
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
