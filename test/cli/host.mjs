/**
 * Runs commands of `borderline` one after the other in one process, which loads the program once. The parent sends arguments and environment, and
 * gets the output and exit code that a process of its own would have had.
 */
import 'reflect-metadata';
import { systemRuntime } from '#runtime';

// `npm test` builds these files: they are missing when the imports are checked.
const built = (path) => import(new URL(`../../dist/program/${path}`, import.meta.url).href);
const { runCommand } = await built('run-command.js');
const { serve } = await built('serve.js');

const server = {
  serve: (settings) => serve(settings, systemRuntime),
  serveUntilStopped: () => Promise.reject(new Error('a server is started in a process of its own')),
};
const environment = { ...process.env };

process.on('disconnect', () => process.exit());
process.on('message', ({ args, env }) => {
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    process[stream].write = (chunk) => {
      written[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    };
  }
  process.env = { ...environment, ...env };
  void runCommand(args, server).then((code) => process.send({ code, ...written }));
});
