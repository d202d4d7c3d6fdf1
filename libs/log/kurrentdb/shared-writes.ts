import { ANY } from '@kurrent/kurrentdb-client';
import type { Runtime } from '#runtime';
import { LogError } from '../errors.js';
import type { Connection } from './connection.js';
import { writeFailureOf, type WriteFailure } from './failure.js';
import { recordToWrite, type EventToWrite } from './record.js';

/** The events of one append, or a section of a large one. They go into one record, and share it with others. */
export interface Section {
  readonly events: readonly EventToWrite[];
  readonly bytes: number;
}

/** The outcome of a write. */
export type Written =
  /** The number of records of the stream after it. */
  { readonly kind: 'written'; readonly position: number } | WriteFailure;

interface WaitingSection extends Section {
  readonly timeout: number;
  readonly alone: boolean;
  readonly settle: (written: Written) => void;
}

/** Events in one record: a replica applies a record in one piece. */
const MOST_EVENTS = 1_000;
/** Bytes in one record: the default limit of a server is 1 MiB. */
const MOST_BYTES = 1_000_000;
/**
 * The most writes under way at the same time, and the bytes that must wait before a second write starts: a record costs the cluster more
 * than a few events.
 */
const AT_A_TIME = 2;
const WORTH_A_SECOND = 30_000;
/** Milliseconds after which a write hangs, where the leader answers reads. */
const HANGING_MS = 1_000;
/** The limits of the queue: sections, and their bytes. */
const QUEUE = { sections: 10_000, bytes: 64_000_000 };

/** A write is one record, with all sections that wait when it is sent. Later sections wait for its answer, unless together they are large. */
export class SharedWrites {
  private waiting: WaitingSection[] = [];
  private waitingBytes = 0;
  /** When the writes under way began, by `elapsed`. */
  private readonly underWay = new Set<number>();
  private scheduled = false;
  private limit = MOST_BYTES;

  constructor(
    private readonly runtime: Runtime,
    private readonly connection: Connection,
    private readonly stream: string,
  ) {}

  /** Splits the events into sections that each fit into one write. Throws LogError `too-large` for a single event that is too large. */
  sections(events: readonly EventToWrite[]): Section[] {
    const sections: { events: EventToWrite[]; bytes: number }[] = [];
    for (const event of events) {
      if (event.bytes > this.limit) {
        throw new LogError(
          'too-large',
          `The append is too large: the cluster accepts ${this.limit} bytes in one append`,
        );
      }
      const last = sections.at(-1);
      if (last && last.events.length < MOST_EVENTS && last.bytes + event.bytes <= this.limit) {
        last.events.push(event);
        last.bytes += event.bytes;
      } else {
        sections.push({ events: [event], bytes: event.bytes });
      }
    }
    return sections;
  }

  /** Resolves when the cluster has answered, within `timeout` milliseconds. Rejects with LogError `unavailable` where the queue is full. */
  write(section: Section, timeout: number, alone = false): Promise<Written> {
    if (this.waiting.length >= QUEUE.sections || this.waitingBytes + section.bytes > QUEUE.bytes) {
      return Promise.reject(
        new LogError('unavailable', 'Too many appends wait for the cluster; nothing was stored'),
      );
    }
    return new Promise((settle) => {
      this.waiting.push({ ...section, timeout, alone, settle });
      this.waitingBytes += section.bytes;
      this.schedule();
    });
  }

  /** The cluster has a leader again: writes to the earlier leader that hang are ended. Their outcome is unknown. */
  leaderIsBack(): void {
    const oldest = Math.min(...this.underWay);
    if (this.runtime.elapsed() - oldest > HANGING_MS) this.connection.renew();
  }

  /** Sends in the next turn, so that sections that arrive together share a write. */
  private schedule(): void {
    if (this.scheduled || !this.maySend()) return;
    this.scheduled = true;
    void this.runtime.turn().then(() => {
      this.scheduled = false;
      if (!this.maySend()) return;
      const began = this.runtime.elapsed();
      this.underWay.add(began);
      void this.send(this.next()).finally(() => {
        this.underWay.delete(began);
        this.schedule();
      });
      this.schedule();
    });
  }

  private maySend(): boolean {
    if (this.underWay.size === 0) return this.waiting.length > 0;
    return this.underWay.size < AT_A_TIME && this.waitingBytes >= WORTH_A_SECOND;
  }

  private next(): WaitingSection[] {
    let count = 0;
    let bytes = 0;
    let size = 0;
    for (const section of this.waiting) {
      count += section.events.length;
      bytes += section.bytes;
      if (size > 0 && (section.alone || count > MOST_EVENTS || bytes > this.limit)) break;
      size += 1;
      if (section.alone) break;
    }
    const group = this.waiting.splice(0, size);
    for (const section of group) this.waitingBytes -= section.bytes;
    return group;
  }

  private async send(group: readonly WaitingSection[]): Promise<void> {
    const written = await this.attempt(group);
    const [first, ...others] = group;
    if (written.kind === 'refused' && first !== undefined && others.length > 0) {
      // The cluster has refused one of the sections, which must not affect the others: each section is sent alone.
      for (const section of group) this.waiting.push({ ...section, alone: true });
      this.waitingBytes += group.reduce((sum, { bytes }) => sum + bytes, 0);
      return;
    }
    for (const { settle } of group) settle(written);
  }

  private async attempt(group: readonly WaitingSection[]): Promise<Written> {
    try {
      const timeout = Math.max(...group.map((section) => section.timeout));
      const parts = group.map(({ events }) => events);
      const record = recordToWrite(parts, this.runtime.id(), this.runtime.now());
      const { nextExpectedRevision } = await this.connection.call(timeout, (client) =>
        client.appendToStream(this.stream, record, { streamState: ANY, requiresLeader: true }),
      );
      return { kind: 'written', position: Number(nextExpectedRevision) + 1 };
    } catch (error) {
      const failure = writeFailureOf(error);
      if (failure.kind === 'too-large')
        this.limit = Math.floor(Math.min(this.limit, failure.bytes || this.limit / 2) * 0.95);
      return failure;
    }
  }
}
