import { describe, expect, it } from '@jest/globals';
import { columnsFor, csvColumns } from './csv-columns.js';
import { VIEWS } from './state.js';

interface Part {
  readonly at: string;
  readonly because?: readonly string[];
}
interface Row {
  readonly id: string;
  readonly many?: readonly Part[];
  readonly next?: { readonly at: string; readonly possible?: readonly string[] };
}

const columns = columnsFor<Row>({ id: 'text', many: 'text', next: { at: 'text', possible: 'text' } });
const rowOf = (row: Row) =>
  Object.fromEntries(csvColumns(columns).map(({ name, cell }) => [name, cell(row)]));

describe('the columns of a table', () => {
  it('are named after members, and members of members', () => {
    expect(csvColumns(columns).map(({ name }) => name)).toEqual(['id', 'many', 'next.at', 'next.possible']);
  });

  it('have one text for a list of parts, without the events of the parts', () => {
    expect(rowOf({ id: 'x', many: [{ at: 'a', because: ['e'] }, { at: 'b' }] })).toMatchObject({
      many: 'at=a | at=b',
    });
  });

  it('are empty where a member is absent', () => {
    expect(rowOf({ id: 'x' })).toEqual({
      id: 'x',
      many: undefined,
      'next.at': undefined,
      'next.possible': undefined,
    });
    expect(rowOf({ id: 'x', next: { at: 'a', possible: ['b', 'c'] } })).toMatchObject({
      'next.at': 'a',
      'next.possible': 'b | c',
    });
  });

  it('can be selected by member', () => {
    expect(csvColumns(columns, ['next']).map(({ name }) => name)).toEqual(['id', 'next.at', 'next.possible']);
  });

  it.each([
    [{ value: 1800, qualifier: 'moreThan' }, 'moreThan 1800'],
    [{ min: 1100, max: 1200 }, '1100–1200'],
    [{ value: 52 }, '52'],
    [{ value: 52, qualifier: 'exactly' }, '52'],
    [{ max: 50 }, 'up to 50'],
    [{ min: 100, qualifier: 'hundreds' }, 'hundreds 100 or more'],
  ])('write the quantity %j as "%s"', (count, text) => {
    const counted = columnsFor<{ readonly count: object }>({ count: 'text' });
    expect(csvColumns(counted)[0]?.cell({ count })).toBe(text);
  });

  it.each(VIEWS.map((view) => [view.name, view] as const))('of %s have names of their own', (_, view) => {
    const names = csvColumns(view.columns).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names[0]).toBe('id');
  });
});
