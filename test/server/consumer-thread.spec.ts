import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConsumerStatus, EventLog } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime, Turnstile, type Runtime } from '#runtime';
import {
  EventSearch,
  viewNamed,
  Views,
  type EventQuery,
  type LongWork,
  type ProjectionStatus,
  type SentSearch,
} from '#views';
import {
  received,
  sentAnswer,
  sentList,
  type ConsumerJob,
} from '../../apps/server/consumers/consumer-job.js';
import { ConsumerThread } from '../../apps/server/consumers/consumer-thread.js';
import { acceptedEvent, developmentOf } from '../bench/population.js';
import { removeFolder, temporaryFolder } from './spawned.js';

const crossings = viewNamed('crossings')!;
/** The built file, because a thread cannot run the sources. */
const worker = resolve('dist/program/consumer-worker.js');
const within = { timeout: 30_000 };

describe.each(['views', 'search', 'tree'] as const)('the thread of the %s', (kind) => {
  let data: string;
  let log: EventLog;
  let thread: ConsumerThread<ProjectionStatus>;
  let recorded = 0;
  const told: string[] = [];
  beforeEach(async () => {
    data = temporaryFolder();
    recorded = 0;
    told.length = 0;
    log = openSqliteLog(systemRuntime, join(data, 'log.db'));
    await record();
    const job = { kind, data, log: 'sqlite', file: join(data, `${kind}.db`) };
    const initial = {
      state: 'catchingUp',
      sequence: 0,
      failures: 0,
      failuresInAll: 0,
      opened: 0,
      parked: 0,
    } as const;
    thread = new ConsumerThread<ProjectionStatus>(systemRuntime, job, {
      initial,
      worker,
      onStatus: ({ state }) => void (told.at(-1) !== state && told.push(state)),
    });
  });
  afterEach(async () => {
    await thread.stop();
    await log.close();
    removeFolder(data);
  });

  async function record(): Promise<void> {
    await log.append([acceptedEvent(developmentOf((recorded += 1)))]);
  }

  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await systemRuntime.sleep(5);
  }

  it('is started again when it is killed, says so, and continues', async () => {
    expect(await thread.gate.reached(1, within)).toBe(true);
    for (const times of [2, 3]) {
      await thread['worker']!.terminate();
      expect(thread.status).toMatchObject({
        state: 'retrying',
        reason: 'its thread ended',
        sequence: recorded,
      });
      await record();
      expect(await thread.gate.reached(recorded, within)).toBe(true);
      await until(() => thread.status.state === 'running');
      expect(thread.starts).toBe(times);
    }
    expect(thread.status).toMatchObject({ failures: 0, failuresInAll: 2 });
    expect(told).toContain('retrying');
  });

  it('applies the remaining events before it ends, on request', async () => {
    expect(await thread.gate.reached(1, within)).toBe(true);
    for (let n = 0; n < 20; n += 1) await record();
    await thread.stop(30_000);
    expect(thread.status).toMatchObject({ state: 'stopped', sequence: recorded });
  });

  if (kind === 'views')
    it('applies the next event immediately when a long dry run was given up', async () => {
      expect(await thread.gate.reached(1, within)).toBe(true);
      const vague = Array.from({ length: 5_000 }, (_, n) => {
        const day = new Date(n * 86_400_000).toISOString().slice(0, 10);
        const event = acceptedEvent({ ...developmentOf(1), occurred: `../${day}` });
        return { ...event, sequence: 0, revision: 0, recordedAt: 0 };
      });
      const given = new AbortController();
      const events = await sentList(systemRuntime, vague);
      void thread.ask({ events, question: { asOf: 0 } }, given.signal);
      // It is busy: a question behind the first does not begin.
      void thread.ask({ events, question: { asOf: 0 } }, given.signal);
      await systemRuntime.sleep(500);
      given.abort();
      await record();
      expect(await thread.gate.reached(recorded, within)).toBe(true);
      expect(thread.status).toMatchObject({ state: 'running', failuresInAll: 0 });
    });
});

