import { afterAll, beforeAll } from '@jest/globals';
import { double, type Double } from '../../../test/support/kurrentdb/index.js';
import { contractSuite } from '../contract-suite.js';
import { logIn } from './spec-support.js';

let server: Double;
beforeAll(async () => {
  server = await double();
});
afterAll(() => server.stop());

contractSuite('a log in a cluster', () => logIn(server.connectionString));
