import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const MAIN = resolve('dist/program/main.js');

/** A server in a process of its own, from the build of `npm test`. */
export interface Spawned {
  readonly url: string;
  /** The key that the server printed at its first start; undefined at a later start. */
  readonly key: string | undefined;
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Stops the process. Returns its exit code; null where a signal ended it. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'borderline-'));

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Starts a server on a free port and waits until it listens. Rejects with the stderr of the server where it ends before that. */
export async function spawnServer(
  data: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Spawned> {
  const { child, stdout, stderr, ended } = spawnMain(['--port', '0', '--data', data, ...args], environment);
  const listening = (async () => {
    while (!stdout().includes('Ctrl-C')) await once(child.stdout, 'data');
  })();
  await Promise.race([
    listening,
    ended.then((code) => {
      throw new Error(`ended with ${String(code)}: ${stderr()}`);
    }),
  ]);
  const url = /API\s+(http:\S+)\/v1/.exec(stdout())?.[1] ?? '';
  return {
    url,
    key: /^\s+(borderline_\S+)$/m.exec(stdout())?.[1],
    child,
    stdout,
    stderr,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** The process alone, with its output and its exit code. */
export function spawnMain(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN, 'serve', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, stdout: () => out, stderr: () => err, ended };
}
