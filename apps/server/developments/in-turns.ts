import type { Runtime } from '#runtime';

/** How long work runs before others have a turn, in milliseconds. */
const TURN_MS = 10;

/** The elements with their indices; others have a turn in between. */
export async function* inTurns<T>(runtime: Runtime, list: readonly T[]): AsyncGenerator<[number, T]> {
  let turnEnds = runtime.elapsed() + TURN_MS;
  for (const entry of list.entries()) {
    if (runtime.elapsed() > turnEnds) {
      await runtime.turn();
      turnEnds = runtime.elapsed() + TURN_MS;
    }
    yield entry;
  }
}
