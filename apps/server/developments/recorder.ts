import { Inject, Injectable } from '@nestjs/common';
import { accept, subjectNamed, type AcceptanceWarning, type Fault } from '#events';
import { Faults, type JsonFault } from '#json';
import { LogError, type Appended, type EventLog, type ExpectedRevisions, type NewEvent } from '#log';
import type { Interruptible, Runtime } from '#runtime';
import { Metrics } from '../health/metrics.js';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG, RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import { invalid, POINTERS, type SentDevelopments, type StatedSubject } from './developments-in-body.js';
import type { Inherited } from './correction.js';
import type { BatchLook, IndexedWarning } from './batch-look.js';
import { givingTurns, inTurns } from './in-turns.js';
import { checkNesting, warnOfNesting, type CheckedNesting } from './nesting.js';
import { SecondLook } from './second-look.js';

/** The most faults listed for one of several developments, so that the list covers more developments. */
const FAULTS_OF_ONE = 10;
/** With this number of faults, the rest of a batch is not checked. */
const ENOUGH_FAULTS = 100;

/** The greatest number of warnings for one request. */
const MOST_WARNINGS = 1000;

/** The developments of a request, and who sent them. Plain data. */
export interface ToRecord {
  readonly sent: SentDevelopments & Partial<Inherited>;
  readonly by: SentBy;
}

/** Who sent a request, and whether warnings refuse it. */
export interface SentBy {
  /** The id of a key. */
  readonly recordedBy: string;
  readonly mayRead: boolean;
  /** Refuse developments with warnings. */
  readonly strict: boolean;
}

interface AcceptedAll {
  readonly events: readonly NewEvent[];
  /** The warnings of `accept`. */
  readonly warnings: readonly IndexedWarning[];
  /** The corrections whose targets are not all recorded. */
  readonly open: CheckedNesting['open'];
}

interface Checked extends Pick<AcceptedAll, 'warnings'> {
  /** The events by the index of the development; developments with faults are missing. */
  readonly events: ReadonlyMap<number, NewEvent>;
  readonly faults: Faults;
}

export interface Recorded {
  /** The events, in the order given. */
  readonly events: readonly Appended[];
  readonly warnings: readonly AcceptanceWarning[];
}

interface RequestPreview {
  readonly look: BatchLook;
  readonly answer: readonly Appended[];
  readonly warnings: readonly AcceptanceWarning[];
}

/** The outcome that `record` would have. */
export interface DryRun {
  /** All developments, in the order given. */
  readonly developments: readonly { readonly id: string; readonly type: string; readonly stream: string }[];
  /** The events that the log does not have, each once. */
  readonly fresh: readonly NewEvent[];
  readonly warnings: readonly AcceptanceWarning[];
}

/**
 * Records developments: checks all of them, then appends all or nothing. An append that resolves is on disk. Only new events get a
 * second look: duplicates got one when they were recorded.
 *
 * Throws Problem `invalid-development` with the faults, `too-large`, and `has-warnings` if strict; LogError as the log; ViewsError if strict.
 */
