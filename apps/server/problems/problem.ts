import type { AcceptanceWarning } from '#events';

/**
 * The error answers of the service: a closed set of codes, each with its status, its title and an explanation, which `/problems/<code>` shows.
 * The type of a problem (RFC 9457 §3.1.1) is that address.
 */
export const PROBLEMS = {
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read',
    meaning: 'The address, a header or the HTTP message itself is not well formed.',
  },
  'malformed-body': {
    status: 400,
    title: 'The body cannot be read',
    meaning:
      'The body is empty, is not UTF-8, is not JSON (RFC 8259), nests more than 64 levels deep, or has a member twice (RFC 7493 §2.3); then `errors` names it.',
  },
  'invalid-parameter': {
    status: 400,
    title: 'A parameter cannot be used',
    meaning: '`errors` names each parameter and its form. A parameter may be given once only.',
  },
  'unknown-parameter': {
    status: 400,
    title: 'There is no such parameter',
    meaning:
      'A misspelt parameter would silently change the question, so it is refused. `errors` names it and the known parameters.',
  },
  'key-needed': {
    status: 401,
    title: 'A key is needed',
    meaning:
      'Send `Authorization: Bearer <key>`. The key is missing, unknown, revoked or expired; or it is a token that cannot be verified: `detail` has the reason. The first start of the server makes a key; `borderline keys create` makes more.',
  },
  'scope-missing': {
    status: 403,
    title: 'The key does not allow this',
    meaning:
      'The key or token is valid, but lacks the scope that `detail` names: read, report, edit, audit or admin.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    meaning: 'There is no such address, or nothing is known under this id.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed here',
    meaning: 'The header `Allow` lists the methods of this address.',
  },
  'not-acceptable': {
    status: 406,
    title: 'There is no answer of this type',
    meaning:
      '`Accept` (RFC 9110 §12.5.1) allows none of the media types of this address; `detail` lists them. Without the header, the answer has the first one.',
  },
  'id-conflict': {
    status: 409,
    title: 'The id belongs to another event',
    meaning:
      'An event with this id and other content is in the log already. Nothing was stored. To change the event, correct it.',
  },
  'wrong-revision': {
    status: 409,
    title: 'The stream is at another revision',
    meaning:
      'The stream has new events since you read it, and nothing was stored. Read it again, then decide.',
  },
  'another-log': {
    status: 409,
    title: 'The position is not in this log',
    meaning:
      '`after` is beyond the end of the log, or names an event that this log does not have there: it is another log, or it was restored to an earlier state. Discard all events that you have read, and start again.',
  },
  'too-many-webhooks': {
    status: 409,
    title: 'The key has too many webhooks',
    meaning:
      'A key may have 20. Delete one, or extend the filter of one: it may name several types and subjects.',
  },
  'webhook-conflict': {
    status: 409,
    title: 'The webhook is at another place',
    meaning:
      'The request does not fit the place of the webhook: the message to skip is not the failing one, a redelivery is under way, or nothing was sent yet that could be sent again. `detail` has the reason.',
  },
  'too-large': {
    status: 413,
    title: 'Too large',
    meaning:
      'A body may have 32 MiB, one with a receipt 4 MiB, an event 65,535 bytes of canonical JSON, a batch 10,000 developments. A dry run may take five seconds of work: send fewer developments in one.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is of an unsupported type',
    meaning:
      'Send JSON in UTF-8, with `Content-Type: application/json` and without a `Content-Encoding`; developments may also be CloudEvents. The header `Accept` or `Accept-Encoding` of the answer lists the accepted forms.',
  },
  'inexact-value': {
    status: 422,
    title: 'A value cannot be stored exactly',
    meaning:
      'The body is JSON with a number that a double cannot represent exactly, such as 9007199254740993 or 1e400, or with half of a surrogate pair (RFC 7493 §2). `errors` names each. Send a long number as a text.',
  },
  'too-many-members': {
    status: 422,
    title: 'An object has too many members',
    meaning:
      'An object of the body has more than 10,000 members, or the body more than 1,000,000 values, or 100,000 where a reader may send it, or more than 1 MiB without a comma. Send several batches.',
  },
  'invalid-development': {
    status: 422,
    title: 'Not a valid development',
    meaning:
      'The JSON is well formed, but is not a valid development. `errors` has every fault with its JSON pointer.',
  },
  'invalid-webhook': {
    status: 422,
    title: 'Not a valid webhook',
    meaning:
      'The JSON is well formed, and a member of it cannot be used: `errors` has every fault with its JSON pointer. An address into a private network is refused unless the server is set to allow it (`BORDERLINE_OUTBOUND`).',
  },
  'has-warnings': {
    status: 422,
    title: 'There are warnings',
    meaning:
      'The request is `strict`, and has a probable mistake. `errors` has every warning with its JSON pointer and its code. Nothing was recorded; without `strict` it would be.',
  },
  'invalid-question': {
    status: 422,
    title: 'There is no receipt for this question',
    meaning:
      'The JSON is well formed, but is not a question whose answer can be signed. `errors` has every fault with its JSON pointer.',
  },
  'not-a-receipt': {
    status: 422,
    title: 'Not a receipt',
    meaning:
      'The text does not have the form of a receipt: a signed note of two lines. For a receipt with another signature the answer is 200, with the fault `signature`.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    meaning:
      'The client has reached its limit of reads or writes in a minute or of streams at the same time, or its address has sent too many wrong keys. A client is a key or token, or an address without one. Wait for the seconds in `Retry-After`; it is safe to retry.',
  },
  internal: {
    status: 500,
    title: 'The server failed',
    meaning:
      'This is a fault of the service. The id at the end of `instance` finds it in the log of the server.',
  },
  'not-supported': {
    status: 501,
    title: 'The log of this server cannot do this',
    meaning:
      'The cluster of the log is older than KurrentDB 25.1, and accepts developments about several subjects only one subject at a time. Nothing was stored.',
  },
  behind: {
    status: 503,
    title: 'The views or the audit tree are behind',
    meaning:
      'The views have not reached the sequence in `atLeast`, or the audit tree has not reached the size. Ask again after `Retry-After` seconds.',
  },
  unavailable: {
    status: 503,
    title: 'Not available now',
    meaning:
      'The server is starting or stopping, has reached its limit of streams, cannot fetch the keys of the issuer of tokens, or cannot use its disk now. Ask again after `Retry-After` seconds; it is safe to retry a write.',
  },
} as const satisfies Record<string, ProblemKind>;

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly meaning: string;
}

