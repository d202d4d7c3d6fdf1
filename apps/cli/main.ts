#!/usr/bin/env node
import { CommanderError } from 'commander';
import { failed } from './failure.js';
import { program } from './program.js';

// Whoever reads us may stop when they have enough: `borderline export | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.stderr.write(failed(error, process.argv.includes('--verbose')));
    process.exitCode = 1;
  }
}
