import { ProblemError, type Client } from '#client';

/** A development to send, and its line. */
export interface Line {
  /** The line in its file, from 1. */
  readonly line: number;
  /** JSON. */
  readonly text: string;
  /** The stream of the subject that it registers. */
  readonly registers?: string;
}

export interface Sent {
  readonly imported: number;
  /** The lines that the log had already. */
  readonly known: number;
  readonly refused: readonly Refusal[];
  /** The warnings on recorded lines, one warning in each entry. */
  readonly warnings: readonly Refusal[];
}

export interface Refusal {
  readonly line: number;
  /** `/data/crossing: is missing` */
  readonly faults: readonly string[];
  /** The streams of unregistered subjects, where the line has no other fault. */
  readonly missing?: readonly string[];
}

export interface SendOptions {
  readonly dryRun: boolean;
  /** Lines with warnings are refused. */
  readonly strict: boolean;
}

const NOTHING: Sent = { imported: 0, known: 0, refused: [], warnings: [] };

/** Statuses that are about the developments, so that a part of the developments may be accepted. */
const ABOUT_THE_BODY = [400, 409, 413, 422];

/**
 * Sends a batch; its good lines are recorded, also where other lines are faulty. The pointers of the refusal name the faulty lines; without pointers
 * the faulty lines are found by halving. Throws ProblemError or Failure where the error is not about the lines.
 */
export async function send(client: Client, lines: readonly Line[], options: SendOptions): Promise<Sent> {
  if (lines.length === 0) return NOTHING;
  const json = `{"developments":[${lines.map(({ text }) => text).join(',')}]}`;
  try {
    const { dryRun, strict } = options;
    const query = { ...(dryRun && { dryRun: 'true' as const }), ...(strict && { strict: 'true' as const }) };
    const answer = await client.post('/v1/developments', { json, query });
    const known = 'events' in answer ? answer.events.filter(({ duplicate }) => duplicate === true).length : 0;
    const warnings = answer.warnings.flatMap((warning) =>
      refusalsOf(lines, faultsByLine({ errors: [warning] }, lines.length)),
    );
    return { imported: lines.length - known, known, refused: [], warnings };
  } catch (error) {
    if (!(error instanceof ProblemError) || !ABOUT_THE_BODY.includes(error.status)) throw error;
    return withoutFaulty(client, lines, options, error);
  }
}

async function withoutFaulty(
  client: Client,
  lines: readonly Line[],
  options: SendOptions,
  error: ProblemError,
): Promise<Sent> {
  const faulty = faultsByLine(error, lines.length);
  if (faulty.size > 0) {
    const refused = refusalsOf(lines, faulty);
    const good = lines.filter((_, index) => !faulty.has(index));
    return joined({ ...NOTHING, refused }, await send(client, good, options));
  }
  const [only] = lines;
  if (lines.length === 1 && only) {
    return { ...NOTHING, refused: [{ line: only.line, faults: [error.message] }] };
  }
  const half = Math.ceil(lines.length / 2);
  const first = await send(client, lines.slice(0, half), options);
  return joined(first, await send(client, lines.slice(half), options));
}

function refusalsOf(lines: readonly Line[], byLine: ReadonlyMap<number, LineFault[]>): Refusal[] {
  return [...byLine].map(([index, faults]) => {
    const missing = faults.flatMap(({ subject }) => (subject === undefined ? [] : [subject]));
    return {
      line: lines[index]?.line ?? 0,
      faults: faults.map(({ text }) => text),
      ...(missing.length === faults.length && { missing }),
    };
  });
}

interface LineFault {
  readonly text: string;
  readonly subject: string | undefined;
}

/** The faults of each line, by its index in the batch. */
export function faultsByLine(
  { errors }: Pick<ProblemError, 'errors'>,
  lines: number,
): Map<number, LineFault[]> {
  const byLine = new Map<number, LineFault[]>();
  for (const { pointer, detail, subject } of errors) {
    const [, position, rest = ''] = /^\/developments\/(\d+)(\/.*)?$/s.exec(pointer ?? '') ?? [];
    const index = Number(position ?? NaN);
    if (!(index < lines)) continue;
    const text = rest === '' ? detail : `${rest}: ${detail}`;
    byLine.set(index, [...(byLine.get(index) ?? []), { text, subject }]);
  }
  return byLine;
}

export function joined(one: Sent, other: Sent): Sent {
  return {
    imported: one.imported + other.imported,
    known: one.known + other.known,
    refused: [...one.refused, ...other.refused],
    warnings: [...one.warnings, ...other.warnings],
  };
}
