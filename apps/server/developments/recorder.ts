import { accept, type Payload } from '#events';
import type { Appended, EventLog, ExpectedRevisions, NewEvent, RecordedEvent } from '#log';
import type { Runtime } from '#runtime';
import type { Change } from '#timeline';
import type { Instant } from '#time';
import type { Views } from '#views';
import { Problem, type Fault } from '../problems/problem.js';
import type { Content } from './standing.js';

/** The most developments one request may bring. */
export const MOST_DEVELOPMENTS = 10_000;

export interface RecordOptions {
  /** Who sends them: the id of a key. */
  readonly recordedBy: string;
  readonly expected?: ExpectedRevisions;
}

/** What a development would change, were it recorded now. */
export interface Preview {
  readonly developments: readonly { readonly id: string; readonly type: string; readonly stream: string }[];
  readonly changes: readonly Change[];
}

/** How a pointer into the development of this index reads in the request: `/data` → `/developments/3/data`. */
export type PointerOf = (index: number, pointer: string) => string;

/**
 * Takes developments in: checks all of them, then appends all or nothing. An append that resolves is on disk.
 *
 * Throws Problem `invalid-development` with every fault; LogError as the log does.
 */
export class Recorder {
  constructor(
    private readonly log: EventLog,
    private readonly zone: string,
    private readonly runtime: Runtime,
  ) {}

  async record(sent: readonly unknown[], pointerOf: PointerOf, options: RecordOptions): Promise<Appended[]> {
    const events = this.accepted(sent, pointerOf, options);
    return this.log.append(events, options.expected ? { expected: options.expected } : {});
  }

  /** What `record` would change; throws what it would throw. */
  async preview(
    sent: readonly unknown[],
    pointerOf: PointerOf,
    views: Views,
    asOf: Instant,
    options: RecordOptions,
  ): Promise<Preview> {
    const events = this.accepted(sent, pointerOf, options);
    const answer = await this.log.preview(events, options.expected ? { expected: options.expected } : {});
    const added = events.filter((_, index) => answer[index]?.duplicate !== true);
    const asRecorded = added.map((event): RecordedEvent => ({
      ...event,
      sequence: 0,
      revision: 0,
      recordedAt: asOf,
    }));
    return {
      developments: events.map(({ id, type, stream }) => ({ id, type, stream })),
      changes: await views.preview(asRecorded, { asOf }),
    };
  }

  private accepted(
    sent: readonly unknown[],
    pointerOf: PointerOf,
    { recordedBy }: RecordOptions,
  ): NewEvent[] {
    const faults: Fault[] = [];
    const events: NewEvent[] = [];
    sent.forEach((development, index) => {
      const taken = accept(development, { defaultZone: this.zone, newId: () => this.runtime.id() });
      if (Array.isArray(taken)) {
        const tooLarge = taken.find(({ code }) => code === 'too-large');
        if (tooLarge)
          throw new Problem('too-large', `The development ${pointerOf(index, '')} ${tooLarge.detail}.`);
        faults.push(...taken.map(({ pointer, detail }) => ({ pointer: pointerOf(index, pointer), detail })));
      } else {
        events.push({ ...taken, metadata: { recordedBy } });
      }
    });
    if (faults.length > 0) throw invalid(faults, sent.length);
    return events;
  }
}

const MOST_FAULTS = 1000;

function invalid(faults: readonly Fault[], of: number): Problem {
  const [first] = faults;
  const where = first?.pointer ? `${first.pointer} ` : '';
  const what = of === 1 ? 'The development is' : `Of ${of} developments some are`;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const detail = `${what} not valid: ${where}${first?.detail.replace(/\.$/, '') ?? ''}${more}.`;
  return new Problem('invalid-development', detail, { errors: faults.slice(0, MOST_FAULTS) });
}

export interface CorrectionAsSent {
  readonly id?: string;
  readonly kind: string;
  readonly reportedAt?: unknown;
  readonly reason: string;
  readonly replacement?: Readonly<Record<string, unknown>>;
  readonly source?: Readonly<Record<string, unknown>>;
  readonly attribution?: Readonly<Record<string, unknown>>;
}

/**
 * A correction or a retraction as a development of its own. What is left out is taken over: the note's report is
 * `defaultReport`; its source is the target's, and so is its attribution, unless it is we who were wrong; the replacement's
 * type, source and attribution are the target's; a replacement was reported when the target was, or, where the source
 * changed its story, when the note is.
 */
export function noteAbout(
  target: RecordedEvent,
  original: Content,
  sent: CorrectionAsSent,
  defaultReport: unknown,
): Record<string, unknown> {
  const { kind, reason, replacement } = sent;
  const reportedAt = sent.reportedAt ?? defaultReport;
  const inherited = {
    type: original.type,
    reportedAt: kind === 'amended' ? reportedAt : asSent(original.payload.reportedAt),
    source: sourceAsSent(original.payload.source),
    attribution: original.payload.attribution,
  };
  return {
    ...(sent.id !== undefined && { id: sent.id }),
    type: replacement ? 'record.corrected' : 'record.retracted',
    reportedAt,
    data: {
      target: target.id,
      kind,
      reason,
      ...(replacement && { replacement: { ...inherited, ...replacement } }),
    },
    source: sent.source ?? inherited.source,
    attribution: sent.attribution ?? (kind === 'amended' ? inherited.attribution : OURSELVES),
  };
}

/** A pointer into what `noteAbout` gives, as one into the correction that was sent: what is in `data` is not nested there. */
export const inCorrection: PointerOf = (_index, pointer) => pointer.replace(/^\/data(?=\/)/, '');

/** Who says that we wrote something down wrong: the log itself. */
const OURSELVES = { claimant: 'borderline', standing: 'act', reliability: 'A1' };

/** A stored time without what was resolved from it, as a client would send it. */
export function asSent({ edtf, zone, text }: Payload['reportedAt']): Record<string, unknown> {
  return { edtf, zone, ...(text !== undefined && { text }) };
}

function sourceAsSent(source: Payload['source']): Record<string, unknown> {
  return { ...source, publishedAt: asSent(source.publishedAt) };
}
