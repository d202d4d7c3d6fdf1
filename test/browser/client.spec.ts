import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { application, stoppedRuntime, type Application } from '../server/application.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { describeInBrowser, launched } from './browser.js';

const ADMIN = 'a-key-of-the-settings';

/** Everything that the page has got from the client. */
interface Got {
  readonly events: readonly string[];
  readonly changes: readonly string[];
  readonly replay: readonly string[];
  /** Whether the replay has ended. */
  readonly isOver: boolean;
  /** The streams that have reported that there is no connection. */
  readonly waited: readonly string[];
}

/** A page of a developer who uses the package without a bundler. */
const pageOf = (url: string, key: string): string => `<!doctype html>
<link rel="icon" href="data:,">
<script type="importmap">
{ "imports": { "borderline-client": "/client/index.js", "eventsource-parser": "/eventsource-parser/index.js" } }
</script>
<script type="module">
import { Client, ProblemError } from 'borderline-client';

const client = new Client({ url: '${url}', key: () => '${key}' });
const got = (window.got = { events: [], changes: [], replay: [], isOver: false, waited: [] });
async function follow(name, stream) {
  for await (const message of stream) {
    if (message.kind === 'item') got[name].push(message.id);
    if (message.kind === 'waiting' && !got.waited.includes(name)) got.waited.push(name);
  }
}
follow('events', client.events({ after: 'start' }));
follow('changes', client.changes({ after: 'start' }));
follow('replay', client.replay({ axis: 'valid', from: '2025-11-01', to: '2025-11-10', speed: '4d/s' })).then(
  () => (got.isOver = true),
);
window.ask = async () => {
  const { basis, items } = await client.get('/v1/crossings', { query: { asOf: '2025-11-05' } });
  const problem = await client.get('/v1/crossings', { query: { asOf: 'soon' } }).catch((error) => error);
  return [basis.zone, items.length, problem instanceof ProblemError, problem.code];
};
</script>`;

/** A fixed address in the network: connections to it are closed while there is no server behind it. */
class Place {
  private readonly sockets = new Set<Socket>();
  private port: number | undefined;
  private readonly server = createServer((socket) => this.pass(socket));

  async listen(): Promise<string> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  leadTo(url: string | undefined): void {
    this.port = url === undefined ? undefined : Number(new URL(url).port);
    for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.leadTo(undefined);
    this.server.close();
  }

  private pass(socket: Socket): void {
    if (this.port === undefined) return void socket.destroy();
    const behind = connect(this.port, '127.0.0.1');
    for (const [one, other] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      this.sockets.add(one);
      one.pipe(other);
      one
        .on('error', () => other.destroy())
        .on('close', () => {
          this.sockets.delete(one);
          other.destroy();
        });
    }
  }
}

describeInBrowser('the client, in a page of another origin', () => {
  const folder = temporaryFolder();
  const place = new Place();
  let app: Application;
  let pages: Server;
  let browser: Browser;
  let page: Page;
  let key: string;

  const start = (origin: string): Promise<Application> =>
    application(
      [],
      { BORDERLINE_KEY: ADMIN, BORDERLINE_READ: 'key', BORDERLINE_CORS: origin },
      stoppedRuntime,
      folder,
    );
  const originOf = (server: Server): string => `http://localhost:${(server.address() as AddressInfo).port}`;

  beforeAll(async () => {
    const url = await place.listen();
    pages = createHttpServer(({ url: path = '/' }, response) => {
      const [, file] = /^\/client(\/[\w-]+\.js)$/.exec(path) ?? [];
      const source =
        file === undefined ? 'node_modules/eventsource-parser/dist/index.js' : `dist/libs/client${file}`;
      response.setHeader('content-type', path === '/' ? 'text/html' : 'text/javascript');
      response.end(path === '/' ? pageOf(url, key) : readFileSync(source));
    });
    await once(pages.listen(0, 'localhost'), 'listening');
    app = await start(originOf(pages));
    key = (await app.keys.create('a page', ['read'])).key;
    place.leadTo(app.url);
    browser = await launched();
  });
  afterAll(async () => {
    await browser.close();
    place.close();
    pages.close();
    await app.stop();
    removeFolder(folder);
  });

  async function record(...days: number[]): Promise<void> {
    const developments = days.map((day) => ({
      type: 'crossing.closed',
      occurred: `2025-11-0${day}`,
      until: `2025-11-0${day}T18:00`,
      reportedAt: `2025-11-0${day}`,
      data: { crossing: 'lt-by.medininkai', summary: 'It was closed.', reopens: true },
      source: { publisher: 'BNS', title: 'Closed', publishedAt: `2025-11-0${day}` },
      attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
    }));
    const response = await fetch(`${app.url}/v1/developments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ developments }),
    });
    expect(response.status).toBe(201);
  }
  const got = (): Promise<Got> => page.evaluate<Got>('window.got');
  async function gotWhen(isSo: (got: Got) => boolean): Promise<Got> {
    for (;;) {
      const now = await got();
      if (isSo(now)) return now;
      await page.waitForTimeout(20);
    }
  }
  /** The ids of a list, read without the client. */
  async function listed(path: string): Promise<string[]> {
    const headers = { authorization: `Bearer ${ADMIN}`, accept: 'application/x-ndjson' };
    const lines = (await (await fetch(app.url + path, { headers })).text()).trim().split('\n');
    return lines.map((line) => (JSON.parse(line) as { readonly id: string }).id);
  }
  async function replayed(): Promise<string[]> {
    const query = 'axis=valid&from=2025-11-01&to=2025-11-10&speed=max';
    const headers = { authorization: `Bearer ${ADMIN}` };
    const text = await (await fetch(`${app.url}/v1/replay?${query}`, { headers })).text();
    return [...text.matchAll(/^id: (.+)\nevent: (?:change|development)$/gm)].map(([, id = '']) => id);
  }

  it('follows events, changes and a replay while the server goes away and comes back, and misses and repeats nothing', async () => {
    await record(1, 2, 4, 6, 8);
    const wanted = await replayed();
    page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(originOf(pages));
    const early = await gotWhen(
      ({ events, changes, replay }) => events.length === 5 && changes.length > 0 && replay.length > 0,
    );
    expect(early.replay.length).toBeLessThan(wanted.length);

    place.leadTo(undefined);
    await app.stop();
    await gotWhen(({ waited }) => waited.length === 3);
    app = await start(originOf(pages));
    await record(3, 5, 7);
    place.leadTo(app.url);

    const changes = await listed('/v1/changes?after=start');
    const all = await gotWhen(
      (now) => now.events.length >= 8 && now.changes.length >= changes.length && now.isOver,
    );
    expect(all.events.map((id) => Number.parseInt(id))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(all.changes).toEqual(changes);
    expect(all.replay).toEqual(wanted);
    expect(faults).toEqual([]);
  });

  it('gets answers, and throws problems', async () => {
    expect(await page.evaluate('window.ask()')).toEqual(['Europe/Vilnius', 1, true, 'invalid-parameter']);
  });
});
