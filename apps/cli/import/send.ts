import type { Client } from '#client';
import { ProblemError } from '#client';

/** A development to be sent, and where it stands. */
export interface Line {
  /** Of its file, from 1. */
  readonly line: number;
  /** JSON. */
  readonly text: string;
}

export interface Sent {
  readonly imported: number;
  /** The log had them already. */
  readonly known: number;
  readonly refused: readonly Refusal[];
  /** Lines that went in, with what the server remarks on them. */
  readonly remarks: readonly Refusal[];
}

export interface Refusal {
  readonly line: number;
  /** `/data/crossing: is missing` */
  readonly faults: readonly string[];
}

const NOTHING: Sent = { imported: 0, known: 0, refused: [], remarks: [] };

/** Statuses that are about what was sent, so that less of it may go in. */
const ABOUT_THE_BODY = [400, 409, 413, 422];

/**
 * Sends a batch; what is good goes in, whatever else is in the batch. Faulty lines are known by the pointers of the refusal,
 * where it has any, and else found by halving. Throws what is not about the lines: ProblemError, Failure.
 */
export async function send(client: Client, lines: readonly Line[], dryRun: boolean): Promise<Sent> {
  if (lines.length === 0) return NOTHING;
  const json = `{"developments":[${lines.map(({ text }) => text).join(',')}]}`;
  try {
    const query = dryRun ? { dryRun: 'true' as const } : {};
    const answer = await client.post('/v1/developments', { json, query });
    const known = 'events' in answer ? answer.events.filter(({ duplicate }) => duplicate === true).length : 0;
    const remarks = toldOf(lines, faultsByLine({ errors: answer.warnings }, lines.length));
    return { imported: lines.length - known, known, refused: [], remarks };
  } catch (error) {
    if (!(error instanceof ProblemError) || !ABOUT_THE_BODY.includes(error.status)) throw error;
    return withoutFaulty(client, lines, dryRun, error);
  }
}

async function withoutFaulty(
  client: Client,
  lines: readonly Line[],
  dryRun: boolean,
  error: ProblemError,
): Promise<Sent> {
  const faulty = faultsByLine(error, lines.length);
  if (faulty.size > 0) {
    const refused = toldOf(lines, faulty);
    const good = lines.filter((_, index) => !faulty.has(index));
    return joined({ ...NOTHING, refused }, await send(client, good, dryRun));
  }
  const [only] = lines;
  if (lines.length === 1 && only) {
    return { ...NOTHING, refused: [{ line: only.line, faults: [error.message] }] };
  }
  const half = Math.ceil(lines.length / 2);
  const first = await send(client, lines.slice(0, half), dryRun);
  return joined(first, await send(client, lines.slice(half), dryRun));
}

function toldOf(lines: readonly Line[], byLine: ReadonlyMap<number, string[]>): Refusal[] {
  return [...byLine].map(([index, faults]) => ({ line: lines[index]?.line ?? 0, faults }));
}

/** The faults of each line, by its index in the batch. */
export function faultsByLine({ errors }: Pick<ProblemError, 'errors'>, lines: number): Map<number, string[]> {
  const byLine = new Map<number, string[]>();
  for (const { pointer, detail } of errors) {
    const [, position, rest = ''] = /^\/developments\/(\d+)(\/.*)?$/s.exec(pointer ?? '') ?? [];
    const index = Number(position ?? NaN);
    if (!(index < lines)) continue;
    byLine.set(index, [...(byLine.get(index) ?? []), rest === '' ? detail : `${rest}: ${detail}`]);
  }
  return byLine;
}

function joined(one: Sent, other: Sent): Sent {
  return {
    imported: one.imported + other.imported,
    known: one.known + other.known,
    refused: [...one.refused, ...other.refused],
    remarks: [...one.remarks, ...other.remarks],
  };
}
