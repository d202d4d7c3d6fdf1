import { describe, expect, it } from '@jest/globals';
import { localTimeIn } from '../local-time.js';
import { Footnotes, rangesOf } from './footnotes.js';
import { upcomingText, quantityText, statusText } from './view-table.js';
import { VIEW_TABLES } from './view-tables.js';

const time = localTimeIn('Europe/Vilnius');

describe('a status', () => {
  it.each([
    [{ status: 'closed', certain: true }, 'closed'],
    [{ status: 'unknown', certain: false, possible: ['open', 'closed'] }, 'open or closed?'],
    [{ status: 'closed', certain: true, claimed: true }, 'closed (claimed)'],
    [{ stance: 'denies' }, 'denies'],
    [{ verdict: 'contested', certain: true }, 'contested'],
  ])('%j reads "%s"', (value, text) => {
    expect(statusText(value)).toBe(text);
  });
});

describe('a quantity', () => {
  it.each([
    [{ value: 1000, qualifier: 'about' }, 'about 1,000'],
    [{ min: 1800, qualifier: 'moreThan' }, 'more than 1,800'],
    [{ min: 1100, max: 1200 }, '1,100–1,200'],
    [{ min: 100, qualifier: 'hundreds' }, 'hundreds: 100'],
    [{ value: 52 }, '52'],
    [{ max: 50 }, 'at most 50'],
  ])('%j reads "%s"', (value, text) => {
    expect(quantityText(value)).toBe(text);
  });
});

describe('the next change that is known', () => {
  it('is the next change, or else the announced end', () => {
    const at = '2025-11-30T22:00:00.000Z';
    expect(upcomingText({ next: { at, status: 'open', certain: true }, until: at }, time)).toBe(
      'open from 2025-12-01 00:00',
    );
    expect(upcomingText({ until: at }, time)).toBe('until 2025-12-01 00:00');
  });

  it('is written as vaguely as it was reported', () => {
    const [at, earliest] = ['2025-11-30T21:59:59.999Z', '2025-10-31T22:00:00.000Z'];
    expect(upcomingText({ next: { at, earliest, status: 'open', certain: true } }, time)).toBe(
      'open: November 2025',
    );
    expect(upcomingText({ until: at, untilEarliest: earliest }, time)).toBe('until November 2025');
  });
});

describe('footnotes', () => {
  it('number events as they are first named', () => {
    const notes = new Footnotes();
    expect(notes.refs(['b', 'a'])).toBe('1, 2');
    expect(notes.refs(['c', 'a'])).toBe('2, 3');
    expect(notes.ids).toEqual(['b', 'a', 'c']);
  });

  it('join neighbouring numbers', () => {
    expect(rangesOf([1, 2, 3, 5, 7, 8])).toBe('1–3, 5, 7, 8');
  });
});

describe('every view', () => {
  it.each(Object.entries(VIEW_TABLES))('%s has a row even for an item with only an id', (_, table) => {
    const row = table.row({ id: 'x', because: ['e'] }, { time, refs: () => '1' });
    expect(row).toHaveLength(table.head.length);
    expect(row.join()).toContain('x');
  });
});
