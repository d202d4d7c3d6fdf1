/** `npm run catalogue`: writes events/README.md from the event types. */
import { built, installed, run } from './ready.js';

installed();
built();

process.exitCode = run(process.execPath, ['--enable-source-maps', 'dist/events/catalogue.js']);
