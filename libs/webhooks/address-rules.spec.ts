import { describe, expect, it } from '@jest/globals';
import { AddressRules, NOT_REACHED, receiverFault } from './address-rules.js';

const NONE = new AddressRules([]);

describe('an address that requests may go to', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '192.0.0.192',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '168.63.129.16',
    '192.88.99.1',
    '::',
    '::1',
    '::7f00:1',
    '::127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:0:7f00:1',
    '::ffff:168.63.129.16',
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '2002:7f00:1::1',
    '2002:808:808::1',
    '2001:0:53aa:64c::1',
    '2001:db8::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '100::1',
    '4000::1',
    'localhost',
    '127.1',
    '',
  ])('is not %s', (address) => {
    expect([NONE.permit(address, true), NONE.permit(address, false)]).toEqual([false, false]);
  });

  it.each([
    '8.8.8.8',
    '193.0.6.139',
    '2a00:1450:400f::1',
    '2606:4700::1',
    '::ffff:808:808',
    '64:ff9b::808:808',
  ])('is %s, over TLS', (address) => {
    expect([NONE.permit(address, true), NONE.permit(address, false)]).toEqual([true, false]);
  });

  it.each([
    ['127.0.0.0/8', '127.0.0.1', true],
    ['127.0.0.0/8', '::ffff:127.0.0.1', true],
    ['127.0.0.0/8', '10.0.0.1', false],
    ['127.0.0.0/8', '::1', false],
    ['::1', '::1', true],
    ['::1', '::2', false],
    ['fd00::/8', 'fd00::5', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.4', false],
    ['10.0.0.0/8', '64:ff9b::a00:1', true],
  ])('with %s allowed: %s is %s, also without TLS', (allowed, address, is) => {
    const rules = new AddressRules([allowed]);
    expect([rules.permit(address, true), rules.permit(address, false)]).toEqual([is, is]);
  });
});

describe('the address of a receiver', () => {
  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://127.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://017700000001/',
    'https://127.0.0.1./',
    'https://１２７.０.０.１/',
    'https://127。0。0。1/',
    'https://%31%32%37.0.0.1/',
    'https://0/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::7f00:1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[fe80::1]/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://a.localhost/',
    'https://169.254.169.254/latest/meta-data/',
    'https://0xa9fea9fe/',
    'https://168.63.129.16/',
  ])('may not be %s, and the reason is not revealed', (url) => {
    expect(receiverFault(url, NONE)).toBe(NOT_REACHED);
  });

  it.each([
    ['http://example.org/', 'must be an https address'],
    ['ftp://example.org/', 'must be an https address'],
    ['file:///etc/passwd', 'must be an https address'],
    ['https://user@example.org/', 'must be without a user and a password'],
    ['https://:secret@example.org/', 'must be without a user and a password'],
    ['https://example.org/#part', 'must be without a fragment'],
    ['https://', /such as https/],
    ['example.org', /such as https/],
    [`https://example.org/${'x'.repeat(2_000)}`, /such as https/],
    [5, /such as https/],
  ])('is not %s', (url, fault) => {
    expect(receiverFault(url, NONE)).toEqual(
      typeof fault === 'string' ? fault : expect.stringMatching(fault),
    );
  });

  it.each(['https://example.org/hook?a=b', 'https://example.org:8443/', 'https://8.8.8.8/'])(
    'is %s',
    (url) => {
      expect(receiverFault(url, NONE)).toBeUndefined();
    },
  );

  it('may be http only where a network is allowed, and is in it', () => {
    const rules = new AddressRules(['127.0.0.0/8']);
    expect(receiverFault('http://127.0.0.1:8080/', rules)).toBeUndefined();
    expect(receiverFault('http://localhost/', rules)).toBeUndefined();
    expect(receiverFault('http://8.8.8.8/', rules)).toBe(NOT_REACHED);
    expect(receiverFault('http://[::1]/', rules)).toBe(NOT_REACHED);
  });
});
