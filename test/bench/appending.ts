import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import type { EventLog, NewEvent } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { bareAppends, RawSqlite } from './floors.js';
import { atLeast, inTurns, rateOf, type Figure } from './measure.js';
import { acceptedEvent, developmentOf, rowOf } from './population.js';

const CALLERS = 64;
const ROUNDS = 7;
/** There are many rounds, because a round is short and the speed of the disk varies. */
const ROUNDS_TOGETHER = 21;

/** The rate of durable appends, compared with the machine's bare appends and with raw SQLite. */
export async function appending(folder: string): Promise<Figure[]> {
  const log = openSqliteLog(systemRuntime, join(folder, 'appending.db'));
  const raw = new RawSqlite(join(folder, 'raw.db'));
  let n = 0;
  const fresh = (count: number): NewEvent[] =>
    Array.from({ length: count }, () => acceptedEvent(developmentOf(n++)));
  const bytes = JSON.stringify(fresh(1)[0]).length;

  const single = await inTurns(
    ROUNDS,
    () => Promise.resolve(bareAppends(join(folder, 'bare'), bytes, 400)),
    async () => {
      const events = fresh(400);
      return rateOf(400, (index) => log.append([events[index]!]));
    },
  );
  const validated = async (): Promise<number> => {
    const sent = Array.from({ length: 80 * CALLERS }, () => developmentOf(n++));
    return concurrently(log, sent, acceptedEvent);
  };
  const rawBatches = (batches: number, size: number): unknown[][][] =>
    Array.from({ length: batches }, () => fresh(size).map((event) => rowOf(event, n++)));
  const together = await inTurns(
    ROUNDS_TOGETHER,
    () => Promise.resolve(raw.rate(rawBatches(80, CALLERS))),
    () => concurrently(log, fresh(80 * CALLERS), (event) => event),
  );
  const checked = await inTurns(
    ROUNDS_TOGETHER,
    () => Promise.resolve(raw.rate(rawBatches(80, CALLERS))),
    validated,
  );
  const batches = await inTurns(
    ROUNDS,
    () => Promise.resolve(raw.rate(rawBatches(20, 1000))),
    async () => {
      const sent = Array.from({ length: 20 }, () => Array.from({ length: 1000 }, () => developmentOf(n++)));
      return 1000 * (await rateOf(20, (index) => log.append(sent[index]!.map(acceptedEvent))));
    },
  );
  await log.close();
  raw.close();
  return [
    figure('append, one at a time', single, 'write + fdatasync', 0.7),
    figure(`append, ${CALLERS} callers together`, together, 'raw SQLite, same group commit', 0.5),
    figure(`validate and append, ${CALLERS} callers together`, checked, 'raw SQLite, same group commit', 0.8),
    figure('validate and append, batches of 1,000', batches, 'raw SQLite, same rows', 0.5),
  ];
}

function figure(
  name: string,
  { floor, ours }: { floor: number; ours: number },
  what: string,
  least: number,
): Figure {
  const ratio = ours / floor;
  return {
    name,
    value: ours,
    unit: 'events/s',
    floor: { value: floor, what },
    ratio,
    target: atLeast(ratio, least),
  };
}

async function concurrently<T>(
  log: EventLog,
  sent: readonly T[],
  eventOf: (one: T) => NewEvent,
): Promise<number> {
  const start = performance.now();
  const each = sent.length / CALLERS;
  await Promise.all(
    Array.from({ length: CALLERS }, async (_, caller) => {
      for (let index = 0; index < each; index += 1) await log.append([eventOf(sent[caller * each + index]!)]);
    }),
  );
  return sent.length / ((performance.now() - start) / 1000);
}
