import { describe, expect, it } from '@jest/globals';
import { finished } from '#runtime';
import { crossings } from './crossings.js';
import { given, type Told } from './spec-support.js';
import { State } from './state.js';

const ids = Array.from({ length: 60 }, (_, n) => `x.${String(n).padStart(3, '0')}`);
const closed = (crossing: string): Told => ({
  type: 'crossing.closed',
  occurred: '2025-11-01T00:00',
  data: { crossing, side: 'LT' },
});

describe('a page of a list', () => {
  const { cells } = given(...ids.map(closed));
  const read = new Set<string>();
  const load = cells.load.bind(cells);
  cells.load = (category, subjects) => {
    for (const subject of subjects) read.add(subject);
    load(category, subjects);
  };
  const state = new State(cells);
  const page = (after: string, limit: number, filters = {}) => {
    read.clear();
    const question = { asOf: Date.UTC(2025, 10, 5) };
    const { items, more } = finished(state.page(crossings, question, filters, { after, limit }));
    return { ids: items.map(({ item }) => item.id), more, read: [...read] };
  };

  it('reads only its own items and the first item of the next page', () => {
    expect(page('x.009', 5)).toEqual({
      ids: ['x.010', 'x.011', 'x.012', 'x.013', 'x.014'],
      more: true,
      read: ids.slice(10, 16),
    });
  });

  it('reads further where items do not pass the filters', () => {
    expect(page('x.049', 3, { status: 'open' })).toEqual({ ids: [], more: false, read: ids.slice(50) });
  });

  it('reads an item that does not pass once, and not again for the next question', () => {
    const open = { status: 'open' };
    page('x.029', 9, open);
    expect(page('x.029', 9, open)).toEqual({ ids: [], more: false, read: [] });
    expect(page('x.019', 9, open)).toEqual({ ids: [], more: false, read: ids.slice(20, 30) });
  });

  it('is the last page where it ends with the list', () => {
    expect(page('x.054', 5)).toMatchObject({ ids: ids.slice(55), more: false });
    expect(page('x.059', 5)).toEqual({ ids: [], more: false, read: [] });
  });
});
