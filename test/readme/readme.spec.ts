import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const README = resolve('README.md');
const CLI = resolve('dist/program/main.js');
const text = readFileSync(README, 'utf8');

interface Step {
  readonly command: string;
  readonly output: string;
}

const blocks = (language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block);

/** The commands of a transcript, `$ ` before each, with their output. */
const stepsOf = (transcript: string): Step[] =>
  transcript.split(/^\$ /m).flatMap((part) => {
    const [command = '', ...output] = part.split('\n');
    return command === '' ? [] : [{ command, output: output.join('\n') }];
  });

const run = promisify(execFile);

describe('the transcripts of the README', () => {
  const data = mkdtempSync(join(tmpdir(), 'borderline-readme-'));
  const environment = {
    ...process.env,
    NODE_OPTIONS: '',
    COLUMNS: '80',
    NO_COLOR: '1',
    BORDERLINE_DATA: data,
  };
  let server: ChildProcess;
  let greeting = '';

  /** The address and the key of a server that was started by `npm start`. */
  const url = (): string => /API\s+(http:\S+)\/v1/.exec(greeting)?.[1] ?? '';
  const key = (): string => /^\s+(borderline_\S+)$/m.exec(greeting)?.[1] ?? '';

  const shell = async (script: string): Promise<string> =>
    (await run('sh', ['-e', '-c', script], { env: environment })).stdout;

  beforeAll(async () => {
    const args = [CLI, 'serve', '--corpus', '--port', '0', '--log-level', 'silent'];
    server = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    server.stdout?.setEncoding('utf8').on('data', (said: string) => (greeting += said));
    while (!greeting.includes('Ctrl-C')) {
      await Promise.race([
        once(server.stdout!, 'data'),
        once(server, 'close').then(() => Promise.reject(new Error('the server did not start'))),
      ]);
    }
  });

  afterAll(async () => {
    server.kill();
    if (server.exitCode === null) await once(server, 'close');
    rmSync(data, { recursive: true, force: true });
  });

  it('are what the commands print (UPDATE_README=1 writes them)', async () => {
    const transcripts = blocks('console');
    expect(transcripts.length).toBeGreaterThan(0);
    let now = text;
    for (const transcript of transcripts) {
      const steps = stepsOf(transcript);
      const printed: string[] = [];
      for (const { command } of steps) printed.push(`$ ${command}\n${await shell(command)}`);
      now = now.replace(transcript, () => printed.join(''));
    }
    if (process.env['UPDATE_README'] === '1') writeFileSync(README, now);
    expect(readFileSync(README, 'utf8')).toBe(now);
  });

  const curl = spawnSync('curl', ['--version']).status === 0 ? it : it.skip;

  curl(
    'have no request that is refused',
    async () => {
      const script = blocks('sh')
        .filter((block) => !block.includes('/stream'))
        .join('\n')
        .replaceAll('http://127.0.0.1:3000', url())
        .replace(/borderline_…/, key());
      // `curl -f` fails where the answer is a problem, and then the shell stops.
      expect(await shell(script)).toContain('"corrections"');
    },
    180_000,
  );
});
