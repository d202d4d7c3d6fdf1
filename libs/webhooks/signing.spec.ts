import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { newSecret, signedHeaders } from './signing.js';

const at = Date.now();

describe('the signature of a message', () => {
  it('is verified by the standardwebhooks package, for any body', () => {
    const secret = newSecret();
    fc.assert(
      fc.property(fc.json(), fc.stringMatching(/^[\w-]{1,80}$/), (body, id) => {
        expect(() =>
          new Webhook(secret).verify(body, signedHeaders({ id, at, body }, [secret])),
        ).not.toThrow();
      }),
    );
  });

  it('is verified with either of two secrets, and with no other', () => {
    const [older, newer, other] = [newSecret(), newSecret(), newSecret()];
    const body = '{"a":1}';
    const headers = signedHeaders({ id: 'm_1', at, body }, [newer, older]);
    for (const secret of [newer, older]) expect(new Webhook(secret).verify(body, headers)).toEqual({ a: 1 });
    expect(() => new Webhook(other).verify(body, headers)).toThrow(/signature/i);
    expect(() => new Webhook(newer).verify('{"a":2}', headers)).toThrow(/signature/i);
    expect(() => new Webhook(newer).verify(body, { ...headers, 'webhook-id': 'm_2' })).toThrow(/signature/i);
    expect(headers['webhook-signature']!.split(' ')[0]).toBe(
      signedHeaders({ id: 'm_1', at, body }, [newer])['webhook-signature'],
    );
  });

  it('is of a secret of 32 bytes', () => {
    const secret = newSecret();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newSecret()).not.toBe(secret);
  });
});
