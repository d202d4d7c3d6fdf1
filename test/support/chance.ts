/** Random numbers from a seed (mulberry32). Equal seeds give equal numbers. */
export class Chance {
  constructor(private state: number) {}

  /** The next number, at least 0 and less than 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, at least `least` and at most `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }

  of<T>(items: readonly T[]): T {
    return items[this.whole(0, items.length - 1)]!;
  }

  /** One of the names; its weight gives its probability. */
  weighed<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) if ((left -= weight) < 0) return name;
    return entries.at(-1)![0];
  }
}

/**
 * The seed of a spec that draws its choices: the variable of the environment, to make the choices of an earlier run again; otherwise a new seed.
 * The title of the spec names it, so that a failure shows it.
 */
export function seedOf(variable: 'CRASH_SEED' | 'CHAOS_SEED'): number {
  return Number(process.env[variable] ?? Math.floor(Math.random() * 2 ** 31));
}
