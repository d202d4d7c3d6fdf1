import { Inject, Injectable } from '@nestjs/common';
import { accept, type AcceptanceWarning, type Fault } from '#events';
import { Faults, type JsonFault } from '#json';
import { LogError, type Appended, type EventLog, type ExpectedRevisions, type NewEvent } from '#log';
import type { Runtime } from '#runtime';
import { Metrics } from '../health/metrics.js';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG, RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import { invalid, POINTERS, type PointerOf, type SentDevelopments, type StatedSubject } from './bodies.js';
import { nestingFaults } from './correction.js';

/** Of one of several developments so many faults are listed, so that the list names more of them. */
const FAULTS_OF_ONE = 10;
/** When so many faults are found, the rest of a batch is not looked at. */
const ENOUGH_FAULTS = 100;

/** More warnings are not given of one request. */
const MOST_WARNINGS = 1000;

/** How long a batch is checked before others have a turn. */
const TURN_MS = 10;

/** Developments as a request brings them. Plain data. */
export interface ToRecord extends SentDevelopments, RecordOptions {}

/** What is to be recorded, but for the developments and where they are in the body. */
type Options = Omit<ToRecord, 'developments' | 'form'>;

interface RecordOptions {
  /** Who sends them: the id of a key. */
  readonly recordedBy: string;
  readonly expected?: ExpectedRevisions;
  /** Times that were resolved before, where the payload of each of the developments has them. */
  readonly before?: Before;
}

type Before = Readonly<Record<string, unknown>>;

interface AcceptedAll {
  readonly events: readonly NewEvent[];
  readonly warnings: readonly AcceptanceWarning[];
}

export interface Recorded {
  /** In the order given. */
  readonly events: readonly Appended[];
  readonly warnings: readonly AcceptanceWarning[];
}

/** What `record` would do. */
export interface Rehearsed {
  /** All of them, in the order given. */
  readonly developments: readonly { readonly id: string; readonly type: string; readonly stream: string }[];
  /** Those that the log does not have, each once. */
  readonly fresh: readonly NewEvent[];
  readonly warnings: readonly AcceptanceWarning[];
}

/**
 * Records developments: checks all of them, then appends all or nothing. An append that resolves is on disk.
 *
 * Throws Problem `invalid-development` with the faults, `too-large`; LogError as the log does.
 */
