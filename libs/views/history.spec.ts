import { describe, expect, it } from '@jest/globals';
import { crossings } from './crossings.js';
import type { KnowledgeAxis } from './history.js';
import { given, nth, type Asked, type Told } from './spec-support.js';

const ID = 'lt-by.medininkai';
const crossing = { crossing: ID, modes: ['road'], side: 'LT' };
const closed: Told = { type: 'crossing.closed', occurred: '2025-11-01', data: crossing };
const reopened: Told = {
  type: 'crossing.reopened',
  occurred: '2025-11-03',
  reportedAt: '2025-11-06',
  data: crossing,
};
const retracted: Told = {
  type: 'record.retracted',
  reportedAt: '2025-11-08',
  data: { target: nth(2), kind: 'amended', reason: 'It was not so.' },
};

function history(told: readonly Told[], axis: KnowledgeAxis, asked: Asked = {}, limit = 100, after?: number) {
  const { changes, next } = given(...told).history(crossings, ID, '2025-11-05', asked, {
    axis,
    limit,
    ...(after !== undefined && { after }),
  });
  return {
    changes: changes.map(({ answer, events }) => [answer.status, ...events]),
    at: changes.map(({ at }) => at),
    next,
  };
}

describe('the history of an answer', () => {
  it('lists each change in the order in which reports became public, with its event', () => {
    const { changes, next } = history([closed, reopened, retracted], 'reported');
    expect(changes).toEqual([
      ['closed', nth(1)],
      ['open', nth(2)],
      ['closed', nth(3)],
    ]);
    expect(next).toBeUndefined();
  });

  it('lists each change in the order in which the log recorded it', () => {
    const late = [reopened, closed, { ...retracted, data: { ...retracted.data, target: nth(1) } }];
    const { changes, at } = history(late, 'recorded');
    expect(changes).toEqual([
      ['open', nth(1)],
      ['closed', nth(3)],
    ]);
    expect(at).toEqual([1, 3]);
  });

  it('leaves out an event that changes nothing', () => {
    expect(history([closed, { ...closed, occurred: '2025-11-02' }], 'reported').changes).toEqual([
      ['closed', nth(1)],
    ]);
  });

  it('ends at the cut of the question', () => {
    const told = [closed, reopened, retracted];
    expect(history(told, 'reported', { knownAt: '2025-11-07' }).changes).toHaveLength(2);
    expect(history(told, 'reported', { recordedAt: 1 }).changes).toHaveLength(1);
    expect(history(told, 'recorded', { recordedAt: 2 }).changes).toHaveLength(2);
  });

  it('continues where a page ended', () => {
    const told = [closed, reopened, retracted];
    const first = history(told, 'reported', {}, 2);
    const rest = history(told, 'reported', {}, 2, first.next);
    expect([...first.changes, ...rest.changes]).toEqual(history(told, 'reported').changes);
    expect(rest.next).toBeUndefined();
  });

  it('of a subject with many effects comes in pages that end after some work, and the pages are the whole', () => {
    const minute = (n: number): string => new Date(Date.UTC(2025, 10, 4, 0, n)).toISOString();
    const told = Array.from({ length: 700 }, (_, n) => ({
      ...(n % 100 < 50 ? closed : reopened),
      occurred: '2025-11-01T12:00Z',
      reportedAt: minute(n),
    }));
    const statuses = (n: number): string[] =>
      Array.from({ length: n }, (_, m) => (m % 2 ? 'open' : 'closed'));
    const first = history(told, 'reported');
    expect(first.next).toBe(Date.parse(minute(570)));
    const rest = history(told, 'reported', {}, 100, first.next);
    expect(rest.next).toBeUndefined();
    const shown = [...first.changes, ...rest.changes].map(([status]) => status);
    expect(shown).toEqual(statuses(14));
  });
});
