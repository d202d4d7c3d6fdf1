import { describe, expect, it } from '@jest/globals';

async function failureOf(work: () => unknown): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it passed');
}

/** The first line of a stack that is not of a package: Jest shows this place. */
const placeOf = ({ stack = '' }: Error): string =>
  stack.split('\n').find((line) => /^\s+at /.test(line) && !line.includes('node_modules')) ?? '';

describe('an expectation that does not hold', () => {
  const plain = (text: string): string => text.replace(/\x1b\[\d+m/g, '');

  it.each<[string, () => unknown, RegExp]>([
    ['toBe', () => expect(1).toBe(2), /^expect\(received\)\.toBe\(expected\)[^]*Expected: 2\nReceived: 1/],
    ['toEqual', () => expect({ a: [1] }).toEqual({ a: [2] }), /toEqual\(expected\)[^]*-\s+2[^]*\+\s+1/],
    ['toMatchObject', () => expect('a').toMatchObject({ a: 1 }), /value must be a non-null object/],
    ['toHaveLength', () => expect([1]).toHaveLength(2), /Expected length: 2\nReceived length: 1/],
    ['toThrow', () => expect(() => undefined).toThrow('a'), /Received function did not throw/],
    ['not', () => expect(1).not.toBe(1), /^expect\(received\)\.not\.toBe\(expected\)/],
    ['rejects', () => expect(Promise.resolve(3)).rejects.toThrow(), /resolved instead of rejected[^]*3/],
    ['resolves', () => expect(Promise.resolve(3)).resolves.toBe(4), /Expected: 4\nReceived: 3/],
    ['rejects.not', () => expect(Promise.reject(new Error('a'))).rejects.not.toThrow('a'), /not\.toThrow/],
  ])('says what Jest says, at the line of the spec: %s', async (_name, work, says) => {
    const failure = await failureOf(work);
    expect(plain(failure.message)).toMatch(says);
    expect(placeOf(failure)).toMatch(/expectation\.spec\.ts/);
  });
});

describe('an expectation that holds', () => {
  it('is counted', () => {
    const { assertionCalls } = expect.getState();
    expect({ a: 1, b: expect.anything() }).toEqual({ a: 1, b: expect.anything() });
    expect([1]).not.toContain(2);
    expect(expect.getState().assertionCalls).toBe(assertionCalls + 2);
  });

  it('may have parts that match instead of parts that are equal', () => {
    expect({ id: 'a-1', at: 5, list: [1, 2] }).toEqual({
      id: expect.stringMatching(/^a-/),
      at: expect.any(Number),
      list: expect.arrayContaining([2]),
    });
  });
});
