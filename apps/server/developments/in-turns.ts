import type { EventLog } from '#log';
import { finished, type Interruptible, type Runtime } from '#runtime';

/** Milliseconds after which all other work has its turn. */
const SLICE_MS = 5;

/** Developments of a request that are processed in one piece. */
const FEW = 16;

/** Does the work on a request: in one piece, or, for many developments, in turns with all other long work of the process. */
export const inTurns = <T>(
  { turns }: Pick<EventLog, 'turns'>,
  developments: number,
  computation: Interruptible<T>,
): T | Promise<T> =>
  developments <= FEW ? finished(computation) : turns.finish(computation, { lane: 'answers' });

/** The items, for a loop without real waits: after some milliseconds all other work of the process has its turn. */
export async function* givingTurns<T>(runtime: Runtime, items: Iterable<T>): AsyncGenerator<T> {
  let end = runtime.elapsed() + SLICE_MS;
  for (const item of items) {
    if (runtime.elapsed() > end) {
      await runtime.turn();
      end = runtime.elapsed() + SLICE_MS;
    }
    yield item;
  }
}
