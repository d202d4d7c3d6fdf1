import { accept } from '#events';
import { Faults } from '#json';
import type { Appended, EventLog, ExpectedRevisions, NewEvent } from '#log';
import type { Runtime } from '#runtime';
import { Problem } from '../problems/problem.js';
import { invalid } from './bodies.js';
import { nestingFaults } from './correction.js';

/** The most developments one request may bring. */
export const MOST_DEVELOPMENTS = 10_000;

/** Of one of several developments so many faults are listed, so that the list names more of them. */
const FAULTS_OF_ONE = 10;
/** When so many faults are found, the rest of a batch is not looked at. */
const ENOUGH_FAULTS = 100;

/** How long a batch is checked before others have a turn. */
const TURN_MS = 10;

export interface RecordOptions {
  /** Who sends them: the id of a key. */
  readonly recordedBy: string;
  readonly expected?: ExpectedRevisions;
}

/** What `record` would do. */
export interface Rehearsed {
  /** All of them, in the order given. */
  readonly developments: readonly { readonly id: string; readonly type: string; readonly stream: string }[];
  /** Those that the log does not have, each once. */
  readonly fresh: readonly NewEvent[];
}

/** How a pointer into the development of this index reads in the request: `/data` → `/developments/3/data`. */
export type PointerOf = (index: number, pointer: string) => string;

/**
 * Records developments: checks all of them, then appends all or nothing. An append that resolves is on disk.
 *
 * Throws Problem `invalid-development` with the faults, `too-large`; LogError as the log does.
 */
export class Recorder {
  constructor(
    private readonly log: EventLog,
    private readonly zone: string,
    private readonly runtime: Runtime,
  ) {}

  async record(sent: readonly unknown[], pointerOf: PointerOf, options: RecordOptions): Promise<Appended[]> {
    const events = await this.accepted(sent, pointerOf, options);
    return this.log.append(events, options.expected ? { expected: options.expected } : {});
  }

  /** Stores nothing; throws what `record` would throw. */
  async rehearse(sent: readonly unknown[], pointerOf: PointerOf, options: RecordOptions): Promise<Rehearsed> {
    const events = await this.accepted(sent, pointerOf, options);
    const answer = await this.log.preview(events, options.expected ? { expected: options.expected } : {});
    const fresh = events.filter((_, index) => answer[index]?.duplicate !== true);
    return { developments: events.map(({ id, type, stream }) => ({ id, type, stream })), fresh };
  }

  private async accepted(
    sent: readonly unknown[],
    pointerOf: PointerOf,
    { recordedBy }: RecordOptions,
  ): Promise<NewEvent[]> {
    const faults = new Faults();
    const events: NewEvent[] = [];
    let turnEnds = this.runtime.elapsed() + TURN_MS;
    for (const [index, development] of sent.entries()) {
      if (this.runtime.elapsed() > turnEnds) {
        await this.runtime.turn();
        turnEnds = this.runtime.elapsed() + TURN_MS;
      }
      const accepted = accept(development, { defaultZone: this.zone, newId: () => this.runtime.id() });
      if (!Array.isArray(accepted)) {
        events.push({ ...accepted, metadata: { recordedBy } });
        continue;
      }
      const tooLarge = accepted.find(({ code }) => code === 'too-large');
      if (tooLarge)
        throw new Problem('too-large', `The development ${pointerOf(index, '')} ${tooLarge.detail}.`);
      const some = sent.length === 1 ? accepted : accepted.slice(0, FAULTS_OF_ONE);
      faults.addAll(some.map(({ pointer, detail }) => ({ pointer: pointerOf(index, pointer), detail })));
      if (faults.count >= ENOUGH_FAULTS) break;
    }
    if (faults.count === 0) faults.addAll(await nestingFaults(this.log, events, pointerOf));
    if (faults.count === 0) return events;
    throw invalid(sent.length === 1 ? 'The development' : `A development of ${sent.length}`, faults.all);
  }
}