@Injectable()
export class Recorder {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'zone'>,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly metrics: Metrics,
  ) {}

  async record({ developments, form, ...options }: ToRecord): Promise<Recorded> {
    const append = async ({ events, warnings }: AcceptedAll): Promise<Recorded> => ({
      events: await this.log.append(events, options.expected ? { expected: options.expected } : {}),
      warnings,
    });
    try {
      const recorded = await this.resolvedOnce(developments, POINTERS[form], options, append);
      this.metrics.appended(recorded.events);
      return recorded;
    } catch (error) {
      this.metrics.refused(error);
      throw error;
    }
  }

  /** Stores nothing; throws what `record` would throw. */
  async rehearse({ developments, form, ...options }: ToRecord): Promise<Rehearsed> {
    return this.resolvedOnce(developments, POINTERS[form], options, async ({ events, warnings }) => {
      const answer = await this.log.preview(events, options.expected ? { expected: options.expected } : {});
      const fresh = events.filter((_, index) => answer[index]?.duplicate !== true);
      return { developments: events.map(({ id, type, stream }) => ({ id, type, stream })), fresh, warnings };
    });
  }

  /**
   * Uses the developments with their times as the zones have them today. If that is refused and the log has events of their ids,
   * uses them once more, with their times as they were resolved for those (docs/adr/0010-resolved-times.md).
   */
  private async resolvedOnce<T>(
    sent: readonly unknown[],
    pointerOf: PointerOf,
    options: Options,
    use: (accepted: AcceptedAll) => Promise<T>,
  ): Promise<T> {
    try {
      return await use(await this.accepted(sent, pointerOf, options));
    } catch (error) {
      if (!mayBeOfTimes(error)) throw error;
      const known = await this.known(sent);
      if (known.size === 0) throw error;
      return use(await this.accepted(sent, pointerOf, options, known));
    }
  }

  /** The payloads that the log has under the ids of the developments, by index. */
  private async known(sent: readonly unknown[]): Promise<ReadonlyMap<number, Before>> {
    const known = new Map<number, Before>();
    for await (const [index, development] of this.inTurns(sent)) {
      const { id } = Object(development) as { readonly id?: unknown };
      const event = typeof id === 'string' ? await this.log.find(id.toLowerCase()) : undefined;
      if (event) known.set(index, event.payload as Before);
    }
    return known;
  }

  private async accepted(
    sent: readonly unknown[],
    pointerOf: PointerOf,
    { recordedBy, before = {}, faults: ofBody = [], subjects }: Options,
    known: ReadonlyMap<number, Before> = new Map(),
  ): Promise<AcceptedAll> {
    const faults = new Faults();
    faults.addAll(ofBody);
    const events: NewEvent[] = [];
    const warned: AcceptanceWarning[] = [];
    const options = { defaultZone: this.settings.zone, newId: () => this.runtime.id() };
    for await (const [index, development] of this.inTurns(sent)) {
      const accepted = accept(development, { ...options, before: known.get(index) ?? before });
      if (!Array.isArray(accepted)) {
        const { warnings = [], ...event } = accepted;
        events.push({ ...event, metadata: { recordedBy } });
        for (const warning of warnings) {
          warned.push({ ...warning, pointer: pointerOf(index, warning.pointer) });
        }
        continue;
      }
      refuseTooLarge(accepted, pointerOf(index, ''));
      const some = sent.length === 1 ? accepted : accepted.slice(0, FAULTS_OF_ONE);
      faults.addAll(some.map(({ pointer, detail }) => ({ pointer: pointerOf(index, pointer), detail })));
      if (faults.count >= ENOUGH_FAULTS) break;
    }
    if (faults.count === 0) {
      faults.addAll(subjectFaults(events, subjects));
      faults.addAll(await nestingFaults(this.log, events, pointerOf));
    }
    if (faults.count === 0) return { events, warnings: warned.slice(0, MOST_WARNINGS) };
    throw invalid(sent.length === 1 ? 'The development' : `A development of ${sent.length}`, faults.all);
  }

  /** The developments with their indices; others have a turn in between. */
  private async *inTurns(sent: readonly unknown[]): AsyncGenerator<[number, unknown]> {
    let turnEnds = this.runtime.elapsed() + TURN_MS;
    for (const entry of sent.entries()) {
      if (this.runtime.elapsed() > turnEnds) {
        await this.runtime.turn();
        turnEnds = this.runtime.elapsed() + TURN_MS;
      }
      yield entry;
    }
  }
}

function refuseTooLarge(faults: readonly Fault[], pointer: string): void {
  const tooLarge = faults.find(({ code }) => code === 'too-large');
  if (tooLarge) throw new Problem('too-large', `The development ${pointer} ${tooLarge.detail}.`);
}

function subjectFaults(events: readonly NewEvent[], subjects: readonly StatedSubject[] = []): JsonFault[] {
  return subjects.flatMap(({ index, subject, pointer }) => {
    const { stream } = events[index]!;
    const id = stream.slice(stream.indexOf('-') + 1);
    if (subject === id || subject === stream) return [];
    return [{ pointer, detail: `is not the subject of the development: ${id}, or ${stream}` }];
  });
}

/** Whether other zone rules than today's could make a difference. */
function mayBeOfTimes(error: unknown): boolean {
  return error instanceof Problem
    ? error.code === 'invalid-development'
    : error instanceof LogError && error.code === 'id-conflict';
}
