import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { systemRuntime } from '#runtime';
import { openSqliteLog } from '#log/sqlite';
import { SearchDatabase } from '#views';
import { acceptedEvent, developmentOf } from '../bench/population.js';
import { consumerOf, dump } from '../laws/pipeline.js';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from './spawned.js';

/** The number of events: more than a server applies before it starts a thread. */
const EVENTS = 12_000;
const BATCH = 4_000;
/** The sequence of an event whose type is not in the catalogue. */
const POISON = 10_001;

describe('a server that starts on a long log without views', () => {
  const data = temporaryFolder();
  let server: Spawned;

  beforeAll(async () => {
    const log = openSqliteLog(systemRuntime, join(data, 'log.db'));
    for (let start = 0; start < EVENTS; start += BATCH) {
      const events = Array.from({ length: BATCH }, (_, index) => acceptedEvent(developmentOf(start + index)));
      await log.append(
        events.map((event, index) =>
          start + index + 1 === POISON ? { ...event, type: 'crossing.exploded', payload: null } : event,
        ),
      );
    }
    await log.close();
    server = await spawnServer(data, ['--log-level', 'info']);
    while ((await fetch(`${server.url}/health/ready`)).status !== 200) await sleep(50);
  });
  afterAll(async () => {
    await server.stop();
    removeFolder(data);
  });

  const get = async (path: string): Promise<unknown> => (await fetch(server.url + path)).json();

  it('finds every event', async () => {
    for (const n of [0, 9_999, 11_999]) {
      const found = await get(`/v1/events?q="${n}th time"&subject=bench.${n % 1000}&atLeast=${EVENTS}`);
      expect(found).toMatchObject({ items: [{ sequence: n + 1 }], next: null });
    }
    const all = await get('/v1/events?subject=crossing-bench.7&order=desc&limit=100');
    expect(all).toMatchObject({ items: { length: EVENTS / 1000 }, next: null });
  });

  it('sends all events as a table, a page at a time, at the pace of the reader', async () => {
    const response = await fetch(`${server.url}/v1/events`, {
      headers: { accept: 'text/csv', 'accept-encoding': 'identity' },
    });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const chunks: string[] = [];
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) {
      chunks.push(decoder.decode(chunk as Uint8Array, { stream: true }));
      // The server answers other requests at the same time.
      if (chunks.length % 20 === 1) expect(await get('/health/live')).toBeDefined();
    }
    expect(chunks.length).toBeGreaterThan(20);
    const rows = parse<Record<string, string>>(chunks.join(''), { columns: true });
    expect(rows.map(({ sequence }) => Number(sequence))).toEqual(
      Array.from({ length: EVENTS }, (_, index) => index + 1),
    );
    // An event whose type is not in the catalogue has a row too.
    expect(rows[POISON - 1]).toMatchObject({ type: 'crossing.exploded', data: '' });
  });

  it('names the parked events', async () => {
    expect(await get('/health/ready')).toMatchObject({
      parts: { views: { sequence: EVENTS, behind: { events: 0 }, parked: 1 } },
    });
    expect(server.stderr().split('an event was parked')).toHaveLength(2);
  });

  it('continues by itself after the thread has ended', async () => {
    const log = openSqliteLog(systemRuntime, join(data, 'log.db'));
    await log.append([acceptedEvent(developmentOf(EVENTS))]);
    expect(await get(`/v1/events?q="${EVENTS}th"&atLeast=${EVENTS + 1}`)).toMatchObject({
      items: [{ sequence: EVENTS + 1 }],
    });
    await server.stop();
    const alone = new SearchDatabase(join(data, 'alone.db'));
    await consumerOf(log, alone).catchUp();
    alone.close();
    await log.close();
    expect(digestsOf(join(data, 'views-search.db'))).toEqual(digestsOf(join(data, 'alone.db')));
  });
});

/** A digest of the rows of every table, except the table with the catalogue of the file. */
function digestsOf(file: string): Record<string, string> {
  const { meta: _, ...tables } = dump(file);
  const digest = (rows: string): string =>
    `${rows.split('\n').length} rows, ${createHash('sha256').update(rows).digest('hex')}`;
  return Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, digest(rows)]));
}
