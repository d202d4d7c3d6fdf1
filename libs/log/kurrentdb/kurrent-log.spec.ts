import { afterAll, beforeAll, describe } from '@jest/globals';
import { double, type Double } from '../../../test/support/kurrentdb/index.js';
import { contractSuite } from '../contract-suite.js';
import { logIn } from './spec-support.js';

describe.each([
  ['26.0.0', true],
  ['24.2.0', false],
])('KurrentDB %s', (version, severalStreams) => {
  let server: Double;
  beforeAll(async () => {
    server = await double({ version });
  });
  afterAll(() => server.stop());

  contractSuite('a log in a cluster', () => logIn(server.connectionString, severalStreams));
});
