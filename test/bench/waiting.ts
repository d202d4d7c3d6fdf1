import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime } from '#runtime';
import { Views } from '#views';
import { threadedWriters } from '../../apps/server/consumers/writers.js';
import { atLeast, inTurns, rateOf, type Figure } from './measure.js';
import { acceptedEvent, developmentOf } from './population.js';

const ROUNDS = 7;
const APPENDS = 200;
/** The longest wait in milliseconds, enough for any machine. */
const WAIT_MS = 600_000;

/**
 * Appends one at a time, where the answer waits until the views have the event, as a question with `atLeast` does; compared with appends that do not
 * wait.
 */
export async function waiting(folder: string): Promise<Figure[]> {
  const data = join(folder, 'waiting');
  mkdirSync(data);
  const log = openSqliteLog(systemRuntime, join(data, 'log.db'));
  const writers = threadedWriters(systemRuntime, { data, log: 'sqlite' })!;
  const views = await Views.open(systemRuntime, join(data, 'views.db'), log, {
    writers: writers.projections,
  });
  const ended = new AbortController();
  writers.notifyOfAppends(log, ended.signal);
  let n = 0;
  const rate = async (waits: boolean): Promise<number> => {
    const events = Array.from({ length: APPENDS }, () => acceptedEvent(developmentOf(n++)));
    await views.catchUp({ timeout: WAIT_MS });
    return rateOf(APPENDS, async (index) => {
      const [appended] = await log.append([events[index]!]);
      if (waits) await views.need(appended!.sequence, { timeout: WAIT_MS });
    });
  };
  const { floor, ours } = await inTurns(
    ROUNDS,
    () => rate(false),
    () => rate(true),
  );
  ended.abort();
  await views.close();
  await log.close();
  return [
    {
      name: 'append, one at a time, until the views have it',
      value: ours,
      unit: 'events/s',
      floor: { value: floor, what: 'until it is on disk' },
      ratio: ours / floor,
      target: atLeast(ours / floor, 0.6),
    },
  ];
}
