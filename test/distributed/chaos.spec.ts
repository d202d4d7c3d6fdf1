import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { LogError, type Appended, type EventLog, type NewEvent, type RecordedEvent } from '#log';
import { openKurrentLog } from '#log/kurrentdb';
import { Chance, seedOf } from '../support/chance.js';
import { double, type Call, type Double, type Fault } from '../support/kurrentdb/index.js';

const folder = mkdtempSync(join(tmpdir(), 'borderline-chaos-'));
const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WRITE_FAULTS: readonly Fault[] = [
  { kind: 'notLeader' },
  { kind: 'busy' },
  { kind: 'exhausted' },
  { kind: 'unavailable' },
  { kind: 'notReady' },
  { kind: 'denied' },
  { kind: 'timedOut' },
  { kind: 'timedOut', committed: true },
  { kind: 'lost' },
  { kind: 'lost', committed: true },
  { kind: 'silent', committed: true },
  { kind: 'slow', milliseconds: 50 },
];
const READ_FAULTS: readonly Fault[] = [
  { kind: 'busy' },
  { kind: 'exhausted' },
  { kind: 'notLeader' },
  { kind: 'notReady' },
  { kind: 'denied' },
  { kind: 'unavailable' },
  { kind: 'lost', after: 1 },
  { kind: 'dropped', after: 2 },
  { kind: 'slow', milliseconds: 50 },
];

/** The number of failures; `CHAOS_MISHAPS=1000` sets a greater number. */
const MISHAPS = Number(process.env['CHAOS_MISHAPS'] ?? 40);
/** The nodes of an even seed have another version than the nodes of an odd seed. */
const SEED = seedOf('CHAOS_SEED');
const SEEDS = 'CHAOS_SEED' in process.env ? [SEED] : [SEED, SEED + 1];

jest.setTimeout(180_000 + 1_000 * MISHAPS);

/** Makes the next failure; some failures end after a moment. */
async function mishap(server: Double, chance: Chance): Promise<void> {
  const kind = chance.whole(0, 9);
  const node = chance.of(server.nodes);
  const fail = (call: Call, faults: readonly Fault[]): void => {
    const fault = chance.of(faults);
    if (server.pendingFaults(call) < 2) server.failNext(call, fault);
  };
  if (kind < 2) fail('append', WRITE_FAULTS);
  else if (kind === 2) fail('read', READ_FAULTS);
  else if (kind === 3) fail('subscribe', READ_FAULTS);
  else if (kind === 4) server.elect(chance.whole(0, server.nodes.length - 1));
  else if (kind === 5) node.cut();
  else if (kind === 6) {
    node.hold();
    await wait(100);
    node.release();
  } else if (kind === 7) {
    await node.stop();
    await wait(150);
    await node.start();
  } else if (kind === 8) {
    // A setting allows the cluster to remove the first records, and is withdrawn before the cluster removes them.
    server.store.setMetadata('borderline', { $maxCount: 1 });
    await wait(100);
    server.store.setMetadata('borderline', {});
  } else {
    // The leader hangs until another node leads.
    node.freeze();
    await wait(100);
    server.elect((server.nodes.indexOf(node) + 1) % server.nodes.length);
    await wait(100);
    node.thaw();
  }
}

/** Does the work again until there is an answer, as a client of the service does. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LogError) || error.code !== 'unavailable' || tries === 20) throw error;
      await wait(100);
    }
  }
}

async function all(log: EventLog): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of log.read()) events.push(event);
  return events;
}

describe.each(SEEDS)('instances over a cluster with all kinds of failures (CHAOS_SEED=%d)', (seed) => {
  it('lose nothing, have nothing twice, record nothing before the sealed time, and agree on one log', async () => {
    const chance = new Chance(seed);
    // The clock of each leader differs.
    let wrong = 0;
    const server = await double({
      nodes: 3,
      clock: () => Date.now() + wrong,
      version: seed % 2 === 0 ? '24.2.0' : '23.10.0',
      // Large appends meet the limit. The result must not depend on whether the cluster remembers an id.
      maxAppendSize: chance.whole(50_000, 149_999),
      remembers: chance.is(0.5) ? 0 : 1_000,
    });
    cleanups.push(() => server.stop());
    const logs: EventLog[] = [];
    cleanups.push(async () => {
      for (const log of logs) await log.close();
    });
    const open = async (instance: number): Promise<EventLog> => {
      const log = await openKurrentLog({
        connectionString: `${server.connectionString}&nodePreference=leader`,
        replica: join(folder, `${seed}-${instance}.db`),
        timeout: 20_000,
        startTimeout: 60_000,
        runtime: systemRuntime,
      });
      logs[instance] = log;
      return log;
    };
    for (const instance of [0, 1, 2]) await open(instance);
    const answers: Appended[][] = [];
    const seals: { readonly sealed: number; readonly sequence: number }[] = [];
    let troubled = true;
    const trouble = (async () => {
      for (let mishaps = 0; mishaps < MISHAPS; mishaps += 1) {
        await mishap(server, chance);
        wrong = chance.whole(-2_000, 1_999);
        await wait(chance.next() * 60);
      }
      troubled = false;
    })();
    const write = async (writer: number): Promise<void> => {
      let log = logs[writer] ?? (await open(writer));
      for (let n = 0; troubled; n += 1) {
        const events = Array.from(
          { length: n % 40 === 7 ? 700 : n % 3 === 0 ? 3 : 1 },
          (_, index): NewEvent => {
            const id = crypto.randomUUID();
            const stream = `crossing-${(writer + n + index) % 5}`;
            const payload = { writer, n };
            return { id, stream, type: 'crossing.closed', schemaVersion: 1, payload, metadata: {} };
          },
        );
        answers.push(await patiently(() => log.append(events)));
        const sealed = await log.seal(Date.now() - 1_000);
        seals.push({ sealed, sequence: (await log.head()).sequence });
        await wait(20);
        if (writer > 0 || n % 12 < 11) continue;
        // The first instance ends from time to time, and starts again with its files.
        await log.close();
        log = await patiently(() => open(writer));
      }
    };
    await Promise.all([trouble, write(0), write(1), write(2)]);
    server.elect(0);
    await patiently(() => open(3));
    const [first, ...others] = logs;
    if (first === undefined) throw new Error('There are four');
    const count = answers.flat().length;
    for (const log of logs) while ((await log.head()).sequence < count) await wait(20);
    const events = await all(first);
    for (const log of others) expect(await all(log)).toEqual(events);
    expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: count }, (_, n) => n + 1));
    for (const { sealed, sequence } of seals)
      expect(events.slice(sequence).filter(({ recordedAt }) => recordedAt < sealed)).toEqual([]);
    const sealed = Math.max(...(await Promise.all(logs.map((log) => log.sealed()))));
    for (const log of logs) while ((await log.sealed()) < sealed) await wait(20);
    const bySequence = new Map(events.map((event) => [event.sequence, event]));
    for (const { id, sequence, stream, revision, recordedAt } of answers.flat()) {
      expect(bySequence.get(sequence)).toMatchObject({ id, stream, revision, recordedAt });
    }
    for (const answer of answers) {
      const begin = answer[0]?.sequence ?? 0;
      expect(answer.map(({ sequence }) => sequence)).toEqual(answer.map((_, index) => begin + index));
    }
  });
});
