import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '#client';
import { faultsByLine } from './send.js';

const refused = (...pointers: readonly string[]): ProblemError =>
  new ProblemError(
    422,
    'Not valid.',
    'invalid-development',
    pointers.map((pointer) => ({ pointer, detail: 'is missing' })),
  );

describe('the faults of a batch', () => {
  it('are given by line, with the pointer into the development', () => {
    expect(
      faultsByLine(refused('/developments/0/data/a~1b', '/developments/2', '/developments/0/type'), 3),
    ).toEqual(
      new Map([
        [0, [{ text: '/data/a~1b: is missing' }, { text: '/type: is missing' }]],
        [2, [{ text: 'is missing' }]],
      ]),
    );
  });

  it('that name no line of the batch are left out', () => {
    expect(faultsByLine(refused('/developments', '/developments/3/type', '', '/x'), 3).size).toBe(0);
  });
});
