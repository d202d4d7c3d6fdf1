/** Prints Jest's own count of tests as one plain line. A spec file that could not run counts as one failed test. */
import { readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const result =
  text === '' ? { numPassedTests: 0, numFailedTests: 1, numRuntimeErrorTestSuites: 0 } : JSON.parse(text);
const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
const skipped = (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0);
process.stdout.write(
  `${result.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
