import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime, type Runtime } from '#runtime';
import type { ChangeOfState } from '#views';
import type { ChangeList } from '../../apps/server/changes/change-reader.js';
import { application, type Application } from './application.js';
import { corpusApplication, type CorpusApplication } from './asked-of-corpus.js';
import { removeFolder, temporaryFolder } from './spawned.js';
import { messages, type Message } from './sse.js';

const KEY = 'a-key-for-changes';
const HOUR = 3_600_000;
const NOON = Date.UTC(2025, 10, 10, 12);
const at = (hours: number): string => new Date(NOON + hours * HOUR).toISOString();

/** A clock that the test sets; `elapsed` advances with it, and long sleeps end. */
class SetClock {
  /** The number of hours by which only the clock is wrong; `elapsed` is right. */
  jumped = 0;
  private gone = 0;
  private readonly asleep = new Set<() => void>();
  readonly runtime: Runtime = {
    ...systemRuntime,
    now: () => NOON + (this.gone + this.jumped) * HOUR,
    elapsed: () => systemRuntime.elapsed() + this.gone * HOUR,
    sleep: async (milliseconds, signal) => {
      const woken = new AbortController();
      const wake = (): void => woken.abort();
      if (milliseconds > 1_000) this.asleep.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
      await systemRuntime.sleep(milliseconds, signal?.aborted ? signal : woken.signal);
      this.asleep.delete(wake);
      signal?.removeEventListener('abort', wake);
    },
  };

  set hours(hours: number) {
    this.gone = hours;
    for (const wake of this.asleep) wake();
  }
}

const closed = (
  hours: { from?: number; until?: number | string; reported?: number },
  crossing = 'lt-by.medininkai',
) => ({
  type: 'crossing.closed',
  occurred: at(hours.from ?? 0),
  ...(hours.until !== undefined && {
    until: typeof hours.until === 'number' ? at(hours.until) : hours.until,
  }),
  reportedAt: at(hours.reported ?? 0),
  data: { crossing, summary: 'It was closed.', reopens: true },
  source: { publisher: 'BNS', title: 'Closed', publishedAt: '2025-11-10' },
  attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
});

const registered = {
  type: 'subject.registered',
  reportedAt: '2025-11-01',
  occurred: '2020-01-01',
  data: {
    kind: 'crossing',
    id: 'lt-by.medininkai',
    names: { lt: 'Medininkai' },
    crossing: { border: 'LT-BY', sides: ['LT', 'BY'], modes: ['road'], operating: true },
  },
  source: { publisher: 'BNS', title: 'Registered', publishedAt: '2025-11-01' },
  attribution: { claimant: 'lt.government', standing: 'reference', reliability: 'A1' },
};

