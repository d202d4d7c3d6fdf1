import type { EventLog, RecordedEvent } from '#log';
import { auditLeafOf } from '#data-folder';
import { Problem } from '../problems/problem.js';
import { HEAD_TIMEOUT_MS } from '../reading/cuts.js';
import { instantIn } from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';

/** The number of digits of the leaf hash in a position: enough that two logs do not agree by chance. */
const LEAF_DIGITS = 8;

/**
 * A position in the log, written `428-3f9a1c0d`: the sequence of an event, and the first 8 hex digits of its leaf hash in the audit tree.
 * So only a log with the same event there has the position; a log that was restored to an earlier state and has grown again does not have
 * it. A bare sequence is a position too: every log that is long enough has it.
 */
export interface Position {
  readonly sequence: number;
  readonly leaf?: string;
}

/**
 * A position as text: `428-3f9a1c0d`.
 * @pattern ^\d{1,15}-[0-9a-f]{8}$
 */
export type PositionText = string;

export const START: Position = { sequence: 0 };

/** Undefined where the text is not a position. */
export function parsePosition(text: string): Position | undefined {
  const [, sequence, leaf] = /^(\d{1,15})(?:-([0-9a-f]{8}))?$/.exec(text) ?? [];
  if (sequence === undefined) return undefined;
  return { sequence: Number(sequence), ...(leaf !== undefined && { leaf }) };
}

export function positionText(event: RecordedEvent): PositionText {
  return `${event.sequence}-${leafDigits(event)}`;
}

/**
 * The position that `after` names: `start`, `end`, a position, or an instant or a date (its end) on the recorded axis. The position may be of another
 * log. Throws Problem `invalid-parameter`.
 */
export async function positionAfter(log: EventLog, after: string, zone: string): Promise<Position> {
  if (after === 'start') return START;
  if (after === 'end') return { sequence: (await log.head()).sequence };
  const position = parsePosition(after.replace(/^@/, ''));
  if (/^\d+\.\S+-[0-9a-f]{8}$/.test(after))
    throw badParameter('after', 'It is an id of a change; ids of events are like 428-3f9a1c0d.');
  return position ?? { sequence: await log.sequenceAt(instantIn('after', after, zone)) };
}

/** The problem where the log does not have the position. */
export async function notInLog(log: EventLog, position: string): Promise<Problem> {
  const { sequence } = await log.head();
  return new Problem('another-log', `This log, which ends at @${sequence}, does not have ${position}.`);
}

/** The position of the event with the sequence; 0 where there is none. */
export async function positionAt(log: EventLog, sequence: number): Promise<string> {
  const event = await eventAt(log, sequence);
  return event ? positionText(event) : '0';
}

/** Whether the log has the position. Waits a moment for the sequence, which another instance may have issued a moment ago. */
export async function hasPosition(
  log: EventLog,
  { sequence, leaf }: Position,
  signal?: AbortSignal,
): Promise<boolean> {
  if (!(await log.reached(sequence, { timeout: HEAD_TIMEOUT_MS, signal }))) return false;
  if (leaf === undefined) return true;
  const event = await eventAt(log, sequence);
  return event !== undefined && leafDigits(event) === leaf;
}

async function eventAt(log: EventLog, sequence: number): Promise<RecordedEvent | undefined> {
  if (sequence < 1) return undefined;
  for await (const event of log.read({ after: sequence - 1, limit: 1 })) return event;
  return undefined;
}

const leaves = new WeakMap<RecordedEvent, string>();

/** The first 8 hex digits of the leaf hash. */
export function leafDigits(event: RecordedEvent): string {
  const known = leaves.get(event);
  if (known !== undefined) return known;
  const made = Buffer.from(auditLeafOf(event)).toString('hex').slice(0, LEAF_DIGITS);
  leaves.set(event, made);
  return made;
}
