import type { components } from './api.js';

/** A fault in the body (`pointer`, RFC 6901) or in the query (`parameter`). */
export type ReportedFault = components['schemas']['ProblemFault'];

/** The server answered with a problem (RFC 9457). The message is the detail of the problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly status: number,
    message: string,
    /** The last part of the problem's type, such as `key-needed`. `/problems` of the server explains all codes. Empty for other answers. */
    readonly code: string = '',
    readonly errors: readonly ReportedFault[] = [],
    /** The number of seconds to wait before a retry, where the server gives it. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/** The server cannot be reached, or the connection was lost. The message says which of the two, in a few words. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** Reads the body of an answer that is not a success, of any type. */
export function problemIn(status: number, body: string, retryAfter: string | null = null): ProblemError {
  const { type, title, detail, errors } = membersIn(body);
  const message = textIn(detail) ?? textIn(title) ?? `the server answered ${status}`;
  const code = /\/problems\/([\w-]+)$/.exec(textIn(type) ?? '')?.[1];
  const seconds = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  return new ProblemError(status, message, code, faultsIn(errors), seconds);
}

/** The error for a failed connection. Its cause is the error of `fetch`. */
export function connectionErrorOf(url: string, error: unknown): ConnectionError {
  if (error instanceof ConnectionError) return error;
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = REASONS[code] ?? (cause instanceof Error ? cause.message || code : String(cause));
  return new ConnectionError(`${url} cannot be reached: ${reason}`, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'no server listens there',
  ENOTFOUND: 'there is no such host',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
};

function membersIn(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const TEXTS = ['pointer', 'parameter', 'code', 'suggestion', 'subject'] as const;

function faultsIn(errors: unknown): ReportedFault[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown): ReportedFault[] => {
    const { detail, ...others } = Object(error) as Record<string, unknown>;
    if (typeof detail !== 'string') return [];
    const texts = TEXTS.flatMap((name) => (typeof others[name] === 'string' ? [[name, others[name]]] : []));
    return [{ detail, ...(Object.fromEntries(texts) as Omit<ReportedFault, 'detail'>) }];
  });
}
