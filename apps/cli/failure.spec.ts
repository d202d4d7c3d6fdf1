import { describe, expect, it } from '@jest/globals';
import { Failure, failed } from './failure.js';
import { ProblemError } from '#client';

describe('an error', () => {
  it('is one line', () => {
    expect(failed(new Failure('the file\n  is gone'), false)).toBe('borderline: the file is gone\n');
  });

  it('shows its cause on request', () => {
    const error = new Failure('no', { cause: new Error('deep down') });
    expect(failed(error, false)).not.toContain('deep down');
    expect(failed(error, true)).toContain('deep down');
  });

  it('that comes from the machine is not called a fault of borderline', () => {
    const error = Object.assign(new Error('attempt to write a readonly database'), {
      code: 'SQLITE_READONLY',
    });
    expect(failed(error, false)).toBe('borderline: attempt to write a readonly database\n');
  });

  it('that nobody expected is called a fault of borderline', () => {
    expect(failed(new TypeError('x is undefined'), false)).toContain('a fault of borderline');
  });
});

describe('a refusal', () => {
  it('lists every fault with its pointer', () => {
    const errors = [
      { pointer: '/type', detail: 'is missing' },
      { pointer: '/data/crossing', detail: 'must be an id\u001b[2J' },
    ];
    const error = new ProblemError(422, 'The development has 2 faults: is missing', '', errors);
    expect(failed(error, false)).toBe(
      [
        'borderline: The development has 2 faults: is missing',
        '  /type: is missing',
        '  /data/crossing: must be an id\ufffd[2J',
        '',
      ].join('\n'),
    );
  });

  it('whose message already names its only fault does not repeat it', () => {
    const errors = [{ parameter: 'asOf', detail: 'there is no month 13.' }];
    const error = new ProblemError(400, 'asOf: there is no month 13.', '', errors);
    expect(failed(error, false)).toBe('borderline: asOf: there is no month 13.\n');
  });

  it('says how to give a key where one is missing', () => {
    expect(failed(new ProblemError(401, 'Send a key.'), false)).toContain('--key');
  });
});
