import { isObject } from '#json';

/** A class of plain data; its decorators describe it completely. */
export type Class = new () => object;

/** Records of a decorator about members of classes, besides the records of class-validator and the other packages. */
export class Marks<M> {
  private readonly marks = new Map<object, Map<string, M>>();

  set(target: object, key: string | symbol, mark: M): void {
    const ofTarget = this.marks.get(target) ?? new Map<string, M>();
    this.marks.set(target, ofTarget.set(String(key), mark));
  }

  /** The last mark of this class itself, without its ancestors. */
  get(target: object, key: string | symbol): M | undefined {
    return this.marks.get(target)?.get(String(key));
  }

  /** Every mark, by its prototype; an ancestor comes before its subclasses. */
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
