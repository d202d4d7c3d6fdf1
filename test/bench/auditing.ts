import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  proveConsistency,
  proveInclusion,
  rootAt,
  tileHashReader,
  verifyLog,
  type HashReader,
  type LogLine,
} from '#audit';
import { openTree } from '#audit/sqlite';
import type { ConsumerStatus, EventLog } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime } from '#runtime';
import { threadedWriters } from '../../apps/server/consumers/writers.js';
import { Audit, toEntry } from '#data-folder';
import {
  atLeast,
  atMost,
  inTurns,
  median,
  percentiles,
  rateOf,
  threadMicroseconds,
  type Figure,
  type Latencies,
} from './measure.js';
import { acceptedEvent, developmentOf } from './population.js';

const ROUNDS = 5;
const PROOFS = 2_000;
/** The number of turns: with several turns one pause of the machine does not decide the result. */
const TURNS = 3;
const VERIFIED = 200_000;
/** The longest wait in milliseconds, enough for any machine. */
const WAIT_MS = 600_000;

/**
 * Compares appends while the tree follows in its thread, as in a server, with appends to a log without a tree: events a second, and the processor
 * time of the appending thread, which is the same on a busy machine.
 */
export async function appendingWithTree(folder: string): Promise<Figure[]> {
  const open = (name: string): { readonly data: string; readonly log: EventLog } => {
    const data = join(folder, name);
    mkdirSync(data);
    return { data, log: openSqliteLog(systemRuntime, join(data, 'log.db')) };
  };
  const [bare, followed] = [open('without-tree'), open('with-tree')];
  const audit = await openAudit(followed.data, followed.log);
  let n = 0;
  const single = async (log: EventLog): Promise<number> => {
    const events = Array.from({ length: 200 }, () => acceptedEvent(developmentOf(n++)));
    return rateOf(200, (index) => log.append([events[index]!]));
  };
  const bulk = async (log: EventLog): Promise<number> => {
    const sent = Array.from({ length: 10 }, () => Array.from({ length: 1000 }, () => developmentOf(n++)));
    return 1000 * (await rateOf(10, (index) => log.append(sent[index]!.map(acceptedEvent))));
  };
  const figures = [
    ...(await againstBare('append, one at a time', single, bare.log, followed.log, audit)),
    ...(await againstBare('validate and append, batches of 1,000', bulk, bare.log, followed.log, audit)),
  ];
  await audit.close();
  await Promise.all([bare.log.close(), followed.log.close()]);
  return figures;
}

/** Measures both logs in turns. The tree catches up after its turn, so that it does not slow down the other log. */
async function againstBare(
  name: string,
  append: (log: EventLog) => Promise<number>,
  bare: EventLog,
  followed: EventLog,
  audit: Audit,
): Promise<Figure[]> {
  const taken: { bare: number[]; followed: number[] } = { bare: [], followed: [] };
  const measured = async (log: EventLog, into: number[]): Promise<number> => {
    const [before, { sequence }] = [threadMicroseconds(), await log.head()];
    const rate = await append(log);
    into.push((threadMicroseconds() - before) / ((await log.head()).sequence - sequence));
    return rate;
  };
  const { floor, ours } = await inTurns(
    ROUNDS,
    () => measured(bare, taken.bare),
    async () => {
      const rate = await measured(followed, taken.followed);
      await audit.caughtUp({ timeout: WAIT_MS });
      return rate;
    },
  );
  const [least, time] = [median(taken.bare), median(taken.followed)];
  return [
    against(`${name}, the tree following`, ours, 'events/s', floor, ours / floor),
    against('  processor time of the thread', time, 'µs/event', least, least / time),
  ];
}

function against(name: string, value: number, unit: string, floor: number, ratio: number): Figure {
  return {
    name,
    value,
    unit,
    floor: { value: floor, what: 'without a tree' },
    ratio,
    target: atLeast(ratio, 0.9),
  };
}

