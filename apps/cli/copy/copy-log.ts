import { isDeepStrictEqual } from 'node:util';
import { LogError, type Appended, type EventLog, type RecordedEvent } from '#log';
import { Failure } from '../failure.js';
import { runtime } from '../runtime.js';

export type Stage = 'comparing' | 'copying' | 'verifying';

export interface CopyOptions {
  /** The progress: events of a total. */
  readonly onProgress?: (stage: Stage, done: number, total: number) => void;
  /** Milliseconds before each retry of an append: one retry for each entry. */
  readonly retryWaits?: readonly number[];
}

export interface Copied {
  /** Events in both logs. */
  readonly events: number;
  /** How many of them this run copied. */
  readonly copied: number;
}

/** The limits of one append: events, and characters of JSON. */
const MOST_EVENTS = 5_000;
const MOST_CHARACTERS = 8_000_000;
const RETRY_WAITS = [200, 1_000, 3_000, 10_000];

/**
 * Copies the present events of the source into the target: same events, order, ids, revisions, metadata and times of recording. Completes a
 * target that has the first events already; does not change a target with other events. In the end it reads both logs and compares them.
 * Throws Failure, LogError. No other process may write to the target meanwhile.
 */
export async function copyLog(from: EventLog, to: EventLog, options: CopyOptions = {}): Promise<Copied> {
  const { onProgress = () => undefined } = options;
  const total = (await from.head()).sequence;
  const there = (await to.head()).sequence;
  if (there > total) {
    throw new Failure(
      `the target has ${there} events already, more than the source (${total}): it is not a copy; give an empty target`,
    );
  }
  await compareLogs(from, to, there, (done) => onProgress('comparing', done, there));
  for await (const batch of batches(from.read({ after: there, limit: total - there }))) {
    for (const part of await appended(to, batch, options.retryWaits ?? RETRY_WAITS)) check(part);
    onProgress('copying', batch.at(-1)?.sequence ?? 0, total);
  }
  await compareLogs(from, to, total, (done) => onProgress('verifying', done, total));
  const head = (await to.head()).sequence;
  if (head !== total) throw somebodyElse(head);
  return { events: total, copied: total - there };
}

/** Compares the first `count` events. Throws Failure at the first difference. */
async function compareLogs(
  from: EventLog,
  to: EventLog,
  count: number,
  onProgress: (done: number) => void,
): Promise<void> {
  if (count === 0) return;
  const others = to.read({ limit: count })[Symbol.asyncIterator]();
  for await (const event of from.read({ limit: count })) {
    const other = await others.next();
    if (other.done === true || !same(event, other.value)) {
      throw new Failure(
        `event @${event.sequence} of the target is another event: the target is not a copy; give an empty one`,
      );
    }
    if (event.sequence % 1000 === 0 || event.sequence === count) onProgress(event.sequence);
  }
}

function same(one: RecordedEvent, other: RecordedEvent): boolean {
  return isDeepStrictEqual({ ...one }, { ...other });
}

async function* batches(events: AsyncIterable<RecordedEvent>): AsyncGenerator<RecordedEvent[]> {
  let batch: RecordedEvent[] = [];
  let characters = 0;
  for await (const event of events) {
    const length = JSON.stringify(event).length;
    if (batch.length === MOST_EVENTS || (batch.length > 0 && characters + length > MOST_CHARACTERS)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(event);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}

type Part = readonly [RecordedEvent, Appended];

/** Ids make it safe to send an append again. */
async function appended(
  to: EventLog,
  batch: readonly RecordedEvent[],
  retryWaits: readonly number[],
): Promise<Part[]> {
  try {
    const answers = await to.append(batch.map(asNew));
    return answers.flatMap((answer, index) => (batch[index] ? [[batch[index], answer] as const] : []));
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    const [wait, ...rest] = retryWaits;
    if (error.code !== 'unavailable' || wait === undefined) throw error;
    await runtime.sleep(wait);
    return appended(to, batch, rest);
  }
}

const asNew = ({ id, stream, type, schemaVersion, payload, metadata, recordedAt }: RecordedEvent) => ({
  id,
  stream,
  type,
  schemaVersion,
  payload,
  metadata,
  recordedAt,
});

function check([event, answer]: Part): void {
  if (answer.sequence !== event.sequence) throw somebodyElse(answer.sequence);
}

const somebodyElse = (sequence: number): Failure =>
  new Failure(
    `another process writes to the target, which is at @${sequence}: stop it, and run the command again`,
  );
