import {
  AnyObject,
  CORRECTION_KINDS,
  faultsOf,
  Formed,
  Nested,
  OneOf,
  Optional,
  SentAttribution,
  SentSource,
  Text,
  Time,
  UUID,
  type CorrectionKind,
} from '#events';
import { Faults, pointerToken, type JsonFault } from '#json';
import type { ExpectedRevisions } from '#log';
import { fromCloudEvent } from '#data-folder';
import type { Interruptible } from '#runtime';
import { CLOUDEVENT, CLOUDEVENTS_BATCH } from '../json-body.js';
import { Problem } from '../problems/problem.js';

/** The greatest number of developments in a request. */
export const MOST_DEVELOPMENTS = 10_000;

/** The form in which a body has its developments. */
export type BodyForm = keyof typeof POINTERS;

/** A pointer into the development of this index as a pointer into the request: `/data` → `/developments/3/data`. */
export type PointerOf = (index: number, pointer: string) => string;

export const POINTERS = {
  /** The body is the development. */
  one: (_index, pointer) => pointer,
  /** The body has a list in `developments`. */
  batch: (index, pointer) => `/developments/${index}${pointer}`,
  /** The body is a CloudEvent. */
  cloudEvent: (_index, pointer) => `/data${pointer}`,
  /** The body is a list of CloudEvents. */
  cloudEvents: (index, pointer) => `/${index}/data${pointer}`,
  /** The body is a correction, from which the development is made; it has no `data`. */
  correction: (_index, pointer) => pointer.replace(/^\/data(?=\/)/, ''),
} as const satisfies Readonly<Record<string, PointerOf>>;

/** `POST /v1/developments/{id}/retractions` */
export class RetractionBody {
  @Optional()
  @Formed('The id of the retraction; it makes a repeated request safe.', UUID, 'a UUID')
  id?: string;

  @OneOf(
    CORRECTION_KINDS,
    'amended: the source changed its story; transcription: it was recorded wrongly here.',
  )
  kind!: CorrectionKind;

  @Text('Why.', 500)
  reason!: string;

  @Optional()
  @Time('When the correction became public. Default: now.')
  reportedAt?: string | object;

  @Optional()
  @Nested(SentSource, 'Default: the source of the target.')
  source?: SentSource;

  @Optional()
  @Nested(SentAttribution, 'Default: the attribution of the target.')
  attribution?: SentAttribution;
}

/** `POST /v1/developments/{id}/corrections` */
export class CorrectionBody extends RetractionBody {
  @AnyObject(
    'The whole development as it should be. `type`, `reportedAt`, `source` and `attribution` default to the members of the target; `occurred`, `until` and `data` have no default.',
  )
  replacement!: Record<string, unknown>;
}

/** A body with the members of a class, each valid by its decorators. Throws Problem `malformed-body`, `invalid-development`. */
export function readBody<T extends object>(body: unknown, of: new () => T): T {
  const members = membersOf(body, 'The body must be a JSON object.');
  const faults = faultsOf(of, members, '');
  if (faults.length > 0) throw invalid('The body', faults);
  return members as T;
}

/** The content of `POST /v1/developments`. */
export interface SentDevelopments {
  readonly developments: readonly unknown[];
  readonly form: BodyForm;
  readonly expected?: ExpectedRevisions;
  /** The faults of the body outside the developments. */
  readonly faults?: readonly JsonFault[];
  /** The subjects that the body names outside the developments. */
  readonly subjects?: readonly StatedSubject[];
}

/** A subject that is named outside a development. The development must be about it. */
export interface StatedSubject {
  /** The index of the development. */
  readonly index: number;
  /** An id or a stream. */
  readonly subject: string;
  /** The pointer to it in the body. */
  readonly pointer: string;
}

/**
 * The developments in a body of this media type: one, or `{ developments, expectedRevision? }`; a CloudEvent; a list of CloudEvents, which is read
 * until it has a hundred faults. Throws Problem `malformed-body`, `invalid-development`, `too-large`.
 */
