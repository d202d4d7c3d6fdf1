import fc from 'fast-check';
import type { Instant, Range } from '#time';
import type { KnownEffect } from './index.js';
import type { CellState } from './overlay.js';

/** The result of a computation, without interruption. */
export function finished<T>(computation: Generator<void, T, void>): T {
  let next = computation.next();
  while (next.done !== true) next = computation.next();
  return next.value;
}

export type Bounds = Partial<Omit<KnownEffect<string>, 'value'>>;

let serial = 0;
export function effect(
  value: string,
  from: Range | number,
  until?: Range | number,
  more: Bounds & { then?: string } = {},
) {
  const range = (bound: Range | number): Range =>
    typeof bound === 'number' ? { earliest: bound, latest: bound } : bound;
  serial += 1;
  return {
    subject: 'x',
    aspect: 'status',
    rule: 'authority',
    value,
    from: range(from),
    ...(until !== undefined && { until: range(until) }),
    claimant: 'lt',
    eventId: `e${String(serial).padStart(5, '0')}`,
    ordinal: 0,
    because: [],
    standing: 'act',
    reliability: 'A1',
    reported: { from: 0 },
    recorded: { from: serial },
    ...more,
  } satisfies KnownEffect<string> as KnownEffect<string>;
}

/** An answer without its grounds. */
export function says(answer: CellState<string>): string[] {
  return [
    ...new Set([...answer.candidates.map((held) => held.value), ...(answer.silent ? ['(silent)'] : [])]),
  ].sort();
}

/** Ranges that begin from 1 to `span`. */
export const drawnRange = (span: number, width: number): fc.Arbitrary<Range> =>
  fc
    .tuple(fc.integer({ min: 1, max: span }), fc.integer({ min: 0, max: width }))
    .map(([earliest, wide]) => ({ earliest, latest: earliest + wide }));

/** Effects with few values and few ids, so that many ranks are nearly equal. `width`: of the ranges of their bounds. */
export function drawnEffects({
  span,
  width,
  atLeast = 0,
  atMost,
}: {
  readonly span: number;
  readonly width: number;
  readonly atLeast?: number;
  readonly atMost: number;
}): fc.Arbitrary<KnownEffect<string>[]> {
  const range = drawnRange(span, width);
  const drawn = fc.record({
    value: fc.constantFrom('a', 'b', 'c'),
    from: range,
    until: fc.option(range, { nil: undefined }),
    then: fc.option(fc.constantFrom('b', 'd'), { nil: undefined }),
    reported: fc.integer({ min: 0, max: 2 }),
    id: fc.constantFrom('p', 'q', 'r'),
  });
  return fc.array(drawn, { minLength: atLeast, maxLength: atMost, size: 'max' }).map((all) =>
    all.map(({ value, from, until, then, reported, id }, ordinal) =>
      effect(value, from, until, {
        ...(then && until && { then }),
        reported: { from: reported },
        eventId: id,
        ordinal,
      }),
    ),
  );
}

/** The possible values from the definition: every choice of every bound is tried. */
export function saysInWorlds(effects: readonly KnownEffect<string>[], at: Instant): string[] {
  return [...new Set(worldsOf(effects).map((world) => outcomeOf(world, at)))].sort();
}

export type World = readonly Choice[];

/**
 * The time around `at` in which one world has one value without a break; infinite where it reaches the start or the end of the instants that are
 * tried.
 */
export function runIn(world: World, at: Instant, end: Instant): [start: number, end: number] {
  const value = outcomeOf(world, at);
  let [first, last] = [at, at];
  while (first > 0 && outcomeOf(world, first - 1) === value) first -= 1;
  while (last < end && outcomeOf(world, last + 1) === value) last += 1;
  return [first === 0 ? -Infinity : first, last === end ? Infinity : last + 1];
}

export function worldsOf(effects: readonly KnownEffect<string>[]): World[] {
  return effects
    .map(choicesOf)
    .reduce<World[]>(
      (worlds, some) => worlds.flatMap((world) => some.map((choice) => [...world, choice])),
      [[]],
    );
}

/**
 * The possible values of many effects, from the definition. The bounds are independent: so an effect can hold iff, with some choice of its own bounds, each
 * other effect has a choice with which it is not active or ranks lower.
 */
export function saysInSomeWorld(effects: readonly KnownEffect<string>[], at: Instant): string[] {
  const choices = effects.map(choicesOf);
  const found = new Set<string>();
  if (choices.every((some) => some.some((choice) => !isActive(choice, at)))) found.add('(silent)');
  for (const own of choices)
    for (const choice of own) {
      const isBelow = (other: Choice): boolean => !isActive(other, at) || compare(other, choice) < 0;
      const holds = isActive(choice, at) && choices.every((some) => some === own || some.some(isBelow));
      if (holds) found.add(valueAt(choice, at));
    }
  return [...found].sort();
}

/** An effect with a choice of its bounds. */
interface Choice {
  readonly effect: KnownEffect<string>;
  readonly start: number;
  readonly end: number;
}

function choicesOf(effect: KnownEffect<string>): Choice[] {
  const ends = effect.until ? instantsOf(effect.until) : [Infinity];
  return instantsOf(effect.from).flatMap((start) => ends.map((end) => ({ effect, start, end })));
}

function outcomeOf(world: World, at: Instant): string {
  const [top] = world.filter((choice) => isActive(choice, at)).sort((a, b) => compare(b, a));
  return top ? valueAt(top, at) : '(silent)';
}

const isActive = ({ effect, start, end }: Choice, at: Instant): boolean =>
  start <= at && (effect.then !== undefined || at < end);

function compare(a: Choice, b: Choice): number {
  const [one, other] = [a.effect, b.effect];
  const byId =
    one.eventId === other.eventId ? one.ordinal - other.ordinal : one.eventId > other.eventId ? 1 : -1;
  return a.start - b.start || one.reported.from - other.reported.from || byId;
}

const valueAt = ({ effect, end }: Choice, at: Instant): string =>
  effect.then !== undefined && at >= end ? effect.then : effect.value;

function instantsOf({ earliest, latest }: Range): number[] {
  return Array.from({ length: latest - earliest + 1 }, (_, index) => earliest + index);
}
