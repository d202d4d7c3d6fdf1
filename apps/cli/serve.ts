import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Option, type Command } from 'commander';
import { SETTINGS, settingsFrom, SWITCHES, type SettingName, type Settings } from '../settings.js';
import { withVerbose, type Connect, type ServerApp } from './connection.js';
import { Failure } from './failure.js';
import { batchesOf } from './import/batches.js';
import { send, type Line, type Sent } from './import/send.js';
import { ProblemError, type Client } from '#client';
import { numberText } from './progress.js';
import { runtime } from './runtime.js';
import { say } from './terminal.js';

const HELP = `
Each option except --corpus and --verbose is also an environment variable; an option takes precedence.

Examples:
  $ borderline serve --corpus
  $ borderline serve --data /srv/borderline --port 8080 --host 0.0.0.0 --read key
`;

type Flags = Readonly<Record<string, string | boolean | undefined>>;

export function addServe(program: Command, connect: Connect, server: ServerApp): void {
  const command = withVerbose(program.command('serve'))
    .summary('run the server')
    .description('Runs the server until Ctrl-C.')
    .option('--corpus', 'load the bundled corpus first, if the log is empty')
    .addHelpText('after', HELP);
  for (const [name, { flag, help }] of Object.entries(SETTINGS)) {
    const value = SWITCHES.some((known) => known === name) ? '' : ' <value>';
    command.addOption(new Option(`--${flag}${value}`, `${help} [${name}]`));
  }
  command.action(async ({ corpus, ...flags }: Flags) => {
    const settings = settingsFrom(process.env, givenBy(flags), process.stderr.isTTY);
    if (corpus === true && (await isEmpty(settings))) await load(settings, connect);
    process.exitCode = await server.serveUntilStopped(settings);
  });
}

/** Commander gives options in camelCase. */
function givenBy(flags: Flags): Partial<Record<SettingName, string>> {
  const given = Object.entries(SETTINGS).flatMap(([name, { flag }]) => {
    const value = flags[flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
    if (value === true) return [[name, 'yes']];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return Object.fromEntries(given) as Partial<Record<SettingName, string>>;
}

async function isEmpty(settings: Settings): Promise<boolean> {
  const { openLog } = await import('#data-folder');
  mkdirSync(settings.data, { recursive: true, mode: 0o700 });
  const log = await openLog(runtime, settings.data, settings, { startTimeout: Infinity });
  try {
    return (await log.head()).sequence === 0;
  } finally {
    await log.close();
  }
}

const MOST_TRIES = 60;

/** The corpus is beside the compiled code. */
const CORPUS = fileURLToPath(new URL('../../events/corpus/', import.meta.url));

/**
 * Loads the corpus in one append, so an interrupted load has loaded nothing. The ids are fixed, so the log has the corpus once, also where several
 * servers load it at the same time, or where the outcome of an append was unknown.
 */
async function load({ data, log, logName }: Settings, connect: Connect): Promise<void> {
  const names = readdirSync(CORPUS)
    .filter((name) => name.endsWith('.ndjson'))
    .sort((a, b) => Number(isSubjects(b)) - Number(isSubjects(a)) || (a < b ? -1 : 1));
  const lines: Line[] = [];
  for (const name of names) {
    for await (const batch of batchesOf(join(CORPUS, name))) lines.push(...batch.lines);
  }
  const { imported, known, refused } = await connect({ data, log, logName }, { create: true }, (client) =>
    sentUntilAccepted(client, lines),
  );
  if (refused.length > 0)
    throw new Failure(
      `${refused.length} lines of the bundled corpus were refused: ${refused[0]?.faults.join('; ')}`,
    );
  say(`The bundled corpus is loaded: ${numberText(imported + known)} events.`);
}

/** A cluster may be without a leader for a while. */
async function sentUntilAccepted(client: Client, lines: readonly Line[]): Promise<Sent> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send(client, lines, { dryRun: false, strict: false });
    } catch (error) {
      if (tries === MOST_TRIES || !(error instanceof ProblemError) || error.status !== 503) throw error;
      await runtime.sleep(1_000);
    }
  }
}

const isSubjects = (name: string): boolean => name === 'subjects.ndjson';
