import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { fitted, tableOf } from './table.js';

const lines = (text: string): string[] => text.split('\n');

const lettersOf = (text: string): string => [...text.replace(/[\s─]/g, '')].sort().join('');

describe('widths', () => {
  it('are the wanted widths where there is room', () => {
    expect(
      fitted(
        [
          { wanted: 10, least: 5 },
          { wanted: 20, least: 5 },
        ],
        30,
      ),
    ).toEqual([10, 20]);
  });

  it('shrink from the widest column first, down to the least width', () => {
    const wishes = [
      { wanted: 10, least: 10 },
      { wanted: 40, least: 12 },
      { wanted: 30, least: 12 },
    ];
    expect(fitted(wishes, 50)).toEqual([10, 20, 20]);
    expect(fitted(wishes, 34)).toEqual([10, 12, 12]);
  });

  it('fit as long as each column can have one character', () => {
    const wish = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }))
      .map(([a, b]) => ({ wanted: Math.max(a, b), least: Math.min(a, b) }));
    fc.assert(
      fc.property(
        fc.array(wish, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 6, max: 200 }),
        (wishes, room) => {
          const widths = fitted(wishes, room);
          expect(widths.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(room);
          expect(Math.min(...widths)).toBeGreaterThanOrEqual(1);
        },
      ),
    );
  });
});

describe('a table', () => {
  it('is not wider than the terminal, and loses nothing', () => {
    const head = ['Crossing', 'Status', 'Since', 'Next'];
    const rows = [
      [
        'Šalčininkai\nlt-by.salcininkai',
        'closed or open?',
        'end of 2025-10-27',
        'open from 2025-12-01 00:00',
      ],
      ['Medininkai\nlt-by.medininkai', 'restricted', '2025-10-27 00:00', ''],
    ];
    for (const columns of [200, 80, 60, 40]) {
      const table = tableOf(head, rows, columns);
      expect(Math.max(...lines(table).map((text) => stringWidth(text)))).toBeLessThanOrEqual(columns);
      // Broken words continue in the next line of their column, so letters are counted.
      expect(lettersOf(table)).toBe(lettersOf([...head, ...rows.flat()].join('')));
      expect(table).not.toContain('…');
    }
  });

  it('breaks an address before it breaks an id', () => {
    const id = '019a7036-5400-7a0e-b7e6-d22b4ab3321d';
    const address = 'https://receiver.example/a/long/path/for/a/hook';
    const table = tableOf(['Id', 'State', 'For', 'Address'], [[id, 'active', 'changes', address]], 80);
    expect(table).toContain(id);
    expect(table).not.toContain(address);
  });

  it('breaks only words that are longer than their column', () => {
    expect(lines(tableOf(['A'], [['abcdefghij']], 4)).slice(2)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('cannot send control characters to the terminal', () => {
    expect(tableOf(['A'], [['red \u001b[31m text \u202e']], 80)).not.toMatch(/\u001b\[31m|\u202e/);
  });
});
