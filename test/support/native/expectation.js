/**
 * A quicker `expect`. Jest's own `expect` makes some four hundred functions and an error at each call, before any matcher is called. This one asks the
 * matcher itself whether it passes, and leaves everything else to Jest: what fails is said by Jest, at the line of the spec.
 */
const HERE = import.meta.url;
const OF_JEST = Symbol.for('$$jest-matchers-object');

/** The matchers that may be asked twice: they change nothing, and call nothing of the spec. */
const PURE = [
  'toBe',
  'toEqual',
  'toStrictEqual',
  'toMatchObject',
  'toMatch',
  'toContain',
  'toContainEqual',
  'toHaveLength',
  'toHaveProperty',
  'toBeUndefined',
  'toBeNull',
  'toBeDefined',
  'toBeInstanceOf',
  'toBeGreaterThan',
  'toBeGreaterThanOrEqual',
  'toBeLessThan',
  'toBeLessThanOrEqual',
];
const CONTEXT = { isNot: false, promise: '', customTesters: [] };

/** Whether the matcher passes. A matcher that cannot compare these values does not pass. */
function passes(name, actual, expected) {
  const { matchers, state } = globalThis[OF_JEST];
  try {
    if (!matchers[name].call(CONTEXT, actual, ...expected).pass) return false;
  } catch {
    return false;
  }
  state.assertionCalls += 1;
  state.numPassingAsserts += 1;
  return true;
}

/** The error without the lines of this file, so that Jest shows the line of the spec. */
function atTheSpec(error) {
  if (typeof error?.stack === 'string')
    error.stack = error.stack
      .split('\n')
      .filter((line) => !line.includes(HERE))
      .join('\n');
  return error;
}

/** The matchers of a promise, whose errors are made before the promise is settled. */
function ofPromise(matchers) {
  return new Proxy(matchers, {
    get(_, name) {
      if (name === 'not') return ofPromise(matchers.not);
      return async (...expected) => {
        try {
          return await matchers[name](...expected);
        } catch (error) {
          throw atTheSpec(error);
        }
      };
    },
  });
}

/** The quicker form of Jest's `expect`. */
export function quicker(expect) {
  class Expectation {
    constructor(actual) {
      this.actual = actual;
    }

    get not() {
      return expect(this.actual).not;
    }

    get rejects() {
      return ofPromise(expect(this.actual).rejects);
    }

    get resolves() {
      return ofPromise(expect(this.actual).resolves);
    }
  }
  for (const name of Object.keys(globalThis[OF_JEST].matchers))
    Object.defineProperty(Expectation.prototype, name, {
      get() {
        return expect(this.actual)[name];
      },
      configurable: true,
    });
  for (const name of PURE)
    Object.defineProperty(Expectation.prototype, name, {
      value(...expected) {
        if (passes(name, this.actual, expected)) return;
        try {
          expect(this.actual)[name](...expected);
        } catch (error) {
          throw atTheSpec(error);
        }
      },
    });
  return Object.assign((actual) => new Expectation(actual), expect);
}
