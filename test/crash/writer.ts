import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** A process that appends (append-forever.mjs), and the acknowledgements that it has printed. */
export class Writer {
  /** The acknowledged sequences by id. */
  readonly acknowledged = new Map<string, number>();
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private told: () => void = () => undefined;
  private line = '';
  private complaints = '';

  constructor(
    file: string,
    begin: readonly number[],
    { count, follow = false }: { readonly count?: number; readonly follow?: boolean } = {},
  ) {
    if (!existsSync(join(ROOT, 'dist/libs/log/sqlite/index.js'))) {
      throw new Error('The writer runs what was built: build first');
    }
    const args = [join(ROOT, 'test/crash/append-forever.mjs'), file, JSON.stringify(begin)];
    if (count !== undefined) args.push(String(count));
    // The writer does not get the flags of Jest.
    const env = { ...process.env, NODE_OPTIONS: '', ...(follow && { FOLLOW: 'yes' }) };
    this.child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => this.read(text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.complaints += text));
    this.ended = new Promise((resolve, reject) => {
      this.child.on('close', (code, signal) => {
        this.told();
        if (code === 0 || signal === 'SIGKILL') resolve();
        else reject(new Error(`The writer failed: ${this.complaints}`));
      });
    });
  }

  /** Resolves with the first acknowledgement, or when the process ends. */
  async appending(): Promise<void> {
    if (this.acknowledged.size === 0) await new Promise<void>((resolve) => (this.told = resolve));
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private read(text: string): void {
    const lines = (this.line + text).split('\n');
    this.line = lines.pop() ?? '';
    for (const line of lines) {
      const [id = '', sequence] = line.split(' ');
      this.acknowledged.set(id, Number(sequence));
    }
    this.told();
  }
}
