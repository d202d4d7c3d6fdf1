import TestSequencer from '@jest/test-sequencer';

/** The specs that take longest, the longest first: where no earlier run tells the durations, Jest would begin with the largest files. */
const LONGEST = [
  'test/simulation/',
  'libs/log/kurrentdb/kurrent-log',
  'test/crash/',
  'test/browser/',
  'test/cli/restore',
  'test/cli/import',
  'test/distributed/',
  'test/cli/log',
  'test/laws/',
  'test/readme/readme',
];

/** Begins with the longest specs, so that none of them runs alone at the end. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}

function rank({ path, duration }) {
  const place = LONGEST.findIndex((part) => path.replaceAll('\\', '/').includes(part));
  return duration === undefined && place !== -1 ? place : LONGEST.length;
}
