import { describe, it } from '@jest/globals';
import { contractSuite } from '../contract-suite.js';
import { logIn } from './spec-support.js';

/** A server to test against, such as `kurrentdb://127.0.0.1:2113?tls=false`; each run leaves some streams named `test-…` there. */
const server = process.env['BORDERLINE_TEST_KURRENTDB'];

if (server === undefined || server === '') {
  describe('a log in a real KurrentDB', () => {
    it.skip('is tested where BORDERLINE_TEST_KURRENTDB says where one is: npm run test:kurrentdb', () => undefined);
  });
} else {
  contractSuite('a log in a real KurrentDB', () => logIn(server));
}
