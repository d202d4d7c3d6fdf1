import { setTimeout as pause } from 'node:timers/promises';
import type { EventLog } from '#log';

const PATIENCE_MS = 2_000;
const PAUSE_MS = 50;

/**
 * The sequence at which the log ends; where that is before `sequence`, as it is two seconds later at most. Whoever read from another
 * instance may be ahead of this one.
 */
export async function headWithin(log: EventLog, sequence: number): Promise<number> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { sequence: head } = await log.head();
    if (head >= sequence || performance.now() > deadline) return head;
    await pause(PAUSE_MS);
  }
}