describe('the thread that answers', () => {
  const REPORTS = 3_000;
  let data: string;
  let log: EventLog;
  let views: Views;
  let thread: ConsumerThread<ConsumerStatus>;
  const question = { asOf: Date.UTC(2025, 5, 1) };
  const turns = new Turnstile(systemRuntime);
  const item = async (signal?: AbortSignal, of = views): Promise<unknown> =>
    (await turns.finish(of.state.itemOf(crossings, 'x', question), { lane: 'answers', signal }))?.item;

  const job = () => ({ kind: 'answers', data, log: 'sqlite', file: join(data, 'views.db') }) as const;
  const timeline = (of: Views, minutes: number): Promise<unknown> => {
    const from = Date.UTC(2025, 0, 1);
    const interval = { from, to: from + minutes * 60_000 };
    return turns.finish(of.state.timeline(crossings, 'x', {}, interval), { lane: 'answers' });
  };

  beforeAll(async () => {
    data = temporaryFolder();
    log = openSqliteLog(systemRuntime, join(data, 'log.db'));
    const vague = Array.from({ length: REPORTS }, (_, n) => {
      const [from, to] = [1 + n, 400_000 + n].map((m) => new Date(Date.UTC(2025, 0, 1, 0, m)).toISOString());
      const sent = developmentOf(1, 'x', n % 2 === 0);
      return acceptedEvent({ ...sent, occurred: `${from!.slice(0, 16)}Z/${to!.slice(0, 16)}Z` });
    });
    await log.append(vague);
    thread = lazyThread(job());
    const longWork = {
      do: (...[task, signal]: Parameters<LongWork['do']>) => thread.ask(task, signal),
      stop: () => thread.stop(),
    };
    views = await Views.open(systemRuntime, job().file, log, { longWork });
    await views.catchUp();
  });
  afterAll(async () => {
    await views.close();
    await log.close();
    removeFolder(data);
  });

  it('is started by the first long work, and gives the same item as this thread', async () => {
    expect(thread.starts).toBe(0);
    expect(await item()).toEqual(views.state.item(crossings, 'x', question));
    expect(thread.starts).toBe(1);
  });

  it('is not waited for after an abort', async () => {
    const gone = new AbortController();
    const asked = item(gone.signal);
    gone.abort(new Error('the client has gone'));
    await expect(asked).rejects.toThrow('the client has gone');
  });

  it('refuses what it was asked where it is killed, and is started again', async () => {
    const asked = item();
    await systemRuntime.turn();
    await thread['worker']!.terminate();
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
    while (thread.status.state !== 'running') await systemRuntime.sleep(5);
    expect(await item()).toMatchObject({ id: 'x' });
  });

  it('refuses a question that needs more memory than it may have, and is started again', async () => {
    const small = lazyThread(job(), 24);
    const longWork: LongWork = { do: (task, signal) => small.ask(task, signal), stop: () => small.stop() };
    // On a busy machine the thread may need its memory only after the time in which an answer is given up.
    const patient: Runtime = {
      ...systemRuntime,
      sleep: (ms, signal) => systemRuntime.sleep(ms * 10, signal),
    };
    const of = await Views.open(patient, job().file, log, { longWork });
    try {
      // The subject is known to be long work from then on: this thread does no part of the timeline.
      await item(undefined, of);
      await expect(timeline(of, REPORTS)).rejects.toMatchObject({
        code: 'unavailable',
        message: 'The views cannot be asked now: its thread needed more memory than it may have.',
      });
      while (small.status.state !== 'running') await systemRuntime.sleep(5);
      expect(await timeline(of, 2)).toHaveLength(2);
      expect(small.starts).toBe(2);
    } finally {
      await of.close();
    }
  });
});

describe('a value that is sent between threads', () => {
  it('is the same value after it was bytes', async () => {
    const answer = { pieces: [{ from: 1, because: ['a'], to: undefined }], at: new Map([[1, 2]]) };
    expect(await received(systemRuntime, sentAnswer(answer))).toEqual(answer);
    expect(await received(systemRuntime, sentAnswer([]))).toEqual([]);
    expect(await received(systemRuntime, sentAnswer(undefined))).toBeUndefined();
  });

  it('is written and read in turns with other work, where it is a long list', async () => {
    let turns = 0;
    let elapsed = 0;
    // Each look at the clock takes a millisecond.
    const runtime = {
      ...systemRuntime,
      elapsed: () => (elapsed += 1),
      turn: () => {
        turns += 1;
        return systemRuntime.turn();
      },
    };
    const list = Array.from({ length: 10_000 }, (_, n) => ({ n, text: 'x'.repeat(500) }));
    const sent = await sentList(runtime, list);
    expect(turns).toBeGreaterThan(10);
    turns = 0;
    expect(await received(runtime, sent)).toEqual(list);
    expect(turns).toBeGreaterThan(10);
    expect(sent).toEqual(sentAnswer(list));
  });

  it('has 32 MB at most, where it is an answer', () => {
    const message = 'the answer has more than 32 MB: ask for a shorter interval';
    expect(() => sentAnswer({ text: 'x'.repeat(33 * 1024 ** 2) })).toThrow(message);
    expect(() => sentAnswer(Array(33).fill('x'.repeat(1024 ** 2)))).toThrow(message);
  });
});

