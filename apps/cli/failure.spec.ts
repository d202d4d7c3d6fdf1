import { describe, expect, it } from '@jest/globals';
import { Failure, failed } from './failure.js';
import { refusedBy } from './problem.js';

describe('an error', () => {
  it('is one line', () => {
    expect(failed(new Failure('the file\n  is gone'), false)).toBe('borderline: the file is gone\n');
  });

  it('shows its cause to those who ask', () => {
    const error = new Failure('no', { cause: new Error('deep down') });
    expect(failed(error, false)).not.toContain('deep down');
    expect(failed(error, true)).toContain('deep down');
  });

  it('of the machine is no fault of ours', () => {
    const error = Object.assign(new Error('attempt to write a readonly database'), {
      code: 'SQLITE_READONLY',
    });
    expect(failed(error, false)).toBe('borderline: attempt to write a readonly database\n');
  });

  it('that nobody expected says so', () => {
    expect(failed(new TypeError('x is undefined'), false)).toContain('a fault of borderline');
  });
});

describe('a refusal', () => {
  const body = JSON.stringify({
    title: 'Not a valid development',
    detail: 'The development has 2 faults: is missing',
    errors: [
      { pointer: '/type', detail: 'is missing' },
      { pointer: '/data/crossing', detail: 'must be an id\u001b[2J' },
    ],
  });

  it('lists every fault with its pointer', () => {
    expect(failed(refusedBy(422, body), false)).toBe(
      [
        'borderline: The development has 2 faults: is missing',
        '  /type: is missing',
        '  /data/crossing: must be an id\ufffd[2J',
        '',
      ].join('\n'),
    );
  });

  it('that already says its only fault does not say it twice', () => {
    const detail = 'asOf: there is no month 13.';
    const problem = { detail, errors: [{ parameter: 'asOf', detail: 'there is no month 13.' }] };
    expect(failed(refusedBy(400, JSON.stringify(problem)), false)).toBe(`borderline: ${detail}\n`);
  });

  it('says how to give a key where one is missing', () => {
    expect(refusedBy(401, '{"detail":"Send a key."}').message).toContain('--key');
  });

  it('may be no problem document at all', () => {
    expect(refusedBy(502, '<html>').message).toBe('the server answered 502');
  });
});
