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
import { Problem } from '../problems/problem.js';

/** The most developments one request may bring. */
export const MOST_DEVELOPMENTS = 10_000;

/** How developments stand in the body of a request. */
export type BodyForm = keyof typeof POINTERS;

/** How a pointer into the development of this index reads in the request: `/data` → `/developments/3/data`. */
export type PointerOf = (index: number, pointer: string) => string;

export const POINTERS = {
  /** The body is the development. */
  one: (_index, pointer) => pointer,
  /** They are a list in `developments`. */
  batch: (index, pointer) => `/developments/${index}${pointer}`,
  /** The body is a correction, from which the development is made; it has no `data`. */
  correction: (_index, pointer) => pointer.replace(/^\/data(?=\/)/, ''),
} as const satisfies Readonly<Record<string, PointerOf>>;

/** `POST /v1/developments/{id}/retractions` */
export class RetractionBody {
  @Optional()
  @Formed('Of the retraction; makes retrying safe.', UUID, 'a UUID')
  id?: string;

  @OneOf(
    CORRECTION_KINDS,
    'amended: the source changed its story; transcription: it was written down wrong here.',
  )
  kind!: CorrectionKind;

  @Text('Why.', 500)
  reason!: string;

  @Optional()
  @Time('When the correction became public. Default: now.')
  reportedAt?: string | object;

  @Optional()
  @Nested(SentSource, 'Default: the source of what is corrected.')
  source?: SentSource;

  @Optional()
  @Nested(SentAttribution, 'Default: the attribution of what is corrected.')
  attribution?: SentAttribution;
}

/** `POST /v1/developments/{id}/corrections` */
export class CorrectionBody extends RetractionBody {
  @AnyObject(
    'The whole development as it should be. `type`, `reportedAt`, `source` and `attribution` default to those of what is corrected; `occurred`, `until` and `data` are as given here.',
  )
  replacement!: Record<string, unknown>;
}

/** A body that has the members of a class, each as its decorators say. Throws Problem `malformed-body`, `invalid-development`. */
export function readBody<T extends object>(body: unknown, of: new () => T): T {
  const members = membersOf(body, 'The body must be a JSON object.');
  const faults = faultsOf(of, members, '');
  if (faults.length > 0) throw invalid('The body', faults);
  return members as T;
}

/** What `POST /v1/developments` brings. */
export interface SentDevelopments {
  readonly developments: readonly unknown[];
  readonly form: BodyForm;
  readonly expected?: ExpectedRevisions;
}

/** One development, or `{ developments, expectedRevision? }`. Throws Problem `malformed-body`, `invalid-development`, `too-large`. */
export function developmentsIn(body: unknown): SentDevelopments {
  const { expectedRevision, ...rest } = membersOf(
    body,
    'The body must be a development, or { "developments": […] }.',
  );
  const expected = expectedRevision === undefined ? {} : { expected: revisionsIn(expectedRevision) };
  if (!Object.hasOwn(rest, 'developments')) {
    return { developments: [rest], form: 'one', ...expected };
  }
  const { developments, ...others } = rest;
  const faults = new Faults();
  for (const name of Object.keys(others)) {
    faults.add(pointerToken(name), 'is not known here; known are developments, expectedRevision');
  }
  if (!Array.isArray(developments) || developments.length === 0) {
    faults.add('/developments', 'must be a list of at least one development');
  }
  if (faults.count > 0) throw invalid('The body', faults.all);
  const sent = developments as readonly unknown[];
  if (sent.length > MOST_DEVELOPMENTS) {
    const detail = `A request may bring ${MOST_DEVELOPMENTS} developments, not ${sent.length}.`;
    throw new Problem('too-large', detail);
  }
  return { developments: sent, form: 'batch', ...expected };
}

/** `what` is the beginning of a sentence: “The body”. */
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
  const detail = `must give each stream, ${MOST_DEVELOPMENTS} at most, its expected revision: a whole number from 0, or -1 where it must not exist`;
  throw invalid('The body', [{ pointer: '/expectedRevision', detail }]);
}
