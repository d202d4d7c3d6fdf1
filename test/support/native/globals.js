import { quicker } from './expectation.js';

/** `@jest/globals` of the current spec file: helpers that are loaded once get the functions of each spec file in turn. */
export let describe, it, test, expect, beforeAll, beforeEach, afterAll, afterEach;

export const jest = {
  setTimeout(milliseconds) {
    globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')] = milliseconds;
  },
};

export function replaceGlobals(of) {
  ({ describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = of);
  expect = quicker(of.expect);
}
