import TestSequencer from '@jest/test-sequencer';

/**
 * The specs that take the longest, for runs without the durations of an earlier run, where Jest would begin with the largest files. Specs
 * that need the processor and specs that wait take turns, so that specs of one kind do not run at the same time.
 */
const LONGEST = [
  'test/crash/subscribers',
  'test/simulation/',
  'test/cli/restore',
  'test/crash/crash',
  'test/browser/page',
  'libs/log/kurrentdb/kurrent-log',
  'test/browser/hard-use',
  'test/fuzz/',
  'test/distributed/servers',
  'libs/log/kurrentdb/instances',
  'apps/server/changes/change-watermark',
  'test/browser/any-reader',
  'libs/log/kurrentdb/failures',
  'test/distributed/webhooks',
  'test/browser/audit',
  'test/cli/import',
  'test/browser/',
  'test/cli/log',
  'test/distributed/clock',
  'test/server/serving',
  'test/audit/thread',
  'test/readme/readme',
  'test/server/consumer-thread',
  'test/server/locked-files',
  'test/server/cluster',
  'test/client/package',
  'test/explain/busy',
  'test/server/many-events',
  'test/server/client-types',
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
