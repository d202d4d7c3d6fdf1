import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemRuntime, type Runtime } from '#runtime';
import { parseChangeId, type ChangeOfState } from '#views';
import { eventOf, idOf } from '../laws/drawn.js';
import { application, stoppedRuntime, type Application } from './application.js';
import { messages, type Message } from './sse.js';

const EVENTS = 10_000;
/** One of this number of events changes a state. */
const CHANGING = 20;

const recorded = (n: number) =>
  eventOf({
    id: idOf(n),
    occurred: '2025-11-09',
    reportedAt: '2025-11-09',
    ...(n % CHANGING === 0
      ? { type: 'crossing.closed', data: { crossing: `xx-yy.c${n}`, reopens: true } }
      : { type: 'context.noted', data: { context: 'xx-yy.words', what: `The word ${n}.` } }),
    source: { publisher: 'BNS', title: 'Said', publishedAt: '2025-11-09' },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
  })!;

describe('of ten thousand events that are recorded together', () => {
  let app: Application;
  /** A runtime in which heartbeats come after 20 ms. */
  const runtime: Runtime = {
    ...stoppedRuntime,
    sleep: (milliseconds, signal) => systemRuntime.sleep(milliseconds === 15_000 ? 20 : milliseconds, signal),
  };
  beforeAll(async () => {
    app = await application([], {}, runtime);
  });
  afterAll(() => app.stop());

  /** Collects the messages of a stream that has begun, until one of them is the last. */
  async function following(
    path: string,
    isLast: (message: Message) => boolean,
  ): Promise<() => Promise<Message[]>> {
    const abort = new AbortController();
    const response = await fetch(app.url + path, { signal: abort.signal });
    const all = messages(response);
    for await (const { event } of { [Symbol.asyncIterator]: () => ({ next: () => all.next() }) })
      if (event === 'caught-up') break;
    return async () => {
      const got: Message[] = [];
      for await (const message of all) {
        got.push(message);
        if (isLast(message)) break;
      }
      abort.abort();
      return got;
    };
  }

  it('readers get each event and each change in order, and a reader whose filter passes no change still gets data from the server', async () => {
    const isEnd = ({ event, data }: Message): boolean =>
      event === 'caught-up' && (JSON.parse(data!) as { sequence: number }).sequence === EVENTS;
    const reading = await Promise.all([
      following('/v1/events/stream', isEnd),
      following('/v1/changes/stream?aspect=status', isEnd),
      following('/v1/changes/stream?aspect=verdict', isEnd),
    ]);
    const recording = app.log.append(Array.from({ length: EVENTS }, (_, n) => recorded(n + 1)));
    const [events, changes, nothing] = await Promise.all(reading.map((read) => read()));
    await recording;
    const told = (all: Message[] = []): Message[] =>
      all.filter(({ event }) => event !== undefined && event !== 'caught-up');
    expect(told(events).map(({ id = '' }) => Number.parseInt(id))).toEqual(
      Array.from({ length: EVENTS }, (_, n) => n + 1),
    );
    const found = told(changes).map(({ data }) => JSON.parse(data!) as ChangeOfState);
    expect(found.map(({ id, subject }) => [parseChangeId(id)?.sequence, subject])).toEqual(
      Array.from({ length: EVENTS / CHANGING }, (_, n) => [
        (n + 1) * CHANGING,
        `xx-yy.c${(n + 1) * CHANGING}`,
      ]),
    );
    expect(told(nothing)).toEqual([]);
    expect(nothing!.length).toBeGreaterThan(5);
  }, 240_000);
});
