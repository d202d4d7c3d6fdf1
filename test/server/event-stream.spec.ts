import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import type { EventLog, NewEvent } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { newEvent } from './application.js';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from './spawned.js';
import { messages, type Message } from './sse.js';

const saidBy = (claimant: string, event: NewEvent): NewEvent => ({
  ...event,
  payload: { ...(event.payload as object), attribution: { claimant } },
});

// A process takes a second to start, and more than a second on a busy machine.

describe('the event stream', () => {
  let folder: string;
  let server: Spawned;
  let log: EventLog;

  beforeAll(async () => {
    folder = temporaryFolder();
    server = await spawnServer(folder);
    log = openSqliteLog(systemRuntime, join(folder, 'log.db'));
    await log.append([
      newEvent('crossing-a'),
      newEvent('crossing-b', 'crossing.reopened'),
      newEvent('detention-a', 'detention.held'),
      saidBy('lt.government', newEvent('crossing-a', 'crossing.reopened')),
    ]);
  });
  afterAll(async () => {
    await server.stop();
    await log.close();
    removeFolder(folder);
  });

  /** Reads until `enough` is true for the messages so far, without comments and `retry`. */
  const read = async (
    query: string,
    enough: (messages: readonly Message[]) => boolean,
    headers: Record<string, string> = {},
  ): Promise<Message[]> => {
    const abort = new AbortController();
    const response = await fetch(`${server.url}/v1/events/stream${query}`, { headers, signal: abort.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const read: Message[] = [];
    for await (const message of messages(response)) {
      if (message.event !== undefined) read.push(message);
      if (enough(read)) break;
    }
    abort.abort();
    return read;
  };
  const caughtUp = (messages: readonly Message[]): boolean => messages.at(-1)?.event === 'caught-up';
  const ids = (messages: readonly Message[]): string[] =>
    messages
      .filter(({ event }) => event !== 'caught-up')
      .map(({ id = '' }) => id.replace(/-[0-9a-f]{8}$/, ''));

  it('gives the history, then says that the history has ended', async () => {
    const all = await read('?after=start', caughtUp);
    expect(all.map(({ id, event }) => [id, event])).toEqual([
      [expect.stringMatching(/^1-[0-9a-f]{8}$/), 'crossing.closed'],
      [expect.stringMatching(/^2-[0-9a-f]{8}$/), 'crossing.reopened'],
      [expect.stringMatching(/^3-[0-9a-f]{8}$/), 'detention.held'],
      [expect.stringMatching(/^4-[0-9a-f]{8}$/), 'crossing.reopened'],
      [all[3]?.id, 'caught-up'],
    ]);
    expect(JSON.parse(all[2]?.data ?? '')).toMatchObject({
      type: 'detention.held',
      stream: 'detention-a',
      subject: 'a',
      sequence: 3,
      revision: 0,
      recordedBy: 'a test',
    });
  });

  it.each([
    ['?after=2', ['3', '4']],
    ['?after=@2', ['3', '4']],
    ['?after=end', []],
    ['', []],
    ['?after=2020-01-01', ['1', '2', '3', '4']],
    ['?after=9000-01-01', []],
    ['?after=start&type=crossing.reopened,detention.held', ['2', '3', '4']],
    ['?after=start&type=crossing.*', ['1', '2', '4']],
    ['?after=start&type=detention.held,crossing.*&category=detention', ['3']],
    ['?after=start&claimant=lt.government,by.government', ['4']],
    ['?after=start&category=detention', ['3']],
    ['?after=start&subject=a', ['1', '3', '4']],
    ['?after=start&subject=crossing-a,crossing-b', ['1', '2', '4']],
    ['?after=start&subject=a&category=crossing&type=crossing.reopened', ['4']],
  ])('starts and selects by its parameters: %s', async (query, expected) => {
    expect(ids(await read(query, caughtUp))).toEqual(expected);
  });

  it('continues after Last-Event-ID, also where `after` is given', async () => {
    expect(ids(await read('?after=start', caughtUp, { 'last-event-id': '3' }))).toEqual(['4']);
  });

  it.each([
    ['', '99999'],
    ['', '4-00000000'],
    ['', '1.428.1764547200000.2-3f9a1c0d'],
    ['', 'the id of another server'],
    ['?after=99999', ''],
    ['?after=@99999', ''],
    ['?after=4-00000000', ''],
  ])('says `reset` and ends where the log does not have the place: %s %s', async (query, id) => {
    const all = await read(query, () => false, id === '' ? {} : { 'last-event-id': id });
    const { sequence: head } = await log.head();
    expect(all.map(({ id, event }) => [id, event])).toEqual([['', 'reset']]);
    expect(JSON.parse(all[0]?.data ?? '')).toEqual({ head, origin: 'borderline.local/log' });
  });

  it.each([
    '?after=soon',
    '?category=sanctions',
    '?type=crossing.clsoed',
    '?type=crosing.*',
    '?type=crossing*',
    '?type=*',
    '?claimant=',
    '?subject=%FF',
    '?after=%E0%A4%A',
    '?after=-1',
    '?after=2025-02-30',
    '?type=',
    '?page=2',
    '?type=a&type=b',
  ])('refuses %s', async (query) => {
    const response = await fetch(`${server.url}/v1/events/stream${query}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  it('sends new events, also of another process, each once and in order', async () => {
    const reading = read('?after=4', (so) => ids(so).length === 50);
    for (let n = 0; n < 10; n += 1) {
      await log.append(Array.from({ length: 5 }, () => newEvent('crossing-live')));
      await pause(5);
    }
    expect(ids(await reading)).toEqual(Array.from({ length: 50 }, (_, n) => String(5 + n)));
  });

  it('resumes without a gap or a repeat', async () => {
    const first = await read('?after=start', (so) => ids(so).length === 20);
    const last = ids(first).at(-1) ?? '';
    const rest = await read('', caughtUp, { 'last-event-id': last });
    expect([...ids(first), ...ids(rest)]).toEqual(Array.from({ length: 54 }, (_, n) => String(n + 1)));
  });

  it('continues after an id with a sequence and the mark of the log', async () => {
    const [first] = await read('?after=start', (so) => so.length === 1);
    expect(ids(await read('', (so) => so.length === 1, { 'last-event-id': first?.id ?? '' }))).toEqual(['2']);
    expect(ids(await read(`?after=${first?.id}`, (so) => so.length === 1))).toEqual(['2']);
  });

  it('waits for an event that another instance has already announced', async () => {
    const { sequence } = await log.head();
    const reading = read('', caughtUp, { 'last-event-id': String(sequence + 1) });
    await pause(300);
    await log.append([newEvent('crossing-told'), newEvent('crossing-next')]);
    expect(ids(await reading)).toEqual([String(sequence + 2)]);
  });

  it('sends all events to a slow reader', async () => {
    const before = (await log.head()).sequence;
    const text = 'x'.repeat(20_000);
    const size = 1_000; // 20 MB in all
    const abort = new AbortController();
    const response = await fetch(`${server.url}/v1/events/stream?after=${before}`, {
      signal: abort.signal,
    });
    for (let n = 0; n < size; n += 100) {
      await log.append(Array.from({ length: 100 }, () => newEvent('crossing-bulk', 'bulk', { text })));
    }
    await pause(300);
    const got: string[] = [];
    for await (const { event, id = '' } of messages(response)) {
      if (event === 'bulk') got.push(id.split('-')[0] ?? '');
      if (got.length === 100) await pause(300);
      if (got.length === size) break;
    }
    abort.abort();
    expect(got).toEqual(Array.from({ length: size }, (_, n) => String(before + 1 + n)));
  });

  it('ends when the server stops, even for a reader that does not read', async () => {
    const other = temporaryFolder();
    const stopping = await spawnServer(other);
    const filled = openSqliteLog(systemRuntime, join(other, 'log.db'));
    const text = 'x'.repeat(20_000);
    await filled.append(Array.from({ length: 500 }, () => newEvent('crossing-a', 'bulk', { text })));
    const idle = await fetch(`${stopping.url}/v1/events/stream`);
    const stuck = connect(Number(new URL(stopping.url).port), '127.0.0.1');
    stuck.pause();
    stuck.on('error', () => undefined);
    stuck.write('GET /v1/events/stream?after=start HTTP/1.1\r\nhost: x\r\n\r\n');
    await pause(300);
    // The exit code is 1 where the stop takes more than 10 s.
    expect(await stopping.stop()).toBe(0);
    for await (const message of messages(idle)) expect(message.event ?? 'caught-up').toBe('caught-up');
    stuck.destroy();
    await filled.close();
    removeFolder(other);
  });
});
