/** `@jest/globals` of the spec file that runs: helpers that are loaded once have those of each spec in turn. */
export let describe, it, test, expect, beforeAll, beforeEach, afterAll, afterEach;

export const jest = {
  setTimeout(milliseconds) {
    globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')] = milliseconds;
  },
};

export function replaceGlobals(of) {
  ({ describe, it, test, expect, beforeAll, beforeEach, afterAll, afterEach } = of);
}
