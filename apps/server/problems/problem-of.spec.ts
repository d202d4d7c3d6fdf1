import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { LogError } from '#log';
import { TimeError } from '#time';
import { detailsOf, headersOf, Problem, PROBLEMS } from './problem.js';
import { problemOf } from './problem-of.js';

const fastifyError = (code: string, statusCode: number): Error =>
  Object.assign(new Error(`${code} happened`), { name: 'FastifyError', code, statusCode });

describe('an error', () => {
  it.each([
    [new LogError('id-conflict', 'The id x belongs to another event'), 'id-conflict'],
    [new LogError('wrong-revision', 'Stream s is at revision 1, not at 0'), 'wrong-revision'],
    [new LogError('too-large', 'The event has 70000 bytes'), 'too-large'],
    [new LogError('unavailable', 'The log is closed'), 'unavailable'],
    [new TimeError('no-such-date', '2025-02-30', 'There is no such day.'), 'invalid-parameter'],
    [fastifyError('FST_ERR_CTP_BODY_TOO_LARGE', 413), 'too-large'],
    [fastifyError('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415), 'unsupported-media-type'],
    [fastifyError('FST_ERR_CTP_EMPTY_JSON_BODY', 400), 'malformed-body'],
    [fastifyError('FST_ERR_BAD_URL', 400), 'malformed-request'],
    [new BadRequestException('no'), 'malformed-request'],
    [new NotFoundException('no'), 'not-found'],
    [
      new HttpException('no', 415, { cause: fastifyError('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415) }),
      'unsupported-media-type',
    ],
  ])('that is meant for the client becomes a problem: %s', (error, code) => {
    expect(problemOf(error)).toMatchObject({ code });
  });

  it.each([
    [new Error('a secret')],
    [new RangeError('Maximum call stack size exceeded')],
    [new LogError('corrupt', 'log.db is damaged')],
    [fastifyError('FST_ERR_REP_INVALID_PAYLOAD_TYPE', 500)],
    ['a string'],
    [undefined],
    [null],
  ])('that is a bug reveals no detail: %s', (error) => {
    expect(problemOf(error)).toBeUndefined();
  });
});

describe('a problem', () => {
  it('has the form of RFC 9457', () => {
    const problem = new Problem('invalid-parameter', 'asOf: no such day.', {
      errors: [{ parameter: 'asOf', detail: 'no such day.' }],
    });
    expect(detailsOf(problem, '/v1/crossings#1')).toEqual({
      type: '/problems/invalid-parameter',
      title: 'A parameter cannot be used',
      status: 400,
      detail: 'asOf: no such day.',
      instance: '/v1/crossings#1',
      errors: [{ parameter: 'asOf', detail: 'no such day.' }],
    });
    expect(detailsOf(new Problem('not-found', ''), '/v1/crossings#1').errors).toEqual([]);
  });

  it('says when to try again, and how to authenticate', () => {
    expect(headersOf(new Problem('behind', '', { retryAfter: 5 }))).toMatchObject({ 'retry-after': '5' });
    expect(headersOf(new Problem('too-many-requests', ''))).toMatchObject({ 'retry-after': '1' });
    expect(headersOf(new Problem('key-needed', ''))).toMatchObject({
      'www-authenticate': 'Bearer realm="borderline"',
    });
  });

  it('has a status from 400 to 599', () => {
    for (const { status } of Object.values(PROBLEMS)) expect(status >= 400 && status < 600).toBe(true);
  });
});
