/** `npm test`: every spec, from a fresh clone too. Arguments are passed on to Jest. */
import { built, inPackage, installed, run } from './ready.js';

installed();
built();

const options = [
  process.env.NODE_OPTIONS,
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
];
process.exitCode = run(process.execPath, [inPackage('jest/bin/jest.js'), ...process.argv.slice(2)], {
  env: { ...process.env, NODE_OPTIONS: options.filter(Boolean).join(' ') },
});
