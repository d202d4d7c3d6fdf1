/** `npm run bench` runs the benchmarks, in a fresh clone too, and compares each figure with a floor of the same run. Arguments are passed on. */
import { built, installed, run } from './ready.js';

installed();
built();

process.exitCode = run(process.execPath, [
  '--enable-source-maps',
  'dist/test/bench/main.js',
  ...process.argv.slice(2),
]);
