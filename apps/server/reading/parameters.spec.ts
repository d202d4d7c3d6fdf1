import { describe, expect, it } from '@jest/globals';
import { formatInstant } from '#time';
import { Problem } from '../problems/problem.js';
import { CUT, type AskedCut } from './cuts.js';
import { choice, needed, number, parsed, recorded, start, text, under } from './parameters.js';
import { refuseUnknown, several, whole } from './query.js';

const ZONE = 'Europe/Vilnius';
const cut = (query: Record<string, unknown>): AskedCut => parsed(CUT, query, ZONE);
const at = (instant: number | undefined): string => (instant === undefined ? '' : formatInstant(instant));

function faultOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a cut', () => {
  it('without parameters has no bound', () => {
    expect(Object.values(cut({})).every((value) => value === undefined)).toBe(true);
  });

  it('takes a date as the end of that day in the zone', () => {
    expect(at(cut({ asOf: '2025-11-05' }).asOf)).toBe('2025-11-05T21:59:59.999Z');
    expect(at(cut({ asOf: '2025-11-05', zone: 'America/New_York' }).asOf)).toBe('2025-11-06T04:59:59.999Z');
    expect(at(cut({ knownAt: '2025-10-26' }).knownAt)).toBe('2025-10-26T21:59:59.999Z');
  });

  it('takes an instant with its offset, escaped or not', () => {
    for (const asOf of [
      '2025-11-05T12:00:00+02:00',
      '2025-11-05T12:00:00 02:00',
      '2025-11-05T12:00 02',
      '2025-11-05T10:00:00Z',
    ]) {
      expect(at(cut({ asOf }).asOf)).toBe('2025-11-05T10:00:00.000Z');
    }
  });

  it('takes a sequence on the recorded axis', () => {
    expect(cut({ recordedAt: '@120' }).recordedAt).toEqual({ kind: 'sequence', sequence: 120 });
    expect(cut({ recordedAt: '2025-11-05T10:00:00Z' }).recordedAt).toEqual({
      kind: 'instant',
      instant: Date.UTC(2025, 10, 5, 10),
    });
  });

  it('takes a claimant, a reliability and a sequence to wait for', () => {
    expect(cut({ accordingTo: 'lt.government', minReliability: 'B2', atLeast: '7' })).toMatchObject({
      accordingTo: 'lt.government',
      minReliability: 'B2',
      atLeast: 7,
    });
  });

  it('can be read under a prefix', () => {
    const query = { 'from.asOf': '2025-11-05', 'to.asOf': '2025-11-21' };
    const table = { ...under('from.', CUT), ...under('to.', CUT) };
    expect(at(parsed(table, query, ZONE)['to.asOf'])).toBe('2025-11-21T21:59:59.999Z');
    const inNewYork = { ...query, 'to.zone': 'America/New_York' };
    expect(at(parsed(table, inNewYork, ZONE)['to.asOf'])).toBe('2025-11-22T04:59:59.999Z');
    expect(at(parsed(table, inNewYork, ZONE)['from.asOf'])).toBe('2025-11-05T21:59:59.999Z');
  });

  it.each([
    ['asOf', '2025-02-30'],
    ['asOf', 'yesterday'],
    ['asOf', '2025-11-05T12:00:00'],
    ['asOf', '0000-01-01'],
    ['asOf', '10000-01-01'],
    ['asOf', '+010000-01-01T00:00:00Z'],
    ['asOf', ''],
    ['asOf', ['2025-11-05', '2025-11-06']],
    ['knownAt', '2025-13-01'],
    ['recordedAt', '@'],
    ['recordedAt', '@-1'],
    ['recordedAt', '@1.5'],
    ['recordedAt', '@99999999999999999999'],
    ['zone', 'Mars/Base'],
    ['zone', '+02:00'],
    ['minReliability', 'G7'],
    ['minReliability', 'b2'],
    ['atLeast', '-1'],
    ['atLeast', '1e3'],
    ['accordingTo', ' '],
  ])('refuses %s=%j and names the parameter', (parameter, value) => {
    const { code, more } = faultOf(() => cut({ [parameter]: value }));
    expect(code).toBe('invalid-parameter');
    expect(more.errors).toMatchObject([{ parameter }]);
  });
});

describe('a table of parameters', () => {
  const TABLE = {
    view: needed(text('which')),
    order: choice(['asc', 'desc']),
    limit: number('how many', { least: 1, most: 10 }),
    from: start(),
    begin: recorded(undefined, undefined, 'start'),
  };

  it('gives every parameter its value, undefined where it is absent', () => {
    expect(parsed(TABLE, { view: 'a', limit: '3', from: '2025-11-05', begin: '2025-11-05' }, 'UTC')).toEqual({
      view: 'a',
      order: undefined,
      limit: 3,
      from: Date.UTC(2025, 10, 5),
      begin: { kind: 'instant', instant: Date.UTC(2025, 10, 5) },
    });
  });

  it('refuses an unknown parameter, a missing parameter, and a value outside a closed set', () => {
    expect(faultOf(() => parsed(TABLE, { view: 'a', zone: 'UTC' }, ZONE)).code).toBe('unknown-parameter');
    expect(faultOf(() => parsed(TABLE, {}, ZONE)).detail).toBe('view: It is required.');
    expect(faultOf(() => parsed(TABLE, { view: 'a', order: 'up' }, ZONE)).detail).toBe(
      'order: There is no "up". There are asc, desc.',
    );
  });
});

describe('a query', () => {
  it('refuses a parameter that is not in the list, and names the parameters of the list', () => {
    const { code, detail, more } = faultOf(() => refuseUnknown({ asof: '1', asOf: '2' }, ['asOf', 'zone']));
    expect(code).toBe('unknown-parameter');
    expect(detail).toBe('No such parameter: asof.');
    expect(more.errors).toEqual([{ parameter: 'asof', detail: 'Unknown. There are asOf, zone.' }]);
  });

  it('has lists with commas', () => {
    expect(several({ type: 'a, b' }, 'type')).toEqual(['a', 'b']);
    expect(several({}, 'type')).toBeUndefined();
    expect(() => several({ type: 'a,,b' }, 'type')).toThrow(Problem);
  });

  it('has whole numbers within bounds', () => {
    expect(whole({ limit: '10' }, 'limit', 1, 100)).toBe(10);
    for (const limit of ['0', '101', '1.5', 'ten', '-1', '0x10']) {
      expect(() => whole({ limit }, 'limit', 1, 100)).toThrow(Problem);
    }
  });
});