describe('the thread that searches', () => {
  const EVENTS = 300;
  let data: string;
  let log: EventLog;
  let views: Views;
  let thread: ConsumerThread<ConsumerStatus>;
  /** Each of its searches is done in the thread. */
  let long: EventSearch;
  const turns = new Turnstile(systemRuntime);
  const find = (
    search: EventSearch,
    query: Partial<EventQuery>,
    signal?: AbortSignal,
  ): Promise<readonly number[]> =>
    turns.finish(search.find({ order: 'desc', limit: 20, ...query }), { lane: 'answers', signal });

  beforeAll(async () => {
    data = temporaryFolder();
    log = openSqliteLog(systemRuntime, join(data, 'log.db'));
    const some = Array.from({ length: EVENTS }, (_, n) =>
      acceptedEvent(developmentOf(n, `x.${n % 7}`, n % 3 === 0)),
    );
    await log.append(some);
    const file = join(data, 'views.db');
    thread = lazyThread({ kind: 'searches', data, log: 'sqlite', file });
    const longSearches: LongWork<SentSearch> = {
      do: (search, signal) => thread.ask(search, signal),
      stop: () => thread.stop(),
    };
    views = await Views.open(systemRuntime, file, log, { longSearches });
    await views.catchUp();
    long = new EventSearch(systemRuntime, views.search, longSearches, -1);
  });
  afterAll(async () => {
    await views.close();
    await log.close();
    removeFolder(data);
  });

  it('is not started by a search that ends soon', async () => {
    expect(await find(views.events, { text: 'notice' })).toHaveLength(20);
    expect(thread.starts).toBe(0);
  });

  it.each<Partial<EventQuery>>([
    { text: 'notice traffic' },
    { text: 'traff* "state border guard"' },
    { text: 'notice nowhere' },
    { types: ['crossing.closed'], subjects: ['x.3', 'crossing-x.5'], order: 'asc', after: 100 },
    { text: 'notice', axis: 'valid', from: Date.UTC(2020, 0, 1, 2), to: Date.UTC(2020, 0, 1, 3) },
    { axis: 'reported', from: Date.UTC(2030, 0, 1) },
  ])('finds the same events as this thread: %j', async (query) => {
    expect(await find(long, query)).toEqual(await find(views.events, query));
    expect(thread.starts).toBe(1);
  });

  it('finds an event as soon as the search has it', async () => {
    for (let n = EVENTS; n < EVENTS + 20; n += 1) {
      const [event] = await log.append([acceptedEvent(developmentOf(n, 'x.new'))]);
      expect(await views.search.reached(event!.sequence, within)).toBe(true);
      expect(await find(long, { text: 'notice traffic', limit: 1 })).toEqual([event!.sequence]);
    }
  });

  it('is not waited for after an abort', async () => {
    const gone = new AbortController();
    const asked = find(long, { text: 'notice traffic' }, gone.signal);
    gone.abort(new Error('the client has gone'));
    await expect(asked).rejects.toThrow('the client has gone');
  });

  it('refuses what it was asked where it is killed, and is started again', async () => {
    const killed = thread['worker']!.terminate();
    const asked = find(long, { text: 'notice traffic' });
    await killed;
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
    while (thread.status.state !== 'running') await systemRuntime.sleep(5);
    expect(await find(long, { text: 'notice traffic' })).toHaveLength(20);
  });
});

/** A thread that starts when it is asked, `heap`: the most megabytes of its heap. */
function lazyThread(job: ConsumerJob, heap?: number): ConsumerThread<ConsumerStatus> {
  const initial = { state: 'running', sequence: 0, failures: 0, failuresInAll: 0 } as const;
  const options = { initial, worker, startAfter: Infinity, ...(heap !== undefined && { heap }) };
  return new ConsumerThread<ConsumerStatus>(systemRuntime, job, options);
}
