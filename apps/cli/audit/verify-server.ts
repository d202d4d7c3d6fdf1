import {
  AuditError,
  leafOf,
  parseHash,
  tilePath,
  verifyConsistency,
  verifyInclusion,
  verifyLog,
  type Checkpoint,
  type Hash,
  type LogLine,
  type Tile,
} from '#audit';
import { startPace, progressOf } from '../progress.js';
import { ProblemError, type Client } from '#client';
import { eventsOverHttp } from './events-over-http.js';
import type { Report } from './report.js';
import { namesOf, openTrusted, trusted, type Trusted } from './trusted.js';

/** The number of events whose proof of inclusion is checked. */
const SAMPLES = 10;

export interface ServerReport extends Report {
  /** The signed note of the server's checkpoint. */
  readonly note: string;
  readonly trusted: Trusted;
}

/**
 * Compares all events of a server with the checkpoint that the server signs and with a kept checkpoint, and the server's proofs with both. Only the
 * key is trusted. Throws Failure where no trusted key signed a checkpoint, or where the server does not answer.
 */
export async function verifyServer(
  client: Client,
  key: string | undefined,
  kept?: string,
): Promise<ServerReport> {
  const own = (await client.text('/v1/audit/key')).split('\n').filter((line) => line !== '');
  const known = trusted(key, own);
  const note = await client.text('/v1/audit/checkpoint');
  const checkpoint = openTrusted('the checkpoint of the server', note, known);
  const others = kept === undefined ? [] : [openTrusted('the kept checkpoint', kept, known)];
  const samples = new Map<number, string>();
  const progress = progressOf(checkpoint.size);
  const pace = startPace();
  try {
    const verification = await verifyLog({
      log: sampled(eventsOverHttp(client, checkpoint.size), checkpoint.size, samples),
      checkpoints: [...others, checkpoint].sort((one, other) => one.size - other.size),
      tree: { size: checkpoint.size, tiles: { readTiles: (tiles) => readTiles(client, tiles) } },
      onProgress: (sequence) => progress.update(sequence, pace(sequence, 'events')),
    });
    const more = [
      ...(verification.treeDiffers
        ? ['the tiles of the server do not have the hashes of its events; only the events count']
        : []),
      ...(await inconsistent(client, others, checkpoint)),
      ...(await notIncluded(client, samples, checkpoint)),
    ];
    return { verification, checkpoints: 1 + others.length, by: namesOf(known), more, note, trusted: known };
  } finally {
    progress.stop();
  }
}

/** Passes the events on, and remembers the ids of some: evenly spread, with the first and the last. */
async function* sampled(
  lines: AsyncIterable<LogLine>,
  size: number,
  samples: Map<number, string>,
): AsyncGenerator<LogLine> {
  const wanted = new Set(
    Array.from({ length: SAMPLES }, (_, n) => 1 + Math.floor((n * (size - 1)) / (SAMPLES - 1))),
  );
  for await (const line of lines) {
    if (wanted.has(line.sequence)) {
      const { id } = (line.event ?? {}) as { readonly id?: unknown };
      if (typeof id === 'string') samples.set(line.sequence, id);
    }
    yield line;
  }
}

/** An empty tile where the server has none: then the fault cannot be narrowed to single events. */
async function readTiles(client: Client, tiles: readonly Tile[]): Promise<Uint8Array[]> {
  return Promise.all(
    tiles.map((tile) =>
      client.bytes(`/v1/audit/${tilePath(tile)}`).catch((error: unknown) => {
        if (error instanceof ProblemError) return new Uint8Array();
        throw error;
      }),
    ),
  );
}

async function inconsistent(
  client: Client,
  others: readonly Checkpoint[],
  { size, root }: Checkpoint,
): Promise<string[]> {
  const found: string[] = [];
  for (const other of others.filter((kept) => kept.size <= size)) {
    const path = await hashesOf(() =>
      client.get('/v1/audit/proofs/consistency', { query: { from: other.size, to: size } }),
    );
    const claim = { from: other.size, fromRoot: other.root, to: size, toRoot: root };
    if (path === undefined || !verifyConsistency(claim, path)) {
      found.push(`the server does not prove that its log extends the kept checkpoint of @${other.size}`);
    }
  }
  return found;
}

/** The faults in the proofs of some events. The events are read from `/v1/events/{id}`. */
async function notIncluded(
  client: Client,
  samples: ReadonlyMap<number, string>,
  { size, root }: Checkpoint,
): Promise<string[]> {
  const found: string[] = [];
  for (const [sequence, id] of samples) {
    const path = await hashesOf(() =>
      client.get('/v1/audit/proofs/inclusion/{eventId}', { path: { eventId: id }, query: { size } }),
    );
    const leaf = await leafAt(client, id);
    const claim = leaf && { leafHash: leaf, index: sequence - 1, size, root };
    if (claim === undefined || path === undefined || !verifyInclusion(claim, path)) {
      found.push(`the server does not prove that event @${sequence} (${id}) is in its log`);
    }
  }
  return found;
}

/** The leaf of an event as the server shows it; undefined where the server does not show it. */
async function leafAt(client: Client, id: string): Promise<Hash | undefined> {
  return unlessRefused(async () => {
    const event = await client.get('/v1/events/{id}', { path: { id } });
    return leafOf({ ...event, corrections: undefined, causes: undefined });
  });
}

async function hashesOf(
  ask: () => Promise<{ readonly path: readonly string[] }>,
): Promise<Hash[] | undefined> {
  return unlessRefused(async () => (await ask()).path.map(parseHash));
}

/** Undefined where the server refuses, or answers something else. */
async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProblemError || error instanceof AuditError || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
