import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeCells, type CellState, type KnownEffect, type Steps } from './index.js';
import { overlay } from './overlay.js';
import { drawnEffects } from './spec-support.js';

const SPAN = 12;
const END = SPAN + 12;
const instants = Array.from({ length: END + 1 }, (_, v) => v);

/** The candidates, and whether the cell is silent in some world. */
const textOf = ({ candidates, silent }: CellState<string>): string =>
  `${candidates
    .map(({ value, effect }) => `${value} ${effect.ordinal}`)
    .sort()
    .join()} ${silent}`;

/** A cell as a reader may give it: without vague starts, it has no bound one millisecond after a start. */
function cellIn(effects: readonly KnownEffect<string>[]): Steps<CellState<string>> {
  const isVague = effects.some(({ from }) => from.earliest < from.latest);
  const starts = effects.flatMap(({ from: { earliest, latest } }) =>
    isVague ? [earliest, earliest + 1, latest] : [earliest],
  );
  const ends = effects.flatMap(({ until }) => (until ? [until.earliest, until.latest] : []));
  const bounds = [...starts, ...ends].sort((a, b) => a - b);
  return {
    at: (v) => overlay(effects, v),
    next: (v) => bounds.find((bound) => bound > v),
    previous: (v) => bounds.findLast((bound) => bound <= v),
  };
}

describe('several cells in one overlay', () => {
  const drawn = fc.record({
    effects: drawnEffects({ span: SPAN, width: 6, atLeast: 2, atMost: 12 }),
    cells: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 12, maxLength: 12 }),
  });

  it('have the state of all their effects, and a bound wherever this state changes', () => {
    fc.assert(
      fc.property(drawn, ({ effects, cells }) => {
        const parts = [0, 1, 2].map((cell) => effects.filter((_, n) => cells[n] === cell));
        const merged = mergeCells(parts.map(cellIn));
        for (const v of instants) {
          const state = textOf(overlay(effects, v));
          expect(textOf(merged.at(v))).toBe(state);
          if (textOf(overlay(effects, v - 1)) === state) continue;
          expect(merged.previous(v)).toBe(v);
          expect(merged.next(v - 1)).toBe(v);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
