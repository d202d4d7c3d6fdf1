import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { Client, type MessageStream } from '#client';
import { openSqliteLog } from '#log/sqlite';
import { eventOf, idOf } from '../laws/drawn.js';
import { removeFolder, spawnServer, temporaryFolder } from '../server/spawned.js';

const KILLS = Number(process.env.CRASH_KILLS ?? 10);
const CROSSINGS = 7;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A closure from now on that is over in a moment: the clock opens the crossing again, also while no server runs. */
function closure(n: number): NonNullable<ReturnType<typeof eventOf>> {
  const now = Date.now();
  const told = {
    id: idOf(n),
    type: 'crossing.closed',
    occurred: new Date(now).toISOString(),
    until: new Date(now + 50 + Math.floor(Math.random() * 2_000)).toISOString(),
    reportedAt: new Date(now).toISOString(),
    data: { crossing: `xx-yy.c${n % CROSSINGS}`, reopens: true },
    source: { publisher: 'A press', title: 'A title', publishedAt: '2025-11-10' },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
  };
  return eventOf(told)!;
}

/** The ids of the items that a client gets, whatever happens to the server. */
function followed(stream: MessageStream<unknown>): string[] {
  const ids: string[] = [];
  void (async () => {
    for await (const message of stream) if (message.kind === 'item') ids.push(message.id);
  })();
  return ids;
}

it(
  `a server that is killed ${KILLS} times sends its subscribers every event and every change, by the clock too, once and in order`,
  async () => {
    const folder = temporaryFolder();
    const port = await freePort();
    const start = () => spawnServer(folder, ['--port', String(port)], { BORDERLINE_LOG_LEVEL: 'silent' });
    const ended = new AbortController();
    let server = await start();
    const { url } = server;
    const log = openSqliteLog(join(folder, 'log.db'));
    try {
      const client = new Client({ url });
      const options = { after: 'start', signal: ended.signal };
      const [events, changes] = [followed(client.events(options)), followed(client.changes(options))];
      let count = 0;
      const write = async (until: Promise<unknown>): Promise<void> => {
        let isOver = false;
        void until.finally(() => (isOver = true));
        while (!isOver) {
          await log.append([closure((count += 1))]);
          await pause(Math.random() * 60);
        }
      };
      for (let n = 0; n < KILLS; n += 1) {
        const had = events.length + changes.length;
        const someMore = async (): Promise<void> => {
          while (events.length + changes.length < had + 5) await pause(5);
          await pause(Math.random() * 100);
        };
        await write(someMore());
        server.child.kill('SIGKILL');
        const restarted = once(server.child, 'close').then(start);
        await write(restarted);
        server = await restarted;
      }
      const listed = async (path: string): Promise<{ id: string }[]> => {
        const response = await fetch(`${url}${path}`, { headers: { accept: 'application/x-ndjson' } });
        const lines = (await response.text()).trim().split('\n');
        return lines.map((line) => JSON.parse(line) as { id: string });
      };
      // All closures are over then.
      await pause(2_000);
      const due = (await listed('/v1/changes?after=start')).map(({ id }) => id);
      while (events.length < count || changes.length < due.length) await pause(50);
      expect(events.map((id) => Number(id.split('-')[0]))).toEqual(
        Array.from({ length: count }, (_, n) => n + 1),
      );
      expect(changes).toEqual(due);
      expect((await listed('/v1/changes?after=start')).map(({ id }) => id)).toEqual(due);
    } finally {
      ended.abort();
      await log.close();
      await server.stop();
      removeFolder(folder);
    }
  },
  KILLS * 60_000 + 120_000,
);
