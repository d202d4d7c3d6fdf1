/**
 * The outline of a cell: at each instant the classes of values that are possible, and whether the cell is silent in some world.
 *
 * A search goes from state to state until the class changes. Where n vague effects overlap, there are some 3n states with up to n candidates each. The
 * outline is made in one pass over the bounds, in O(n log n) steps for a few classes. It has a bound only where a class comes or goes.
 *
 * A class is possible iff one of its effects ranks at or above the floor (overlay.ts). Effects that have surely started have a fixed rank; effects that
 * may have started count from the present instant. So for each class the highest effect of either kind decides. `outline.spec.ts` compares the
 * outline with the overlay.
 */
import { EARLIEST, type Instant } from '#time';
import { boundsOf, boundsUpTo } from './cell.js';
import type { KnownEffect } from './effect.js';
import { ends, latestStart, overlay, type CellState } from './overlay.js';
import { compareRank } from './rank.js';
import type { Steps } from './steps.js';

/** The class of a value, and of the effect that gives it. */
export type ClassOf<V> = (value: V, effect: KnownEffect<V>) => string;

/**
 * A cell, or several cells in one overlay, whose states have a candidate of each possible class, but not all candidates. `effects` are visible at the
 * cut, and have been through `meet`. There are few classes. `withFirst`: the first candidate is of the same class as the first candidate of the cell;
 * then there is also a bound where this class changes.
 */
export function outlineOf<V>(
  effects: readonly KnownEffect<V>[],
  classOf: ClassOf<V>,
  withFirst = false,
): Steps<CellState<V>> {
  const floors = new Highest<V>(firstStart);
  for (const effect of effects)
    floors.add(effect, latestStart(effect), ends(effect) ? effect.until!.earliest : Infinity);
  const classes = classesOf(effects, classOf);
  const bounds: Instant[] = [];
  const states: CellState<V>[] = [];
  let known: string | undefined;
  for (const at of [EARLIEST, ...boundsOf(effects)]) {
    const floor = floors.at(at);
    const holding = new Set(floor && [floor]);
    let possible = floor ? '' : 'silent';
    for (const [index, { started, starting }] of classes.entries()) {
      const highest = [started.at(at), starting.at(at)].filter(
        (effect) => effect !== undefined && reaches(effect, floor, at),
      );
      if (highest.length > 0) possible += ` ${index}`;
      for (const effect of highest) holding.add(effect!);
    }
    if (withFirst) possible += firstOf([...holding], at, classOf);
    if (possible === known) continue;
    if (known !== undefined) bounds.push(at);
    states.push(overlay([...holding], at));
    known = possible;
  }
  return {
    at: (v) => states[boundsUpTo(bounds, v)]!,
    next: (v) => bounds[boundsUpTo(bounds, v)],
    previous: (v) => bounds[boundsUpTo(bounds, v) - 1],
  };
}

/** The class of the first candidate, as a text. */
function firstOf<V>(holding: readonly KnownEffect<V>[], at: Instant, classOf: ClassOf<V>): string {
  const [first] = overlay(holding, at).candidates;
  return first ? ` first ${classOf(first.value, first.effect)}` : '';
}

/** Whether an effect that may be active ranks at or above the floor. */
function reaches(effect: KnownEffect, floor: KnownEffect | undefined, at: Instant): boolean {
  if (floor === undefined) return true;
  return compareRank(effect, Math.min(latestStart(effect), at), floor, floor.from.earliest) >= 0;
}

const firstStart = ({ from }: KnownEffect): Instant => from.earliest;

/** The effects of a class: those that have surely started, and those that may have started. */
interface OfClass<V> {
  readonly started: Highest<V>;
  readonly starting: Highest<V>;
}

function classesOf<V>(effects: readonly KnownEffect<V>[], classOf: ClassOf<V>): OfClass<V>[] {
  const classes = new Map<string, OfClass<V>>();
  const add = (effect: KnownEffect<V>, value: V, from: Instant, to: Instant): void => {
    const name = classOf(value, effect);
    const { started, starting } = classes.get(name) ?? {
      started: new Highest<V>(latestStart),
      starting: new Highest<V>(() => EARLIEST),
    };
    classes.set(name, { started, starting });
    const surely = latestStart(effect);
    started.add(effect, Math.max(surely, from), to);
    starting.add(effect, Math.max(effect.from.earliest, from), Math.min(surely, to));
  };
  for (const effect of effects) {
    const { value, until, then } = effect;
    add(effect, value, EARLIEST, until?.latest ?? Infinity);
    if (until && then !== undefined) add(effect, then, until.earliest, Infinity);
  }
  return [...classes.values()];
}

interface Member<V> {
  readonly effect: KnownEffect<V>;
  readonly from: Instant;
  readonly to: Instant;
}

/** Finds the effect of the highest rank at each of some ascending instants. An effect counts over [from, to). `startOf`: the start of its rank. */
class Highest<V> {
  private readonly members: Member<V>[] = [];
  /** The members that have begun, as a binary heap: a member is not below its two children, 2n + 1 and 2n + 2. Some have ended. */
  private readonly heap: Member<V>[] = [];
  private begun: number | undefined;

  constructor(private readonly startOf: (effect: KnownEffect) => Instant) {}

  add(effect: KnownEffect<V>, from: Instant, to: Instant): void {
    if (from < to) this.members.push({ effect, from, to });
  }

  at(v: Instant): KnownEffect<V> | undefined {
    const { members, heap } = this;
    if (this.begun === undefined) members.sort((a, b) => a.from - b.from);
    this.begun ??= 0;
    for (; members[this.begun] && members[this.begun]!.from <= v; this.begun += 1)
      this.push(members[this.begun]!);
    while (heap[0] && heap[0].to <= v) this.pop();
    return heap[0]?.effect;
  }

  private push(member: Member<V>): void {
    const { heap } = this;
    let index = heap.push(member) - 1;
    while (index > 0) {
      const parent = (index - 1) >>> 1;
      if (!this.isAbove(member, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = member;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.isAbove(heap[child + 1]!, heap[child]!)) child += 1;
      if (!this.isAbove(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }

  private isAbove({ effect: a }: Member<V>, { effect: b }: Member<V>): boolean {
    return compareRank(a, this.startOf(a), b, this.startOf(b)) > 0;
  }
}