@Injectable()
export class Recorder {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'zone'>,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly secondLook: SecondLook,
    private readonly metrics: Metrics,
  ) {}

  async record(toRecord: ToRecord): Promise<Recorded> {
    try {
      const recorded = await this.resolvedOnce(toRecord, (accepted) => this.appended(accepted, toRecord));
      this.metrics.appended(recorded.events);
      return recorded;
    } catch (error) {
      this.metrics.refused(error);
      throw error;
    }
  }

  /** Stores nothing; throws as `record`. */
  async dryRun(toRecord: ToRecord): Promise<DryRun> {
    return this.resolvedOnce(toRecord, async (accepted) => {
      const { events } = accepted;
      const { answer, warnings } = await this.previewed(accepted, toRecord);
      const fresh = events.filter((_, index) => answer[index]?.duplicate !== true);
      return { developments: events.map(({ id, type, stream }) => ({ id, type, stream })), fresh, warnings };
    });
  }

  private async appended(accepted: AcceptedAll, toRecord: ToRecord): Promise<Recorded> {
    const { events } = accepted;
    const { strict, mayRead } = toRecord.by;
    const previewed = strict ? await this.previewed(accepted, toRecord) : undefined;
    const look = previewed?.look ?? (await this.secondLook.at(events, { mayRead }));
    const answer = await this.log.append(events, expectedIn(toRecord));
    this.secondLook.wasRecorded(look, answer);
    const { open } = accepted;
    const late = open.length === 0 ? [] : await warnOfNesting(this.log, this.runtime, open, answer);
    // Too late to refuse a strict request: it is recorded.
    if (previewed) return { events: answer, warnings: [...previewed.warnings, ...inRequest(late, toRecord)] };
    const found = await this.secondLook.warnings(look, sequenceBefore(answer));
    return { events: answer, warnings: warningsOf(accepted, [...found, ...late], answer, toRecord) };
  }

  private async previewed(accepted: AcceptedAll, toRecord: ToRecord): Promise<RequestPreview> {
    const { events } = accepted;
    const { mayRead, strict } = toRecord.by;
    const answer = await this.log.preview(events, expectedIn(toRecord));
    const { sequence } = await this.log.head();
    const look = await this.secondLook.at(events, { mayRead, ...(strict && mayRead && { need: sequence }) });
    const found = await this.secondLook.warnings(look, sequence);
    return { answer, look, warnings: warningsOf(accepted, found, answer, toRecord) };
  }

  /**
   * Uses the developments with their times resolved by today's zone rules. If the result is refused and the log has events of their ids,
   * uses them again with the times of these events (docs/adr/0010-resolved-times.md).
   */
  private async resolvedOnce<T>(toRecord: ToRecord, use: (accepted: AcceptedAll) => Promise<T>): Promise<T> {
    try {
      return await use(await this.accepted(toRecord));
    } catch (error) {
      if (!mayBeOfTimes(error)) throw error;
      const known = await this.known(toRecord.sent.developments);
      if (known.size === 0) throw error;
      return use(await this.accepted(toRecord, known));
    }
  }

  /** The payloads that the log has under the ids of the developments, by index. */
  private async known(sent: readonly unknown[]): Promise<ReadonlyMap<number, Inherited['before']>> {
    const known = new Map<number, Inherited['before']>();
    for await (const [index, development] of givingTurns(this.runtime, sent.entries())) {
      const { id } = Object(development) as { readonly id?: unknown };
      const event = typeof id === 'string' ? await this.log.find(id.toLowerCase()) : undefined;
      if (event) known.set(index, event.payload as Inherited['before']);
    }
    return known;
  }

  private async accepted(
    toRecord: ToRecord,
    known: ReadonlyMap<number, Inherited['before']> = new Map(),
  ): Promise<AcceptedAll> {
    const { developments: sent, form, subjects } = toRecord.sent;
    const { events, warnings, faults } = await inTurns(this.log, sent.length, this.checked(toRecord, known));
    if (faults.count < ENOUGH_FAULTS) {
      faults.addAll(subjectFaults(events, subjects));
      const { faults: nested, open } = await checkNesting(this.log, this.runtime, events);
      for (const { index, fault } of nested) faults.add(POINTERS[form](index, '/data/target'), fault);
      if (faults.count === 0) return { events: [...events.values()], warnings, open };
    }
    throw invalid(sent.length === 1 ? 'The development' : `A development of ${sent.length}`, faults.all);
  }

  private *checked(
    { sent: { developments: sent, form, before = {}, faults: ofBody = [], inherited = [] }, by }: ToRecord,
    known: ReadonlyMap<number, Inherited['before']>,
  ): Interruptible<Checked> {
    const pointerOf = POINTERS[form];
    const faults = new Faults();
    faults.addAll(ofBody);
    const events = new Map<number, NewEvent>();
    const warned: IndexedWarning[] = [];
    const defaultZone = this.settings.zone;
    const newId = (): string => this.runtime.id();
    const metadata = { recordedBy: by.recordedBy };
    for (const [index, development] of sent.entries()) {
      const accepted = accept(development, { defaultZone, newId, before: known.get(index) ?? before });
      if (Array.isArray(accepted)) {
        refuseTooLarge(accepted, pointerOf(index, ''));
        const some = ofSender(accepted, inherited).slice(0, sent.length === 1 ? Infinity : FAULTS_OF_ONE);
        faults.addAll(some.map(({ pointer, detail }) => ({ pointer: pointerOf(index, pointer), detail })));
        if (faults.count >= ENOUGH_FAULTS) break;
      } else {
        // Member by member: to spread the event would make a new hidden class of objects for each request, which would slow down all later
        // steps.
        const { id, stream, type, schemaVersion, payload, warnings } = accepted;
        events.set(index, { id, stream, type, schemaVersion, payload, metadata });
        if (warnings) for (const warning of warnings) warned.push({ index, warning });
      }
      yield;
    }
    return { events, warnings: warned, faults };
  }
}

