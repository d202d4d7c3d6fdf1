import type { Effect, Reliability, Standing } from '#timeline';
import type { InstantText, Range } from '#time';

/** A time as a report gives it, and the range of instants that it means. */
export interface ReportedTime {
  /** EDTF (ISO 8601-2) as it was sent. */
  readonly edtf: string;
  /** The IANA zone in which `edtf` is read where it has no offset. */
  readonly zone: string;
  /** The words of the report. */
  readonly text?: string;
  /** The start of the range. It is stored so that a later zone database cannot change history. */
  readonly earliest: InstantText;
  /** The end of the range. */
  readonly latest: InstantText;
}

/** A time as a client sends it: the full form without the resolved range, or EDTF alone, in the default zone. */
export type ReportedTimeAsSent =
  string | { readonly edtf: string; readonly zone?: string; readonly text?: string };

/** The document that a development was read from. */
export interface Source {
  readonly publisher: string;
  readonly title: string;
  readonly url?: string;
  readonly publishedAt: ReportedTime;
  /** The persons or media that the publisher quotes (PROV wasQuotedFrom). */
  readonly quotedFrom?: string;
  /** SHA-256 of the document, hexadecimal. */
  readonly sha256?: string;
  /** A dozen words at most, where the wording itself is the fact. */
  readonly quote?: string;
  /** The row of the collection from which it was entered, such as `S0.4`. */
  readonly row?: string;
}

/** The claimant, and how far to trust it. */
export interface Attribution {
  /** The id of the actor who makes the assertion. */
  readonly claimant: string;
  readonly standing: Standing;
  readonly reliability: Reliability;
}

/** The payload of an event in the log. */
export interface Payload<D = Record<string, unknown>> {
  /** When it began. */
  readonly occurred?: ReportedTime;
  /** When it ended or is to end. */
  readonly until?: ReportedTime;
  /** When it was public. */
  readonly reportedAt: ReportedTime;
  /** As the catalogue describes it for the type; its times are ReportedTime. */
  readonly data: D;
  readonly source: Source;
  readonly attribution: Attribution;
  /** Joins developments that belong together. */
  readonly correlationId?: string;
}

/** An accepted or recorded event without the members that the log adds. */
export interface StoredDevelopment {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: Payload;
}

/** A recorded event without the members that the log adds. */
export const storedDevelopment = ({
  id,
  type,
  schemaVersion,
  payload,
}: Omit<StoredDevelopment, 'payload'> & { readonly payload: unknown }): StoredDevelopment => ({
  id,
  type,
  schemaVersion,
  payload: payload as Payload,
});

/** The input of an event type's `effects`: the payload at the newest schema version, times as ranges. */
export interface Development<D = Record<string, unknown>> {
  readonly id: string;
  readonly type: string;
  readonly data: D;
  readonly attribution: Attribution;
  /** When it began; where the report does not say, the moment of the report. */
  readonly occurred: Range;
  readonly until?: Range;
  /** Counts as known from `reported.latest`. */
  readonly reported: Range;
}

/** An effect as an event type gives it; the event supplies the claimant and the other axes. */
export type StatedEffect<V = unknown> = Omit<Effect<V>, 'claimant'> & { readonly claimant?: string };

export interface Subject {
  /** Lower-case letters only. */
  readonly category: string;
  /** `[a-z0-9][a-z0-9.-]*` */
  readonly id: string;
}

/** One event type, complete in one file. */
export interface EventType<D extends object = object> {
  readonly type: string;
  readonly version: number;
  /** The meaning: a fact that is true from the event on. */
  readonly means: string;
  /** A wrong conclusion that a reader might draw. */
  readonly doesNotMean: string;
  /** The data as a class: its decorators validate, hydrate and describe it. */
  readonly data: new () => D;
  /** The classes that validate data of earlier schema versions. */
  readonly earlier?: Readonly<Record<number, new () => object>>;
  /** `upcasters[n]` turns data of version n into version n + 1. */
  readonly upcasters?: Readonly<Record<number, (data: Record<string, unknown>) => Record<string, unknown>>>;
  readonly subject: (data: D) => Subject;
  readonly effects: (development: Development<D>) => StatedEffect[];
  /** A realistic development as a client sends it. */
  readonly example: DevelopmentAsSent;
}

/** `POST /v1/developments`, one of them. */
export interface DevelopmentAsSent {
  readonly id?: string;
  readonly type: string;
  /** Default: the newest. */
  readonly schemaVersion?: number;
  readonly occurred?: ReportedTimeAsSent;
  readonly until?: ReportedTimeAsSent;
  readonly reportedAt: ReportedTimeAsSent;
  readonly data: Record<string, unknown>;
  readonly source: Record<string, unknown>;
  readonly attribution: Record<string, unknown>;
  readonly correlationId?: string;
}

export type { Range };
