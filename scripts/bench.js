/** `npm run bench`: figures against floors of the same run, from a fresh clone too. Arguments are passed on. */
import { built, installed, run } from './ready.js';

installed();
built();

process.exitCode = run(process.execPath, [
  '--enable-source-maps',
  'dist/test/bench/main.js',
  ...process.argv.slice(2),
]);