const expectedIn = ({ sent: { expected } }: ToRecord): { readonly expected?: ExpectedRevisions } =>
  expected ? { expected } : {};

/** The faults in members that the sender sent; where there is no such fault, all faults. */
const ofSender = (faults: readonly Fault[], inherited: readonly string[]): readonly Fault[] => {
  const own = faults.filter(({ pointer }) => !isInherited(pointer, inherited));
  return own.length > 0 ? own : faults;
};

const isInherited = (pointer: string, inherited: readonly string[]): boolean =>
  inherited.some((member) => pointer === member || pointer.startsWith(`${member}/`));

/** The sequence before the appended events; 0 where there are none. */
const sequenceBefore = (answer: readonly Appended[]): number =>
  (answer.find(({ duplicate }) => duplicate !== true)?.sequence ?? 1) - 1;

/** The warnings of the answer. `ofLook`: the warnings of the second look. Throws Problem `has-warnings` if strict and a new event has one. */
function warningsOf(
  { warnings: ofAcceptance }: AcceptedAll,
  ofLook: readonly IndexedWarning[],
  answer: readonly Appended[],
  toRecord: ToRecord,
): AcceptanceWarning[] {
  const { strict } = toRecord.by;
  const { inherited = [] } = toRecord.sent;
  const isNew = ({ index }: IndexedWarning): boolean => answer[index]?.duplicate !== true;
  const warned = [...ofAcceptance, ...ofLook.filter(isNew)]
    .filter(({ warning }) => !isInherited(warning.pointer, inherited))
    .sort((a, b) => a.index - b.index);
  const refused = strict ? inRequest(warned.filter(isNew), toRecord) : [];
  if (refused.length > 0) throw doubtful(refused);
  return inRequest(warned, toRecord);
}

/** The first warnings, with pointers into the request. */
const inRequest = (some: readonly IndexedWarning[], { sent: { form } }: ToRecord): AcceptanceWarning[] =>
  some
    .slice(0, MOST_WARNINGS)
    .map(({ index, warning }) => ({ ...warning, pointer: POINTERS[form](index, warning.pointer) }));

function doubtful(warnings: readonly AcceptanceWarning[]): Problem {
  const [{ pointer, detail }, ...others] = warnings as [AcceptanceWarning, ...AcceptanceWarning[]];
  const more = others.length === 0 ? '' : ' (and more, see errors)';
  return new Problem(
    'has-warnings',
    `Nothing was recorded: ${pointer === '' ? '' : `${pointer}: `}${detail}${more}.`,
    {
      errors: warnings,
    },
  );
}

function refuseTooLarge(faults: readonly Fault[], pointer: string): void {
  const tooLarge = faults.find(({ code }) => code === 'too-large');
  if (tooLarge) throw new Problem('too-large', `The development ${pointer} ${tooLarge.detail}.`);
}

function subjectFaults(
  events: ReadonlyMap<number, NewEvent>,
  subjects: readonly StatedSubject[] = [],
): JsonFault[] {
  return subjects.flatMap(({ index, subject, pointer }) => {
    const { stream } = events.get(index) ?? { stream: subject };
    const { id } = subjectNamed(stream);
    if (subject === id || subject === stream) return [];
    return [{ pointer, detail: `is not the subject of the development: ${id}, or ${stream}` }];
  });
}

/** Whether other zone rules than today's could change the result. */
function mayBeOfTimes(error: unknown): boolean {
  return error instanceof Problem
    ? error.code === 'invalid-development'
    : error instanceof LogError && error.code === 'id-conflict';
}