export function* developmentsIn(body: unknown, type = 'application/json'): Interruptible<SentDevelopments> {
  if (type === CLOUDEVENT) return yield* inCloudEvents([body], () => '', 'cloudEvent');
  if (type !== CLOUDEVENTS_BATCH) return inJson(body);
  if (!Array.isArray(body)) throw new Problem('malformed-body', 'The body must be a list of CloudEvents.');
  if (body.length === 0) throw invalid('The body', [{ pointer: '', detail: 'has no CloudEvent' }]);
  assertFew(body);
  return yield* inCloudEvents(body, pointerToken, 'cloudEvents');
}

function* inCloudEvents(
  sent: readonly unknown[],
  pointerTo: (index: number) => string,
  form: BodyForm,
): Interruptible<SentDevelopments> {
  const faults = new Faults();
  const subjects: StatedSubject[] = [];
  const developments: unknown[] = [];
  for (const [index, one] of sent.entries()) {
    const { development, subject, faults: found } = fromCloudEvent(one);
    const at = pointerTo(index);
    faults.addAll(found.map(({ pointer, detail }) => ({ pointer: at + pointer, detail })));
    if (subject !== undefined) subjects.push({ index, subject, pointer: `${at}/subject` });
    developments.push(development);
    if (faults.isFull) break;
    yield;
  }
  return { developments, form, faults: faults.all, subjects };
}

function inJson(body: unknown): SentDevelopments {
  const members = membersOf(body, 'The body must be a development, or { "developments": […] }.');
  const { developments, expectedRevision } = members;
  const expected = expectedRevision === undefined ? {} : { expected: revisionsIn(expectedRevision) };
  if (!Object.hasOwn(members, 'developments')) {
    const { expectedRevision: _, ...development } = members;
    return {
      developments: [expectedRevision === undefined ? members : development],
      form: 'one',
      ...expected,
    };
  }
  const faults = new Faults();
  for (const name of Object.keys(members)) {
    if (name === 'developments' || name === 'expectedRevision') continue;
    faults.add(pointerToken(name), 'is not a member here; the members are developments, expectedRevision');
  }
  if (!Array.isArray(developments) || developments.length === 0) {
    faults.add('/developments', 'must be a list of at least one development');
  }
  if (faults.count > 0) throw invalid('The body', faults.all);
  const sent = developments as readonly unknown[];
  assertFew(sent);
  return { developments: sent, form: 'batch', ...expected };
}

function assertFew({ length }: readonly unknown[]): void {
  if (length <= MOST_DEVELOPMENTS) return;
  const detail = `A request may have ${MOST_DEVELOPMENTS} developments at most, not ${length}: send several batches.`;
  throw new Problem('too-large', detail);
}

/** `what` begins the sentence: “The body”. */
export function invalid(what: string, faults: readonly JsonFault[]): Problem {
  const [first, ...others] = faults;
  const at = first === undefined || first.pointer === '' ? '' : `${first.pointer} `;
  const more = others.length === 0 ? '' : ' (and more, see errors)';
  const detail = `${what} is not valid: ${at}${first?.detail.replace(/\.$/, '') ?? 'it has faults'}${more}.`;
  return new Problem('invalid-development', detail, { errors: faults });
}

function membersOf(body: unknown, otherwise: string): Readonly<Record<string, unknown>> {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new Problem('malformed-body', otherwise);
  }
  return body as Readonly<Record<string, unknown>>;
}

const isRevision = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= -1;

function revisionsIn(sent: unknown): ExpectedRevisions {
  if (sent !== null && typeof sent === 'object' && !Array.isArray(sent)) {
    const revisions = Object.values(sent);
    if (revisions.length <= MOST_DEVELOPMENTS && revisions.every(isRevision))
      return sent as ExpectedRevisions;
  }
  const detail = `must be an object of at most ${MOST_DEVELOPMENTS} streams with their expected revisions: a whole number from 0, or -1 if the stream must not exist`;
  throw invalid('The body', [{ pointer: '/expectedRevision', detail }]);
}
