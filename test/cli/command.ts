import { fork, spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export const CORPUS = resolve('events/corpus');
const MAIN = resolve('dist/program/main.js');
const HOST = resolve('test/cli/host.mjs');
const HOST_STDIO: StdioOptions = ['ignore', 'ignore', 'ignore', 'ipc'];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves once stdout has the text; rejects where the process ends before that. */
  said(text: string): Promise<string>;
}

interface CommandOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, BORDERLINE_DATA: _data, BORDERLINE_KEY: _key, ...rest } = process.env;
  return { ...rest, COLUMNS: '100', BORDERLINE_LOG_LEVEL: 'silent' };
}

/** Starts `borderline` from the build of `npm test`. */
export function start(args: readonly string[], { input, env }: CommandOptions = {}): Started {
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN, ...args], {
    env: { ...environment(), ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined).end(input ?? '');
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  const said = async (text: string): Promise<string> => {
    while (!stdout.includes(text)) {
      const over = await Promise.race([once(child.stdout, 'data').then(() => false), ended.then(() => true)]);
      if (over && !stdout.includes(text)) throw new Error(`ended without "${text}": ${stdout}${stderr}`);
    }
    return stdout;
  };
  return { child, ended, said };
}

let host: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs `borderline` to its end. Without input by a pipe, the command runs in a process that has loaded the program already, one command at a time.
 * Specs about processes use `start`.
 */
export function borderline(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  if (options.input !== undefined || process.env['SPAWN']) return start(args, options).ended;
  const ended = last.then(() => inHost(args, options.env ?? {}));
  last = ended.catch(() => undefined);
  return ended;
}

async function inHost(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  if (host?.connected !== true) {
    host = fork(HOST, { env: environment(), execArgv: ['--enable-source-maps'], stdio: HOST_STDIO });
    host.unref();
  }
  const { channel } = host;
  const over = new AbortController();
  channel?.ref();
  try {
    const gone = once(host, 'exit', { signal: over.signal }).then(([code]) => {
      throw new Error(`the host of commands ended with ${String(code)} at ${args.join(' ')}`);
    });
    host.send({ args, env });
    const [ended] = (await Promise.race([once(host, 'message', { signal: over.signal }), gone])) as [Ended];
    return ended;
  } finally {
    over.abort();
    channel?.unref();
  }
}

export interface Served extends Started {
  readonly url: string;
  readonly key: string;
}

/** A server that `borderline serve` starts on a free port. */
export async function serve(data: string, ...args: readonly string[]): Promise<Served> {
  const key = 'the-key-of-this-test';
  const server = start(['serve', '--data', data, '--port', '0', '--key', key, ...args]);
  const url = /API\s+(http:\S+)\/v1/.exec(await server.said('Ctrl-C'))?.[1] ?? '';
  return { ...server, url, key };
}

/** The cells, trimmed, of the line of a table that begins with the text. */
export function rowOf(table: string, first: string): string[] {
  const line = table.split('\n').find((text) => text.startsWith(first)) ?? '';
  return line.split(/\s{2,}/).map((cell) => cell.trim());
}
