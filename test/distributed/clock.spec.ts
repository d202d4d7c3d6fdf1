import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemRuntime, type Runtime } from '#runtime';
import { application, type Application } from '../server/application.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { messages } from '../server/sse.js';
import { double, type Double } from '../support/kurrentdb/index.js';

const KEY = 'a-key-for-changes';

/** A runtime whose clock differs from the clock of the machine by this number of milliseconds. */
const ahead = (milliseconds: number): Runtime => ({
  ...systemRuntime,
  now: () => systemRuntime.now() + milliseconds,
});

/** An instance in this process whose clock is wrong, with the messages of a stream of its changes. */
class Watched {
  readonly folder = temporaryFolder();
  readonly told: string[] = [];
  server!: Application;
  private ended = new AbortController();
  private following: Promise<void> = Promise.resolve();

  constructor(
    private readonly cluster: Double,
    private readonly wrong: number,
  ) {}

  async start(): Promise<void> {
    const settings = { BORDERLINE_KEY: KEY, BORDERLINE_LOG: this.cluster.connectionString };
    this.server = await application([], settings, ahead(this.wrong), this.folder);
  }

  follow(after: string): void {
    this.ended = new AbortController();
    this.following = this.read(after).catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.ended.abort();
    await this.following;
    await this.server.stop();
  }

  async changesOfStatus(): Promise<readonly string[]> {
    const answer = await this.ask('/v1/changes?aspect=status&limit=1000');
    return (answer as { items: object[] }).items.map((item) => JSON.stringify(item));
  }

  async overdue(): Promise<number> {
    const { parts } = (await this.ask('/health/ready')) as {
      parts: { changes: { overdueSeconds: number } };
    };
    return parts.changes.overdueSeconds;
  }

  async record(development: object): Promise<void> {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
    const body = JSON.stringify(development);
    const answer = await fetch(`${this.server.url}/v1/developments`, { method: 'POST', headers, body });
    if (answer.status !== 201) throw new Error(await answer.text());
  }

  private async ask(path: string): Promise<unknown> {
    return (await fetch(this.server.url + path)).json();
  }

  private async read(after: string): Promise<void> {
    const response = await fetch(`${this.server.url}/v1/changes/stream?aspect=status&after=${after}`, {
      headers: { accept: 'text/event-stream' },
      signal: this.ended.signal,
    });
    for await (const { event, data } of messages(response)) if (event === 'change') this.told.push(data!);
  }
}

const closed = (crossing: string, until: number) => ({
  type: 'crossing.closed',
  occurred: new Date(until - 3_600_000).toISOString(),
  until: new Date(until).toISOString(),
  reportedAt: new Date(until - 3_600_000).toISOString(),
  data: { crossing: `lt-by.${crossing}`, summary: 'It was closed.', reopens: true },
  source: { publisher: 'Example', title: 'An invented closure', publishedAt: '2026-01-01' },
  attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** The instant of a whole second, this number of seconds from now. */
const inSeconds = (seconds: number): number =>
  Math.ceil(systemRuntime.now() / 1_000) * 1_000 + seconds * 1_000;

const byClock = (change: string): boolean => change.includes('"cause":"clock"');

describe('two instances whose clocks are three seconds apart', () => {
  let cluster: Double;
  let fast: Watched;
  let slow: Watched;
  const beats = (): number =>
    (cluster.store.stream('borderline') ?? []).filter(({ type }) => type === 'beat').length;

  beforeAll(async () => {
    cluster = await double();
    fast = new Watched(cluster, 2_000);
    slow = new Watched(cluster, -1_000);
    for (const watched of [fast, slow]) await watched.start();
  });
  afterAll(async () => {
    for (const watched of [fast, slow]) {
      await watched.stop();
      removeFolder(watched.folder);
    }
    await cluster.stop();
  });

  it('write no beat while there is no subscriber; then they send the same bytes for a change by the clock, at its instant by the leader’s clock', async () => {
    const unheard = inSeconds(0);
    await fast.record(closed('lavoriskes', unheard));
    await until(() => systemRuntime.now() > unheard + 1_000);
    expect(beats()).toBe(0);
    const due = inSeconds(5);
    for (const watched of [fast, slow]) watched.follow('0');
    await fast.record(closed('medininkai', due));
    // The first closure may also end by the clock, if it was recorded before its end.
    const opened = (change: string): boolean => byClock(change) && change.includes('medininkai');
    await until(() => fast.told.some(opened));
    expect(systemRuntime.now()).toBeGreaterThanOrEqual(due);
    await until(() => slow.told.some(opened));
    expect(slow.told).toEqual(fast.told);
    expect(JSON.parse(fast.told.at(-1)!)).toMatchObject({ at: new Date(due).toISOString() });
  });

  it('send no change while the cluster is unavailable, say how late they are, and send the change once when the cluster is back', async () => {
    const due = inSeconds(4);
    const [before, beatsBefore] = [fast.told.length, beats()];
    await slow.record(closed('salcininkai', due));
    await until(() => fast.told.length > before && slow.told.length > before);
    const known = fast.told.length;
    await cluster.nodes[0]!.stop();
    await until(async () => (await slow.overdue()) > 0.5 && (await fast.overdue()) > 3);
    expect([fast.told.length, slow.told.length]).toEqual([known, known]);
    await cluster.nodes[0]!.start();
    await until(() => fast.told.length > known && slow.told.length > known);
    await until(async () => (await slow.overdue()) === 0 && (await fast.overdue()) === 0);
    expect(slow.told).toEqual(fast.told);
    expect(fast.told.slice(known).filter(byClock)).toHaveLength(1);
    expect(beats() - beatsBefore).toBeLessThanOrEqual(2);
  });

  it('send after a restart the changes that were due while they were down, as the other instance sent them, without another beat', async () => {
    await slow.stop();
    const due = inSeconds(3);
    const known = fast.told.length;
    await fast.record(closed('raigardas', due));
    await until(() => fast.told.length >= known + 2);
    await slow.start();
    slow.told.length = 0;
    const beatsBefore = beats();
    slow.follow('0');
    await until(() => slow.told.length === fast.told.length);
    expect(slow.told).toEqual(fast.told);
    expect(await slow.changesOfStatus()).toEqual(await fast.changesOfStatus());
    expect(beats()).toBe(beatsBefore);
  });
});
