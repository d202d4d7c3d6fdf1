import { once, setMaxListeners } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { Client, type MessageStream } from '#client';
import type { EventLog } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { Receiver } from '../../libs/webhooks/spec-support.js';
import { eventOf, idOf } from '../laws/drawn.js';
import { Chance, seedOf } from '../support/chance.js';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from '../server/spawned.js';

/** Each kill starts a server, so these are fewer kills than in crash.spec.ts. */
const KILLS = Number(process.env.CRASH_KILLS ?? 12);
const SEED = seedOf('CRASH_SEED');
const CROSSINGS = 7;
/** The number of clients of each stream. */
const CLIENTS = 6;
/** The longest closure, in milliseconds. */
const LONGEST_CLOSURE_MS = 1_000;
const KINDS = ['events', 'changes'] as const;

const KEY = 'a-key-for-this-test';

describe(`subscribers of a server that is killed at a random moment (CRASH_SEED=${SEED})`, () => {
  /** One for each part that draws: the parts do not draw in a fixed order. */
  const chance = {
    answers: new Chance(SEED),
    closures: new Chance(SEED + 1),
    pauses: new Chance(SEED + 2),
    kills: new Chance(SEED + 3),
  };
  let folder: string;
  let url: string;
  let log: EventLog;
  let receiver: Receiver;
  let server: Spawned | undefined;
  /** The start of the server; resolves when the server listens. */
  let listening: Promise<unknown>;
  let recorded: number;
  let ended: AbortController;

  beforeEach(async () => {
    folder = temporaryFolder();
    url = `http://127.0.0.1:${await freePort()}`;
    log = openSqliteLog(systemRuntime, join(folder, 'log.db'));
    recorded = 0;
    ended = new AbortController();
    setMaxListeners(0, ended.signal);
    receiver = new Receiver();
    await receiver.listen();
    // The server is killed while some answers of the receiver are on their way.
    receiver.answering = (_, response) => {
      if (chance.answers.is(0.5)) response.writeHead(204).end();
      else setTimeout(() => response.writeHead(204).end(), chance.answers.next() * 4);
    };
  });
  afterEach(async () => {
    ended.abort();
    server?.child.kill('SIGKILL');
    receiver.close();
    await log.close();
    removeFolder(folder);
  });

  /** Records a closure that begins now and ends within a second: the clock opens the crossing again, also while no server runs. */
  async function record(): Promise<void> {
    const now = Date.now();
    const told = {
      id: idOf((recorded += 1)),
      type: 'crossing.closed',
      occurred: new Date(now).toISOString(),
      until: new Date(now + chance.closures.whole(50, LONGEST_CLOSURE_MS - 1)).toISOString(),
      reportedAt: new Date(now).toISOString(),
      data: { crossing: `xx-yy.c${recorded % CROSSINGS}`, reopens: true },
      source: { publisher: 'A press', title: 'A title', publishedAt: '2025-11-10' },
      attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
    };
    await log.append([eventOf(told)!]);
  }

  async function recordSome(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      await record();
      await pause(chance.pauses.next() * 20);
    }
  }

  /** The ids of the items that each client gets. Clients connect as soon as the server listens again. */
  function followed(): { readonly events: string[][]; readonly changes: string[][] } {
    const patient: typeof fetch = async (...asked) => {
      await listening;
      return fetch(...asked);
    };
    const client = new Client({ url, fetch: patient });
    const options = { after: 'start', signal: ended.signal };
    const all = (stream: () => MessageStream<unknown>): string[][] =>
      Array.from({ length: CLIENTS }, () => idsOf(stream()));
    return { events: all(() => client.events(options)), changes: all(() => client.changes(options)) };
  }

  async function start(): Promise<void> {
    const given = { BORDERLINE_KEY: KEY, BORDERLINE_OUTBOUND: '127.0.0.1', BORDERLINE_LOG_LEVEL: 'silent' };
    server = await spawnServer(folder, ['--port', new URL(url).port], given);
  }

  async function subscribe(kind: (typeof KINDS)[number]): Promise<void> {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ url: `${receiver.url}/${kind}`, [kind]: {}, after: 'start' });
    const answer = await fetch(`${url}/v1/webhooks`, { method: 'POST', headers, body });
    expect(answer.status).toBe(201);
  }

  /** Kills the server again and again while it sends streams and messages; each time another server continues. */
  async function expectNothingLost(): Promise<void> {
    await (listening = start());
    for (const kind of KINDS) await subscribe(kind);
    const got = followed();
    const arrived = (): number[] => [got.events[0]!.length, got.changes[0]!.length, receiver.got.length];
    for (let n = 0; n < KILLS; n += 1) {
      const before = arrived();
      const recording = recordSome(5);
      while (arrived().some((count, of) => count <= before[of]!)) await pause(2);
      await pause(chance.kills.next() * 40);
      server!.child.kill('SIGKILL');
      listening = once(server!.child, 'close').then(start);
      await recording;
      await recordSome(3);
      await listening;
    }
    await pause(LONGEST_CLOSURE_MS);
    const events = Array.from({ length: recorded }, (_, n) => n + 1);
    const changes = await listedChanges();
    expect(changes.length).toBeGreaterThan(recorded);
    const messages = (kind: string): string[] =>
      receiver.got.filter(({ path }) => path === `/${kind}`).map(({ id }) => id.slice(id.indexOf('_') + 1));
    for (const kind of KINDS) {
      const wanted = { events, changes }[kind];
      while (got[kind].some(({ length }) => length < wanted.length)) await pause(20);
      while (new Set(messages(kind)).size < wanted.length) await pause(20);
    }
    for (const ids of got.events) expect(ids.map(sequenceIn)).toEqual(events);
    for (const ids of got.changes) expect(ids).toEqual(changes);
    expect(withoutRepeats(messages('events')).map(sequenceIn)).toEqual(events);
    expect(withoutRepeats(messages('changes'))).toEqual(changes.map((id) => id.replaceAll('.', '_')));
  }

  /** The changes as the list of another server has them, which has sent no stream. */
  async function listedChanges(): Promise<string[]> {
    const quiet = { BORDERLINE_LOG_LEVEL: 'silent', BORDERLINE_WEBHOOKS: 'off' };
    const another = await spawnServer(folder, [], quiet);
    const asked = { headers: { accept: 'application/x-ndjson' } };
    const lines = await (await fetch(`${another.url}/v1/changes?after=start`, asked)).text();
    await another.stop();
    return lines
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly id: string }).id);
  }

  it(
    `get every event and every change, by the clock too, once and in order; webhooks repeat one message at most for a kill: ${KILLS} times`,
    expectNothingLost,
    120_000 + KILLS * 12_000,
  );
});

const sequenceIn = (position: string): number => Number.parseInt(position);

function idsOf(stream: MessageStream<unknown>): string[] {
  const ids: string[] = [];
  void (async () => {
    for await (const message of stream) if (message.kind === 'item') ids.push(message.id);
  })();
  return ids;
}

/**
 * Removes the repeats: a message that was on its way when the server was killed comes again directly after itself, and no other message
 * does.
 */
function withoutRepeats(ids: readonly string[]): string[] {
  const once = ids.filter((id, n) => id !== ids[n - 1]);
  expect(ids.length - once.length).toBeLessThanOrEqual(KILLS);
  return once;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
