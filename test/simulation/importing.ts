import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { Client } from '#client';
import type { DevelopmentAsSent } from '#events';
import { addImport } from '../../apps/cli/import/import.js';
import { developmentAsSent } from '../../apps/cli/import/as-sent.js';
import { eventOf } from '../laws/drawn.js';
import type { Instance, SentAnswer, Slot } from './instance.js';
import type { Model, Sent } from './model.js';
import type { World } from './world.js';

/** A development without an id; or a text that is not a development. */
export type ImportLine = object | string;

/** The most lines of a request of the command. */
const MOST_LINES = 300;

interface SentLine extends Sent {
  readonly development: DevelopmentAsSent;
}

/**
 * A file that the import command reads, again until all its lines are recorded. The law: then each good line is recorded once, and the command
 * has counted each line.
 */
export class ImportedFile {
  isDone = false;
  private readonly folder = mkdtempSync(join(tmpdir(), 'borderline-import-'));
  private readonly path = join(this.folder, 'developments.ndjson');
  private readonly good: readonly SentLine[];

  constructor(
    private readonly lines: readonly ImportLine[],
    model: Model,
  ) {
    writeFileSync(
      this.path,
      lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
    );
    const sent = lines.map(sentLine);
    this.good = sent.filter((line) => line !== undefined);
    for (let first = 0; first < sent.length; first += MOST_LINES)
      model.sent(sent.slice(first, first + MOST_LINES).filter((line) => line !== undefined));
  }

  /** Runs the command once, against a process. */
  async importInto(world: World, instance: Instance): Promise<void> {
    const slot = world.slotOf(instance);
    if (slot === undefined) return;
    for (const line of this.good) {
      const content = eventOf(line.development);
      if (content !== undefined) line.contents.push(content);
    }
    const gone = new AbortController();
    const faults: unknown[] = [];
    const importing = this.run(world, slot, gone.signal, ({ status, text }) => {
      try {
        world.judge('the import', status, text);
      } catch (error) {
        faults.push(error);
      }
    });
    const said = await world.attempt(`import of ${this.lines.length} lines`, instance, () =>
      importing.catch((error: unknown) => {
        if (faults.length > 0) throw faults[0];
        throw error;
      }),
    );
    gone.abort();
    await importing.catch(() => undefined);
    if (said === undefined) return;
    world.tell(`the import: ${said.trim().split('\n').at(-1)}`);
    const [, imported, known, refused] =
      /(\S+) imported, (\S+) already there, (\S+) refused/.exec(said) ?? [];
    const isRight =
      Number(imported) + Number(known) === this.good.length &&
      Number(refused) === this.lines.length - this.good.length;
    world.check(isRight ? [] : [`an import of ${this.good.length} good lines said: ${said}`]);
    this.isDone = true;
  }

  /** The good lines that are not recorded although the import has ended. */
  missing(model: Model): string[] {
    const missing = this.isDone ? this.good.filter(({ id }) => !model.has(id)) : this.good;
    return missing.map(({ id }) => `the line ${id} of an import is not recorded`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What the command prints. Rejects as the command does, and where the connection to the process breaks. */
  private async run(
    world: World,
    slot: Slot,
    gone: AbortSignal,
    onAnswer: (answered: SentAnswer) => void,
  ): Promise<string> {
    const url = 'http://simulated';
    const broken = new Promise<never>((_resolve, reject) => {
      gone.addEventListener('abort', () => reject(new TypeError('the connection broke')), { once: true });
    });
    broken.catch(() => undefined);
    let proceed = world.time.stopped();
    const fetching = async (address: unknown, init: RequestInit = {}): Promise<Response> => {
      const sending = slot.send('POST', String(address).slice(url.length), init.body as string);
      proceed();
      const answered = await Promise.race([sending, broken]);
      proceed = world.time.stopped();
      onAnswer(answered);
      const { status, text, type } = answered;
      return new Response(text, { status, headers: { 'content-type': type } });
    };
    const program = new Command().exitOverride();
    // A client that repeats a request would wait in real time before it.
    const client = new Client({ url, retries: 0, fetch: fetching });
    addImport(program, (_target, _need, work) => work(client));
    const importing = printed(() => program.parseAsync(['import', this.path], { from: 'user' }));
    return importing.finally(() => proceed());
  }
}

function sentLine(line: ImportLine): SentLine | undefined {
  const development = developmentAsSent(line) as DevelopmentAsSent;
  if (typeof line === 'string' || eventOf(development) === undefined) return undefined;
  return { id: development.id!, contents: [], development };
}

/** What a command prints. It sets no exit code of this process. */
async function printed(run: () => Promise<unknown>): Promise<string> {
  let text = '';
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  const code = process.exitCode;
  const take = (some: unknown): boolean => {
    text += String(some);
    return true;
  };
  for (const { stream } of streams) stream.write = take;
  try {
    await run();
    return text;
  } finally {
    for (const { stream, write } of streams) stream.write = write;
    process.exitCode = code;
  }
}
