#!/usr/bin/env node
/** The `borderline` command. Only this file knows both apps: the command line starts servers, and does not import them. */
import type { ServerApp } from './cli/connection.js';
import { runCommand } from './cli/program.js';
import { systemRuntime } from '#runtime';

// A reader may end early: `borderline export | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});

// Keeps the process running while a command waits: the timers of the runtime do not. No result depends on this timer.
// eslint-disable-next-line no-restricted-globals
const running = setInterval(() => undefined, 2 ** 30);
try {
  // Nest is loaded only by the commands that start a server.
  const server: ServerApp = {
    serve: async (settings) => {
      await import('reflect-metadata');
      const { serve } = await import('./server/serve.js');
      return serve(settings, systemRuntime);
    },
    serveUntilStopped: async (settings) => {
      await import('reflect-metadata');
      const { serveUntilStopped } = await import('./server/run.js');
      return serveUntilStopped(settings, systemRuntime);
    },
  };
  process.exitCode = await runCommand(process.argv.slice(2), server);
} finally {
  clearInterval(running);
}