export type ProblemCode = keyof typeof PROBLEMS;

export const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(PROBLEMS, text);

export const typeOf = (code: ProblemCode): `/problems/${ProblemCode}` => `/problems/${code}`;

/** A fault in the body (`pointer`) or in the query (`parameter`), or a warning (`code`). */
export interface ProblemFault extends Partial<Omit<AcceptanceWarning, 'pointer' | 'detail'>> {
  /** A JSON pointer (RFC 6901) into the body. */
  readonly pointer?: string;
  /** The name of a parameter of the query. */
  readonly parameter?: string;
  readonly detail: string;
}

/** Thrown anywhere in the server; the filter turns it into the answer. `detail` is for the client to read. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly more: {
      readonly errors?: readonly ProblemFault[];
      /** Seconds; 1 where absent, for the statuses that have it. */
      readonly retryAfter?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
  }
}

/** A problem: the body of the answer (RFC 9457 §3). */
export interface ProblemDetails {
  /**
   * The address of the explanation.
   * @format uri-reference
   */
  readonly type: `/problems/${ProblemCode}`;
  readonly title: string;
  /** @asType integer */
  readonly status: number;
  readonly detail: string;
  /** @format uri-reference */
  readonly instance: string;
  /** Empty where neither the body nor the query has a fault. */
  readonly errors: readonly ProblemFault[];
}

export function detailsOf(problem: Problem, instance: string): ProblemDetails {
  const { status, title } = PROBLEMS[problem.code];
  const { errors = [] } = problem.more;
  return {
    type: typeOf(problem.code),
    title,
    status,
    detail: problem.detail,
    instance,
    errors: errors.slice(0, MOST_ERRORS),
  };
}

/** More faults than any list has. It bounds every answer. */
const MOST_ERRORS = 300;

/** The headers that the status asks for (RFC 9110 §10.2.3, §11.6.1). */
export function headersOf(problem: Problem): Record<string, string> {
  const { status } = PROBLEMS[problem.code];
  return {
    'cache-control': 'no-store',
    ...(status === 401 ? { 'www-authenticate': 'Bearer realm="borderline"' } : {}),
    ...(status === 429 || status === 503 ? { 'retry-after': String(problem.more.retryAfter ?? 1) } : {}),
    ...problem.more.headers,
  };
}