describe('changes as time passes', () => {
  let clock: SetClock;
  let folder: string;
  let server: Application;
  const opened: AbortController[] = [];

  const start = async (): Promise<void> => {
    server = await application([], { BORDERLINE_KEY: KEY }, clock.runtime, folder);
  };
  const restart = async (): Promise<void> => {
    for (const abort of opened.splice(0)) abort.abort();
    await server.stop();
    await start();
  };
  beforeEach(async () => {
    clock = new SetClock();
    folder = temporaryFolder();
    await start();
  });
  afterEach(async () => {
    for (const abort of opened.splice(0)) abort.abort();
    await server.stop();
    removeFolder(folder);
  });

  const send = async (
    path: string,
    body: object,
  ): Promise<{ events: { id: string; sequence: number; recordedAt: string }[] }> => {
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Awaited<ReturnType<typeof send>>;
    if (response.status !== 201) throw new Error(JSON.stringify(answer));
    return answer;
  };
  const record = (development: object) => send('/v1/developments', development);
  const page = async (query = ''): Promise<ChangeList> =>
    (await (await fetch(`${server.url}/v1/changes${query}`)).json()) as ChangeList;
  const told = ({ aspect, after, cause, at: when }: ChangeOfState): unknown[] => [
    when,
    cause,
    aspect,
    (after as { status?: string } | undefined)?.status,
  ];
  /** Collects the messages of a stream, which continues until the end of the test. */
  const follow = (
    query: string,
  ): { readonly seen: Message[]; until(enough: (seen: Message[]) => boolean): Promise<void> } => {
    const abort = new AbortController();
    opened.push(abort);
    const seen: Message[] = [];
    let wake = (): void => undefined;
    const reading = async (): Promise<void> => {
      const response = await fetch(`${server.url}/v1/changes/stream${query}`, {
        headers: { accept: 'text/event-stream' },
        signal: abort.signal,
      });
      for await (const message of messages(response)) {
        if (message.event === undefined) continue;
        seen.push(message);
        wake();
      }
    };
    void reading().catch(() => undefined);
    return {
      seen,
      until: async (enough) => {
        while (!enough(seen)) await new Promise<void>((resolve) => (wake = resolve));
      },
    };
  };
  const changesIn = (seen: readonly Message[]): ChangeOfState[] =>
    seen.filter(({ event }) => event === 'change').map(({ data }) => JSON.parse(data!) as ChangeOfState);
  const isCaughtUp = (seen: readonly Message[]): boolean => seen.at(-1)?.event === 'caught-up';

  it('sends an announced change when it is recorded, and the opening when it happens', async () => {
    await record(registered);
    const stream = follow('?after=end&subject=lt-by.medininkai');
    await stream.until(isCaughtUp);
    await record(closed({ from: -6, until: 30 }));
    await stream.until((seen) => changesIn(seen).length === 2);
    clock.hours = 31;
    await stream.until((seen) => changesIn(seen).length === 4);
    expect(changesIn(stream.seen).map(told)).toEqual([
      [at(0), 'event', 'next', 'open'],
      [at(0), 'event', 'status', 'closed'],
      [at(30), 'clock', 'next', undefined],
      [at(30), 'clock', 'status', 'open'],
    ]);
    const [next, status] = changesIn(stream.seen);
    expect(next!.after).toMatchObject({ at: at(30), status: 'open' });
    expect(status).toMatchObject({
      since: at(-6),
      knownSince: at(0),
      rewrites: { from: at(-6), to: at(0) },
      before: { status: 'open' },
    });
  });

  it('sends the changes that were due while the server was down, in order, each with its own instant', async () => {
    await record(registered);
    for (const hours of [1, 2, 3]) await record(closed({ from: hours, until: hours + 0.5 }));
    const { position } = await page();
    clock.hours = 10;
    await restart();
    const stream = follow(`?after=${position}&aspect=status`);
    await stream.until(isCaughtUp);
    expect(changesIn(stream.seen).map(told)).toEqual(
      [1, 2, 3].flatMap((hours) => [
        [at(hours), 'clock', 'status', 'closed'],
        [at(hours + 0.5), 'clock', 'status', 'open'],
      ]),
    );
  });

  it('sends a sealed change once, although the server that sealed it stopped before sending it', async () => {
    await record(registered);
    await record(closed({ until: 2 }));
    const { position } = await page();
    await server.stop();
    const log = openSqliteLog(clock.runtime, join(folder, 'log.db'));
    clock.hours = 3;
    await log.seal(NOON + 2 * HOUR);
    await log.close();
    await start();
    const stream = follow(`?after=${position}&aspect=status`);
    await stream.until(isCaughtUp);
    expect(changesIn(stream.seen).map(told)).toEqual([[at(2), 'clock', 'status', 'open']]);
  });

  it('sends nothing twice, and records nothing before the last sent change, when the clock is set back', async () => {
    await record(registered);
    await record(closed({ until: 2 }));
    const stream = follow('?after=end&aspect=status');
    await stream.until(isCaughtUp);
    clock.hours = 3;
    await stream.until((seen) => changesIn(seen).length === 1);
    clock.jumped = -2;
    const { events } = await record(closed({ from: 1, until: 5 }, 'lt-by.salcininkai'));
    expect(Date.parse(events[0]!.recordedAt)).toBeGreaterThanOrEqual(Date.parse(at(2)));
    await stream.until((seen) => changesIn(seen).length === 2);
    expect(changesIn(stream.seen).map(({ subject }) => subject)).toEqual([
      'lt-by.medininkai',
      'lt-by.salcininkai',
    ]);
    const read = await fetch(`${server.url}/v1/crossings/lt-by.medininkai`);
    expect(await read.json()).toMatchObject({ status: 'open' });
  });

  it('does not trust a clock that jumps ahead, and warns of it once', async () => {
    const lines: string[] = [];
    const warn = (line: string): unknown => lines.push(line);
    Logger.overrideLogger({ log: warn, error: warn, warn });
    await record(registered);
    await record(closed({ until: 24 }));
    const { items } = await page();
    clock.jumped = 365 * 24;
    expect((await page()).items).toEqual(items);
    expect((await page()).items).toEqual(items);
    expect(lines).toEqual([
      expect.stringMatching(/^the clock jumped 315\d{5} s ahead: changes by the clock wait for a minute$/),
    ]);
    clock.jumped = 0;
    expect((await page()).items).toEqual(items);
  });

  it('sends no opening of a closure that was extended a millisecond before its end', async () => {
    await record(registered);
    await record(closed({ until: 2 }));
    const stream = follow('?after=end');
    await stream.until(isCaughtUp);
    clock.hours = 2 - 1 / HOUR;
    await record(closed({ from: 1, until: 20, reported: 1 }));
    clock.hours = 3;
    await record(closed({ from: 3, until: 4, reported: 3 }, 'lt-by.salcininkai'));
    await stream.until((seen) => changesIn(seen).some(({ subject }) => subject === 'lt-by.salcininkai'));
    const medininkai = changesIn(stream.seen).filter(({ subject }) => subject === 'lt-by.medininkai');
    expect(
      medininkai.filter(({ aspect }) => aspect === 'status').map(({ after }) => after),
    ).not.toContainEqual(expect.objectContaining({ status: 'open' }));
  });

  it('sends a change by the clock before the changes of an event of the same millisecond', async () => {
    await record(registered);
    await record(closed({ until: 2 }));
    clock.hours = 2;
    const { events } = await record(closed({ from: 2, until: 5, reported: 2 }));
    const { items } = await page('?aspect=status&after=@2');
    expect(items.map(told)).toEqual([
      [at(2), 'clock', 'status', 'open'],
      [at(2), 'event', 'status', 'closed'],
    ]);
    expect(items[1]!.by).toBe(events[0]!.id);
  });

  it('has two changes by the clock for a vague start: possible, then certain', async () => {
    await record(registered);
    await record({ ...closed({}), occurred: `${at(1).slice(0, 16)}Z/${at(3).slice(0, 16)}Z` });
    clock.hours = 4;
    const { items } = await page('?aspect=status&after=@2');
    expect(items.map(({ cause, after }) => [cause, after])).toEqual([
      ['clock', { status: 'unknown', possible: ['closed', 'open'] }],
      ['clock', { status: 'closed' }],
    ]);
  });

  it('names the retraction of a closure, and the past time that it changes', async () => {
    await record(registered);
    const { events } = await record(closed({ from: -2 }));
    const target = events[0]!.id;
    clock.hours = 1;
    const taken = await send(`/v1/developments/${target}/retractions`, {
      kind: 'amended',
      reason: 'It was not so.',
      reportedAt: at(1),
    });
    const { items } = await page('?after=@2&aspect=status');
    expect(items).toMatchObject([
      {
        before: { status: 'closed' },
        after: { status: 'open' },
        cause: 'event',
        by: taken.events[0]!.id,
        rewrites: { from: at(-2), to: at(1) },
      },
    ]);
    expect(items[0]!.because).not.toContain(taken.events[0]!.id);
  });

  it('says that a late report changes the past, where the current state stays the same', async () => {
    await record(registered);
    clock.hours = 9;
    await record(closed({ from: 1, until: 3, reported: 8 }));
    const { items } = await page('?after=@1');
    expect(items).toMatchObject([
      {
        aspect: 'status',
        before: { status: 'open' },
        after: { status: 'open' },
        rewrites: { from: at(1), to: at(3) },
      },
    ]);
  });

  it('resets a client that knows another log, a longer log, or other views', async () => {
    await record(registered);
    const { position } = await page();
    for (const id of [
      position.replace(/.{8}$/, '00000001'),
      position.replace(/^1\.1/, '1.7'),
      position.replace(/^1/, '999'),
      '428-3f9a1c0d',
    ]) {
      const stream = await fetch(`${server.url}/v1/changes/stream`, { headers: { 'last-event-id': id } });
      expect(await stream.text()).toMatch(/\nid: \nevent: reset\ndata: {"head":1,"origin":"[^"]+"}\n\n$/);
    }
    expect(
      (await fetch(`${server.url}/v1/changes?after=${position.replace(/.{8}$/, '00000001')}`)).status,
    ).toBe(409);
  });

  it('names the right stream where an id is given to the wrong stream', async () => {
    await record(registered);
    const { position } = await page();
    const refused = async (path: string): Promise<unknown> => {
      const response = await fetch(`${server.url}${path}`);
      const { detail } = (await response.json()) as { detail: string };
      return [response.status, detail];
    };
    expect(await refused('/v1/changes?after=1-0123abcd')).toEqual([
      400,
      'after: It is an id of the stream of events: write its sequence, @1.',
    ]);
    expect(await refused(`/v1/events/stream?after=${position}`)).toEqual([
      400,
      'after: It is an id of a change; ids of events are like 428-3f9a1c0d.',
    ]);
  });

  it('continues from the basis of any answer', async () => {
    await record(registered);
    await record(closed({ until: 2 }));
    const answer = (await (await fetch(`${server.url}/v1/crossings?asOf=${at(1)}`)).json()) as {
      basis: { sequence: number; asOf: string };
    };
    const { sequence, asOf } = answer.basis;
    clock.hours = 3;
    expect((await page(`?after=@${sequence}/${asOf}&aspect=status`)).items.map(told)).toEqual([
      [at(2), 'clock', 'status', 'open'],
    ]);
  });
});

describe('the changes of the corpus', () => {
  let app: CorpusApplication;
  beforeAll(async () => {
    app = await corpusApplication();
  });
  afterAll(() => app.stop());

  it('are listed in pages, as lines and as a table', async () => {
    const pages: ChangeOfState[] = [];
    for (let after: string | null = 'start'; after !== null;) {
      const { answer } = await app.ask(`/v1/changes?limit=100&after=${after}`);
      const { items, next } = answer as ChangeList;
      pages.push(...items);
      after = next;
    }
    const { answer: lines } = await app.ask('/v1/changes', { accept: 'application/x-ndjson' });
    expect(
      (lines as string)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(pages);
    const { answer: table } = await app.ask('/v1/changes?format=csv&limit=5');
    expect((table as string).trim().split('\r\n')).toHaveLength(6);
    expect(pages.length).toBeGreaterThan(200);
  });

  it('are selected by view, subject, border and aspect', async () => {
    const ask = async (query: string): Promise<readonly ChangeOfState[]> =>
      ((await app.ask(`/v1/changes?limit=1000&${query}`)).answer as ChangeList).items;
    const all = await ask('view=crossings');
    expect(new Set(all.map(({ view }) => view))).toEqual(new Set(['crossings']));
    const border = await ask('border=LT-BY');
    expect(border).toEqual(all.filter(({ subject }) => subject.startsWith('lt-by.')));
    const status = await ask('border=LT-BY&aspect=status&subject=lt-by.medininkai');
    expect(status).toEqual(
      border.filter(({ subject, aspect }) => subject === 'lt-by.medininkai' && /^status(\/|$)/.test(aspect)),
    );
    expect(status.length).toBeGreaterThan(0);
  });

  it('are listed between two instants', async () => {
    const { answer } = await app.ask('/v1/changes?from=2025-11-10&to=2025-11-10&limit=1000');
    expect((answer as ChangeList).items.length).toBeGreaterThan(0);
    const { answer: none } = await app.ask('/v1/changes?to=2025-11-09&limit=1000');
    expect((none as ChangeList).items).toEqual([]);
  });
});
