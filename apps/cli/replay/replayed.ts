import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventLog } from '#log';
import { parseInstantOrDay, TimeError } from '#time';
import type { ProjectedLog } from '#views';
import { folderOf, logOf, type Target, type Connect } from '../connection.js';
import { Failure } from '../failure.js';
import { runtime } from '../runtime.js';
import type { ViewRows } from './compare.js';

/** The log to rebuild from, and the live views to compare with; both up to a sequence. */
export interface Replayed {
  readonly sequence: number;
  readonly log: ProjectedLog;
  readonly live: ViewRows;
}

export interface ReplayedOptions {
  /** `@<sequence>`, or an instant or date of recording; all of the log where absent. */
  readonly to: string | undefined;
  /** A folder for temporary files, which the caller removes. */
  readonly scratch: string;
}

export function withReplayed<T>(
  connect: Connect,
  target: Target,
  { to, scratch }: ReplayedOptions,
  use: (replayed: Replayed) => Promise<T>,
): Promise<T> {
  const data = folderOf(target);
  return target.url === undefined && logOf(target).log === 'sqlite' && existsSync(join(data, 'log.db'))
    ? ofFolder(data, { to, scratch }, use)
    : ofServer(connect, target, to, use);
}

/** Straight from the files: nothing goes over HTTP. A server may be running on them. */
async function ofFolder<T>(
  data: string,
  { to, scratch }: ReplayedOptions,
  use: (replayed: Replayed) => Promise<T>,
): Promise<T> {
  await import('reflect-metadata');
  const { openLogBeside, writableViews } = await import('#data-folder');
  const { Views } = await import('#views');
  const log = openLogBeside(runtime, data, 'sqlite');
  const folder = await writableViews(data, join(scratch, 'live'));
  const views = await Views.open(runtime, join(folder, 'views.db'), log);
  try {
    const sequence = await sequenceOf(to, log);
    await views.catchUp().catch((error: unknown) => {
      throw new Failure('the log cannot be read to its end', { cause: error });
    });
    const { stored } = views;
    const live = { cells: stored.cells(sequence), corrections: stored.corrections(sequence) };
    return await use({ sequence, log: upTo(sequence, log), live });
  } finally {
    await views.close();
    await log.close();
  }
}

async function sequenceOf(to: string | undefined, log: EventLog): Promise<number> {
  const { sequence: head } = await log.head();
  if (to === undefined) return head;
  const given = /^@(\d{1,15})$/.exec(to)?.[1];
  if (given !== undefined) {
    if (Number(given) > head) throw new Failure(`--to ${to}: the log ends at @${head}`);
    return Number(given);
  }
  try {
    return await log.sequenceAt(parseInstantOrDay(to, process.env['BORDERLINE_ZONE'] || 'Europe/Vilnius'));
  } catch (error) {
    if (error instanceof TimeError) throw new Failure(`--to ${to}: ${error.message}`, { cause: error });
    throw error;
  }
}

function upTo(sequence: number, log: EventLog): ProjectedLog {
  return {
    read: ({ after = 0, limit = Infinity, ...options } = {}) =>
      log.read({ ...options, after, limit: Math.max(0, Math.min(limit, sequence - after)) }),
    find: async (id) => {
      const event = await log.find(id);
      return event && event.sequence <= sequence ? event : undefined;
    },
    head: async () => ({ sequence, recordedAt: (await log.head()).recordedAt }),
    reached: async (wanted) => wanted <= sequence,
  };
}

function ofServer<T>(
  connect: Connect,
  target: Target,
  to: string | undefined,
  use: (replayed: Replayed) => Promise<T>,
): Promise<T> {
  return connect(target, { views: true }, async (client) => {
    const { basis } = await client.get('/v1/releases', to === undefined ? {} : { query: { recordedAt: to } });
    const { LogOverHttp } = await import('./log-over-http.js');
    const { storedOverHttp } = await import('./stored-over-http.js');
    const log = new LogOverHttp(client, basis.sequence);
    try {
      return await use({ sequence: basis.sequence, log, live: storedOverHttp(client, basis.sequence) });
    } finally {
      log.close();
    }
  });
}
