import { afterEach, beforeEach, describe } from '@jest/globals';
import { appending } from './contract/appending.js';
import type { Fixture, LogFactory, LogUnderTest } from './contract/fixture.js';
import { history } from './contract/history.js';
import { laws } from './contract/laws.js';
import { previewing } from './contract/previewing.js';
import { reading } from './contract/reading.js';
import { sealing } from './contract/sealing.js';
import { severalStreams } from './contract/several-streams.js';
import { subscribing } from './contract/subscribing.js';
import type { EventLog } from './event-log.js';

/**
 * The guarantees of every engine, as specs. The factory makes an empty log; each spec has its own log, with any number of handles on it. A new engine
 * is one file that passes this suite.
 */
export function contractSuite(name: string, factory: LogFactory): void {
  describe(name, () => {
    let made: LogUnderTest;
    let log: EventLog;
    const fixture: Fixture = {
      get log() {
        return log;
      },
      another: async () => made.open(),
    };
    beforeEach(async () => {
      made = await factory();
      log = await made.open();
    });
    afterEach(() => made.dispose());

    appending(fixture);
    previewing(fixture);
    sealing(fixture);
    severalStreams(fixture);
    reading(fixture);
    history(fixture);
    subscribing(fixture);
    laws(factory);
  });
}
