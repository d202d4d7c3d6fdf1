import { describe, expect, it } from '@jest/globals';
import { plotOf, windowOf, type Bar } from './plot.js';

const label = (instant: number): string => `t${String(instant).padStart(3, '0')}`;
const plot = (bars: readonly Bar[]): string[] => plotOf(bars, { from: 0, to: 100 }, 28, label);

describe('a plot', () => {
  it('has a row for each status, and an axis', () => {
    expect(
      plot([
        { to: 50, values: ['open'], certain: true },
        { from: 50, values: ['closed'], certain: true },
      ]),
    ).toEqual([
      'open    ██████████··········',
      'closed  ··········██████████',
      '        t000            t100',
    ]);
  });

  it('shows each possible status in its row', () => {
    expect(plot([{ from: 0, to: 50, values: ['open', 'closed'], certain: false }]).slice(0, 2)).toEqual([
      'open    ░░░░░░░░░░··········',
      'closed  ░░░░░░░░░░··········',
    ]);
  });

  it('shows a piece that is shorter than a character', () => {
    const [row] = plot([{ from: 51, to: 52, values: ['closed'], certain: true }]);
    expect(row).toBe('closed  ··········▌·········');
  });
});

describe('the window', () => {
  it('contains every change, with a margin', () => {
    const bars: Bar[] = [
      { to: 1000, values: ['a'], certain: true },
      { from: 1000, to: 2000, values: ['b'], certain: true },
      { from: 2000, values: ['a'], certain: true },
    ];
    expect(windowOf(bars, 0)).toEqual({ from: 900, to: 2100 });
  });

  it('keeps the ends that the reader gave', () => {
    expect(windowOf([{ from: 10, to: 20, values: ['a'], certain: true }], 0, { from: 10, to: 20 })).toEqual({
      from: 10,
      to: 20,
    });
  });

  it('has a length even where nothing changes', () => {
    const { from, to } = windowOf([{ values: ['a'], certain: true }], 5);
    expect(from).toBeLessThan(5);
    expect(to).toBeGreaterThan(5);
  });
});
