import { isObject } from './value.js';

/** A class of plain data: what its decorators say is all there is to it. */
export type Class = new () => object;

/** What a decorator notes about members of classes, beyond what class-validator and the others keep. */
export class Marks<M> {
  private readonly marks = new Map<object, Map<string, M>>();

  set(target: object, key: string | symbol, mark: M): void {
    const ofTarget = this.marks.get(target) ?? new Map<string, M>();
    this.marks.set(target, ofTarget.set(String(key), mark));
  }

  /** The mark that was set last, on this very class. */
  get(target: object, key: string | symbol): M | undefined {
    return this.marks.get(target)?.get(String(key));
  }

  /** Every mark, by the prototype that it was set on; ancestors come before those that extend them. */
  [Symbol.iterator](): IterableIterator<[object, ReadonlyMap<string, M>]> {
    return this.marks.entries();
  }

  /** The marks of a class and its ancestors. */
  allOf(of: Class): ReadonlyMap<string, M> {
    const found = new Map<string, M>();
    for (let p: unknown = of.prototype; isObject(p); p = Object.getPrototypeOf(p)) {
      for (const [key, mark] of this.marks.get(p) ?? []) if (!found.has(key)) found.set(key, mark);
    }
    return found;
  }
}
