/** `npm start` starts the server on the bundled corpus, in a fresh clone too. Arguments are passed on. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { built, installed, root } from './ready.js';

installed();
built();

const main = join(root, 'dist', 'program', 'main.js');

// npm runs this script in a shell, which does not pass signals on. So this process ends when the shell has ended.
if (process.env.npm_lifecycle_event !== undefined) {
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch); // a second signal would cut the stop short
    process.kill(process.pid, 'SIGTERM');
  }, 200).unref();
}

// The server runs in this process, so that a signal reaches the server.
process.setSourceMapsEnabled(true);
process.argv = [process.execPath, main, 'serve', '--corpus', ...process.argv.slice(2)];
await import(pathToFileURL(main).href);