/** The number of events that the tree lacks after a log has been filled in batches, and the time until it has them. */
export async function followingFill(data: string, fill: () => Promise<void>): Promise<Figure[]> {
  const log = openSqliteLog(systemRuntime, join(data, 'log.db'));
  const audit = await openAudit(data, log);
  await fill();
  const { sequence } = await log.head();
  const behind = sequence - audit.size;
  const start = performance.now();
  await audit.caughtUp({ timeout: WAIT_MS });
  const seconds = (performance.now() - start) / 1000;
  await audit.close();
  await log.close();
  const name = `the tree after filling a log with ${sequence.toLocaleString('en')} events`;
  return [
    { name: `${name}, behind`, value: behind, unit: 'events' },
    { name: `${name}, caught up after`, value: seconds, unit: 's' },
  ];
}

/** The speed of proofs from the tree of a full log, and of the main work of `borderline verify --data`. */
export async function auditing(data: string, events: number): Promise<Figure[]> {
  const log = openSqliteLog(systemRuntime, join(data, 'log.db'));
  const tree = openTree(join(data, 'audit.db'));
  const reader = tileHashReader(events, tree);
  const of = (index: number): number => (index * 104_729) % events;
  const turns: { readonly inclusion: Latencies; readonly consistency: Latencies }[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const inclusion = await proofsOf((index) => proveInclusion(of(index), events, reader));
    const consistency = await proofsOf((index) => proveConsistency(1 + of(index), events, reader));
    turns.push({ inclusion, consistency });
  }
  const inclusion = medianOf(turns.map((turn) => turn.inclusion));
  const consistency = medianOf(turns.map((turn) => turn.consistency));
  const size = Math.min(VERIFIED, events);
  const checked = await verifying(log, size, reader, tree);
  tree.close();
  await log.close();
  const name = events.toLocaleString('en');
  const proof = (kind: string, { p50, p99 }: Latencies): Figure[] => [
    { name: `${kind} proof of ${name} events, p50`, value: p50, unit: 'ms' },
    { name: `${kind} proof of ${name} events, p99`, value: p99, unit: 'ms', target: atMost(p99, 2) },
  ];
  return [
    ...proof('inclusion', inclusion),
    ...proof('consistency', consistency),
    {
      name: 'verify a data folder',
      value: checked,
      unit: 'events/s',
      target: atLeast(checked, 50_000),
    },
  ];
}

/** Opens the audit of the log that exists; any failure ends the bench. */
function openAudit(data: string, log: EventLog): Promise<Audit> {
  const writers = threadedWriters(systemRuntime, { data, log: 'sqlite' })!;
  const onStatus = ({ reason }: ConsumerStatus): void => {
    if (reason !== undefined) throw new Error(reason);
  };
  return Audit.open(systemRuntime, data, log, { writer: writers.tree, onStatus });
}

function medianOf(turns: readonly Latencies[]): Latencies {
  return { p50: median(turns.map(({ p50 }) => p50)), p99: median(turns.map(({ p99 }) => p99)) };
}

async function proofsOf(prove: (index: number) => Promise<unknown>): Promise<Latencies> {
  const times = new Float64Array(PROOFS);
  for (let index = 0; index < PROOFS / 10; index += 1) await prove(index);
  for (let index = 0; index < PROOFS; index += 1) {
    const start = performance.now();
    await prove(index);
    times[index] = performance.now() - start;
  }
  return percentiles(times);
}

async function verifying(
  log: EventLog,
  size: number,
  reader: HashReader,
  tiles: ReturnType<typeof openTree>,
): Promise<number> {
  const checkpoint = { origin: 'bench', size, root: await rootAt(size, reader), extensions: [] };
  const start = performance.now();
  const { faults, signed } = await verifyLog({
    log: linesOf(log, size),
    checkpoints: [checkpoint],
    tree: { size, tiles },
  });
  if (faults.length > 0 || signed !== size) throw new Error(`${faults.length} faults, ${signed} signed`);
  return size / ((performance.now() - start) / 1000);
}

async function* linesOf(log: EventLog, limit: number): AsyncGenerator<LogLine> {
  for await (const event of log.read({ limit })) {
    yield { sequence: event.sequence, event: toEntry(event) };
  }
}
