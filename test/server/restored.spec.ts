import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import type { NewEvent } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from './spawned.js';
import { messages, type Message } from './sse.js';
import { acceptedEvent, developmentOf } from '../bench/population.js';
import { borderline } from '../cli/command.js';

const made = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => ({ ...acceptedEvent(developmentOf(n)), recordedAt: n }));

async function logIn(folder: string, events: readonly NewEvent[]): Promise<void> {
  const log = openSqliteLog(systemRuntime, join(folder, 'log.db'));
  await log.append(events);
  await log.close();
}

describe('a log that was restored to an earlier state and has grown since', () => {
  let folders: string[];
  let before: Spawned;
  let after: Spawned;

  beforeAll(async () => {
    folders = [temporaryFolder(), temporaryFolder()];
    const same = made(40);
    await logIn(folders[0]!, [...same, ...made(3)]);
    await logIn(folders[1]!, [...same, ...made(4)]);
    before = await spawnServer(folders[0]!);
    after = await spawnServer(folders[1]!);
  });
  afterAll(async () => {
    await Promise.all([before, after].map((server) => server.stop()));
    folders.forEach(removeFolder);
  });

  const stream = async (server: Spawned, query: string, lastEventId?: string): Promise<Message[]> => {
    const gone = new AbortController();
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const response = await fetch(`${server.url}/v1/events/stream${query}`, { headers, signal: gone.signal });
    expect(response.status).toBe(200);
    const read: Message[] = [];
    for await (const message of messages(response)) {
      if (message.event !== undefined) read.push(message);
      if (message.event === 'caught-up') break;
    }
    gone.abort();
    return read;
  };
  const kinds = (read: readonly Message[]): unknown[] => read.map(({ event }) => event);

  it('is recognised by an id whose event is now another event, and continues after an id whose event is the same', async () => {
    const read = await stream(before, '?after=38');
    const [same, , lost] = read.map(({ id }) => id ?? '');
    expect(kinds(await stream(after, '', lost))).toEqual(['reset']);
    expect(kinds(await stream(after, `?after=${lost}`))).toEqual(['reset']);
    expect(kinds(await stream(after, '', same))).toHaveLength(6);
    expect(kinds(await stream(before, '', lost))).toEqual([
      'crossing.closed',
      'crossing.closed',
      'caught-up',
    ]);
  });

  it('refuses the next page of a list of the earlier log', async () => {
    const page = async (server: Spawned, after: string) =>
      fetch(`${server.url}/v1/events?limit=2&after=${after}&atLeast=43`);
    const { next } = (await (await page(before, '39')).json()) as { next: string };
    expect(next).toMatch(/^41-[0-9a-f]{8}$/);
    const refused = await page(after, next);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ type: '/problems/another-log' });
    const beyond = await page(after, '1000');
    expect(beyond.status).toBe(409);
    const { items } = (await (await page(before, next)).json()) as { items: { sequence: number }[] };
    expect(items.map(({ sequence }) => sequence)).toEqual([42, 43]);
  });

  it('ends `tail` with a line that explains this, or lets `tail` start over', async () => {
    const [, , lost] = (await stream(before, '?after=38')).map(({ id }) => id ?? '');
    const tail = ['tail', '--url', after.url, '--after', lost ?? '', '--until-caught-up'];
    const ended = await borderline(tail);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^borderline: .*ends at @44.*--start-over/m);
    const over = await borderline([...tail, '--start-over']);
    expect(over.code).toBe(0);
    expect(over.stdout.trim().split('\n')).toHaveLength(44);
  });
});
