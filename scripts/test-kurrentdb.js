/** `npm run test:kurrentdb` runs the contract of the log against the KurrentDB server that BORDERLINE_TEST_KURRENTDB names. */
import { run } from './ready.js';

if (!process.env.BORDERLINE_TEST_KURRENTDB) {
  process.stderr.write(
    'Say where a server is: BORDERLINE_TEST_KURRENTDB=kurrentdb://127.0.0.1:2113?tls=false npm run test:kurrentdb\n',
  );
  process.exit(1);
}
process.exitCode = run(process.execPath, [
  'scripts/test.js',
  'libs/log/kurrentdb/real-server',
  ...process.argv.slice(2),
]);
