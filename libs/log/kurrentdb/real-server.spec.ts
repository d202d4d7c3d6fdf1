import { describe, it, jest } from '@jest/globals';
import { jsonEvent, KurrentDBClient, UnsupportedError } from '@kurrent/kurrentdb-client';
import { randomUUID } from 'node:crypto';
import { contractSuite } from '../contract-suite.js';
import { logIn } from './spec-support.js';

jest.setTimeout(120_000);

/** A server to test against, such as `kurrentdb://127.0.0.1:2113?tls=false`; each run leaves some streams named `test-…` there. */
const server = process.env['BORDERLINE_TEST_KURRENTDB'];

if (server === undefined || server === '') {
  describe('a log in a real KurrentDB', () => {
    it.skip('is tested where BORDERLINE_TEST_KURRENTDB says where one is: npm run test:kurrentdb', () =>
      undefined);
  });
} else {
  const severalStreams = await takesSeveralStreams(server);
  contractSuite(`a log in ${severalStreams ? 'KurrentDB 25.1 or later' : 'an older KurrentDB'}`, () =>
    logIn(server, severalStreams),
  );
}

/** By the vendor's client alone. */
async function takesSeveralStreams(connectionString: string): Promise<boolean> {
  const client = KurrentDBClient.connectionString(connectionString);
  const streams = ['a', 'b'].map((name) => ({
    streamName: `test-${randomUUID()}.${name}`,
    expectedState: 'no_stream' as const,
    events: [jsonEvent({ type: 'tried', data: {}, metadata: {} })],
  }));
  try {
    await client.multiStreamAppend(streams);
    return true;
  } catch (error) {
    if (error instanceof UnsupportedError) return false;
    throw error;
  } finally {
    await client.dispose();
  }
}
