import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteLog } from '#log/sqlite';
import { Receiver } from '../../libs/webhooks/spec-support.js';
import { newEvent } from '../server/application.js';
import { removeFolder, spawnServer, temporaryFolder } from '../server/spawned.js';

const ROOT = join(import.meta.dirname, '..', '..');
const KILLS = Number(process.env.CRASH_KILLS ?? 50);
/** At most so many messages between two kills; the last ones are delivered without a kill. */
const PER_KILL = 40;

describe('a process that delivers webhooks and is killed at a random moment', () => {
  let folder: string;
  let receiver: Receiver;
  /** The number of messages at each kill. */
  let kills: number[];
  let child: ChildProcess | undefined;
  beforeEach(async () => {
    folder = temporaryFolder();
    receiver = new Receiver();
    await receiver.listen();
    // The process is killed while some answers are on their way.
    receiver.answering = (_, response) => {
      if (Math.random() < 0.5) response.writeHead(204).end();
      else setTimeout(() => response.writeHead(204).end(), Math.random() * 4);
    };
    kills = [];
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    receiver.close();
    removeFolder(folder);
  });

  async function append(count: number): Promise<void> {
    const log = openSqliteLog(join(folder, 'log.db'));
    await log.append(Array.from({ length: count }, (_, n) => newEvent(`crossing-c${n % 7}`)));
    await log.close();
  }

  /** Each message once and in order, except those on their way at a kill: they arrive once more, with the same id. */
  function expectNothingLost(numbers: readonly number[], count: number): void {
    const ids = new Map<number, string>();
    let last = 0;
    for (const [index, n] of numbers.entries()) {
      const { id } = receiver.got[index]!;
      const isRepeat = n === last && kills.includes(index);
      expect([index, n, id]).toEqual([index, isRepeat ? last : last + 1, ids.get(n) ?? id]);
      ids.set(n, id);
      last = n;
    }
    expect(last).toBe(count);
    expect(new Set(ids.values()).size).toBe(count);
  }

  async function kill(child: ChildProcess): Promise<void> {
    child.kill('SIGKILL');
    await once(child, 'close');
    await pause(5);
    kills.push(receiver.got.length);
  }

  it(
    `repeats one message at most each time, and loses none, ${KILLS} times on one file`,
    async () => {
      const count = (KILLS + 1) * PER_KILL;
      await append(count);
      const start = (): ChildProcess =>
        spawn(process.execPath, [join(ROOT, 'test/crash/deliver-forever.mjs'), folder, receiver.url], {
          cwd: ROOT,
          env: { ...process.env, NODE_OPTIONS: '' },
          stdio: ['ignore', 'ignore', 'inherit'],
        });
      child = start();
      for (let n = 0; n < KILLS; n += 1) {
        await receiver.has(
          Math.min(receiver.got.length + 1 + Math.floor(Math.random() * (PER_KILL / 2)), count),
        );
        await pause(Math.random() * 10);
        await kill(child);
        child = start();
      }
      while (receiver.got.at(-1)?.n !== count) await pause(20);
      await kill(child);
      expectNothingLost(
        receiver.got.map(({ n }) => n),
        count,
      );
    },
    KILLS * 12_000,
  );

  it('may be the server itself', async () => {
    await append(300);
    const key = 'a-key-for-this-test';
    const given = { BORDERLINE_KEY: key, BORDERLINE_OUTBOUND: '127.0.0.1', BORDERLINE_LOG_LEVEL: 'silent' };
    let server = await spawnServer(folder, [], given);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ url: receiver.url, events: {}, after: 'start' });
    expect((await fetch(`${server.url}/v1/webhooks`, { method: 'POST', headers, body })).status).toBe(201);
    for (const messages of [50, 120]) {
      await receiver.has(messages);
      await kill(server.child);
      server = await spawnServer(folder, [], given);
    }
    const sequences = (): number[] =>
      receiver.got.map((got) => Number((JSON.parse(got.body) as { sequence: string }).sequence));
    while (sequences().at(-1) !== 300) await pause(20);
    await server.stop();
    expectNothingLost(sequences(), 300);
  });
});
