import { describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import type { EventLog } from '#log';
import { emptyLog } from '../../../test/support/empty-log.js';
import { Metrics } from '../health/metrics.js';
import { Recorder } from './recorder.js';
import { SecondLook } from './second-look.js';

const idOf = (n: number): string => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;
const retraction = (n: number, target: number): object => ({
  id: idOf(n),
  type: 'record.retracted',
  reportedAt: '2025-11-09',
  data: { target: idOf(target), kind: 'amended', reason: 'a test' },
  source: { publisher: 'A test', title: 'A test', publishedAt: '2025-11-09' },
  attribution: { claimant: 'a.test', standing: 'act', reliability: 'A1' },
});

/**
 * This log, whose appends wait until this number of them is there, and are then done in the order of their first ids: all checks before an append have
 * been made by then.
 */
function together(log: EventLog, count: number): EventLog {
  const waiting: { readonly id: string; readonly begin: () => void }[] = [];
  const append: EventLog['append'] = (events, options) =>
    new Promise((resolve) => {
      waiting.push({ id: events[0]!.id, begin: () => resolve(log.append(events, options)) });
      if (waiting.length < count) return;
      for (const one of waiting.sort((x, y) => (x.id < y.id ? -1 : 1))) one.begin();
    });
  return new Proxy(log, {
    get: (target, name) => {
      if (name === 'append') return append;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

describe('corrections that are checked before they see each other', () => {
  const opened = emptyLog();

  /** The details of the warnings `without-effect`, in the order of the log. */
  async function recorded(requests: readonly (readonly object[])[], strict = false): Promise<string[][]> {
    const { log, views } = opened;
    const shared = together(log, requests.length);
    const secondLook = new SecondLook(views, shared, systemRuntime);
    const recorder = new Recorder(shared, { zone: 'UTC' }, systemRuntime, secondLook, new Metrics());
    const by = { recordedBy: 'a test', mayRead: false, strict };
    const answers = await Promise.all(
      requests.map((developments) => recorder.record({ sent: { developments, form: 'batch' }, by })),
    );
    return answers
      .sort((a, b) => a.events[0]!.sequence - b.events[0]!.sequence)
      .map(({ warnings }) =>
        warnings
          .filter(({ code }) => code === 'without-effect')
          .map(({ pointer, detail }) => `${pointer} ${detail}`),
      );
  }

  it('and form a circle are warned of where the circle closes', async () => {
    const answers = await recorded([
      [retraction(1, 2)],
      [retraction(2, 3)],
      [retraction(9, 8), retraction(3, 1)],
    ]);
    const circle =
      'leads back to this correction: corrections must not form a circle; the correction has no effect';
    expect(answers.at(-1)!.length).toBe(1);
    expect(answers.at(-1)![0]).toMatch(new RegExp(`^/developments/[01]/data/target ${circle}$`));
  });

  it('and nest too deep are warned of', async () => {
    await recorded([Array.from({ length: 100 }, (_, n) => retraction(100 + n, 99 + n))]);
    const answers = await recorded([[retraction(200, 199)], [retraction(201, 200)]]);
    expect(answers.at(-1)).toEqual([
      '/developments/0/data/target nests more than 100 corrections deep; the correction has no effect',
    ]);
  });

  it('are recorded without such a warning where the way is only not yet complete', async () => {
    expect(await recorded([[retraction(301, 302)], [retraction(302, 303)]])).toEqual([[], []]);
  });
});
