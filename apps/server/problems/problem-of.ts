import { HttpException } from '@nestjs/common';
import { diskReasonOf, LogError } from '#log';
import { TimeError } from '#time';
import { ViewsError } from '#views';
import { Problem, type ProblemCode } from './problem.js';

/** Fastify's own errors, by code (https://fastify.dev/docs/latest/Reference/Errors/). */
const FASTIFY: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-body',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-body',
};

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** The problem that the client gets for an error. Undefined: a bug; the client learns nothing about it. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof LogError) return ofLog(error);
  if (error instanceof ViewsError) return ofViews(error);
  if (error instanceof TimeError) return new Problem('invalid-parameter', error.message, { cause: error });
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status === undefined) return ofDisk(error);
  if (status >= 500 && status !== 503) return undefined;
  const origin = error instanceof HttpException && error.cause !== undefined ? error.cause : error;
  const code = FASTIFY[codeOf(origin)] ?? BY_STATUS[status] ?? 'malformed-request';
  return new Problem(code, messageOf(error), { cause: error });
}

function ofViews(error: ViewsError): Problem {
  return new Problem(error.code === 'too-long' ? 'too-large' : error.code, error.message, { cause: error });
}

function ofLog(error: LogError): Problem | undefined {
  switch (error.code) {
    case 'wrong-revision':
    case 'id-conflict':
    case 'too-large':
      return new Problem(error.code, `${error.message}.`, { cause: error });
    case 'unavailable':
      return new Problem('unavailable', `The log cannot be used now${because(error)}.`, { cause: error });
    case 'invalid':
    case 'not-empty':
    case 'not-a-log':
    case 'newer-format':
    case 'corrupt':
      return undefined;
  }
}

function because(error: LogError): string {
  const reason = diskReasonOf(error);
  return reason === undefined ? '' : `: ${reason}`;
}

/** A full disk, a locked file: not a bug, and temporary. */
function ofDisk(error: unknown): Problem | undefined {
  const reason = diskReasonOf(error);
  if (reason === undefined) return undefined;
  return new Problem('unavailable', `The server cannot do this now: ${reason}.`, { cause: error });
}

/** Only errors that are meant as answers have a status: the errors of Fastify and of its parsers. */
function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 ? status : undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function messageOf(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : '').split('\n');
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
