import { describe, expect, it } from '@jest/globals';
import { settingsFrom, SettingsError } from './settings.js';

describe('settings', () => {
  it('have defaults that serve this machine only', () => {
    expect(settingsFrom({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      data: './data',
      log: 'sqlite',
      logName: 'borderline',
      zone: 'Europe/Vilnius',
      read: 'open',
      trustedProxies: [],
      outbound: [],
      webhooks: 'on',
      cors: [],
      embed: [],
      writeLimit: 600_000,
      readLimit: 600_000,
      failedLimit: 100,
      streamLimit: 10_000,
      clientStreamLimit: 2_500,
      acceptLog: false,
      logLevel: 'info',
    });
  });

  it('come from flags before the environment, and an empty variable counts as absent', () => {
    const flags = { PORT: '4000', BORDERLINE_ZONE: 'Europe/Minsk' };
    expect(settingsFrom({ PORT: '5000', HOST: '', BORDERLINE_READ: 'key' }, flags)).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      zone: 'Europe/Minsk',
      read: 'key',
    });
  });

  it.each([
    ['PORT', '70000', 'PORT or --port must be a whole number from 0 to 65535, not "70000"'],
    ['PORT', '80a', 'PORT or --port must be a whole number from 0 to 65535, not "80a"'],
    ['HOST', 'a b', 'HOST or --host must be an address or a host name, not "a b"'],
    ['BORDERLINE_ZONE', 'Mars/Base', 'BORDERLINE_ZONE or --zone must be an IANA zone'],
    ['BORDERLINE_READ', 'maybe', 'BORDERLINE_READ or --read must be open or key, not "maybe"'],
    [
      'BORDERLINE_WRITE_LIMIT',
      'few',
      'BORDERLINE_WRITE_LIMIT or --write-limit must be a whole number, not "few"',
    ],
    [
      'BORDERLINE_LOG',
      'paper',
      'BORDERLINE_LOG or --log must be sqlite or kurrentdb://host:port, not "paper"',
    ],
    [
      'BORDERLINE_LOG',
      'postgres://me:secret@db:1/x?key=secret',
      'BORDERLINE_LOG or --log must be sqlite or kurrentdb://host:port, not "postgres://db:1/x"',
    ],
    ['BORDERLINE_LOG_NAME', 'a.b', 'BORDERLINE_LOG_NAME or --log-name must be a-z, 0-9 and -'],
    [
      'BORDERLINE_ORIGIN',
      'a b',
      'BORDERLINE_ORIGIN or --origin must be a name without spaces and +, not "a b"',
    ],
    ['BORDERLINE_ACCEPT_LOG', 'x', 'BORDERLINE_ACCEPT_LOG or --accept-log must be yes or no, not "x"'],
    [
      'BORDERLINE_CORS',
      'example.org',
      'BORDERLINE_CORS or --cors must be * or origins such as https://example.org',
    ],
    ['BORDERLINE_CORS', 'https://example.org/', 'comma-separated, not "https://example.org/"'],
    ['BORDERLINE_CORS', 'https://Example.org', 'BORDERLINE_CORS or --cors must be'],
    ['BORDERLINE_CORS', 'https://a.example,*', 'BORDERLINE_CORS or --cors must be'],
    ['BORDERLINE_CORS', 'null', 'BORDERLINE_CORS or --cors must be'],
    ['BORDERLINE_CORS', ',', 'BORDERLINE_CORS or --cors must be'],
    ['BORDERLINE_EMBED', 'example.org', 'BORDERLINE_EMBED or --embed must be * or origins'],
    ['BORDERLINE_TRUSTED_PROXIES', '10.0.0.0/33', 'must be addresses or networks such as 10.0.0.0/8'],
    ['BORDERLINE_OUTBOUND', 'loopback', 'must be addresses or networks such as 10.0.0.0/8'],
    ['BORDERLINE_OUTBOUND', '127.0.0.1/33', 'must be addresses or networks such as 10.0.0.0/8'],
    ['BORDERLINE_WEBHOOKS', 'maybe', 'must be on or off'],
    ['BORDERLINE_TRUSTED_PROXIES', 'everybody', 'must be addresses or networks such as 10.0.0.0/8'],
    ['BORDERLINE_JWKS', 'http://id.example.org/keys', 'must be an https address; http on this machine only'],
    ['BORDERLINE_JWKS', 'https://id.example.org/keys', 'BORDERLINE_JWT_AUDIENCE are needed together'],
    ['BORDERLINE_JWT_ISSUER', 'https://id.example.org', 'BORDERLINE_JWT_AUDIENCE are needed together'],
    ['BORDERLINE_DATA', ' ', 'BORDERLINE_DATA or --data must be a folder, not " "'],
  ])('refuse %s=%s and name the setting in one line', (name, value, message) => {
    expect(() => settingsFrom({ [name]: value })).toThrow(SettingsError);
    expect(() => settingsFrom({ [name]: value })).toThrow(message);
  });

  it('have the origins of pages as a list', () => {
    expect(settingsFrom({ BORDERLINE_CORS: '*' }).cors).toEqual(['*']);
    const given = 'https://a.example, http://localhost:5173';
    expect(settingsFrom({ BORDERLINE_CORS: given }).cors).toEqual([
      'https://a.example',
      'http://localhost:5173',
    ]);
  });

  it('say how tokens are verified, and which proxies are trusted', () => {
    const tokens = {
      BORDERLINE_JWKS: 'https://id.example.org/keys',
      BORDERLINE_JWT_ISSUER: 'https://id.example.org',
      BORDERLINE_JWT_AUDIENCE: 'borderline',
    };
    const proxies = { BORDERLINE_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,fd00::/8, uniquelocal' };
    expect(settingsFrom({ ...tokens, ...proxies })).toMatchObject({
      tokens: {
        jwks: 'https://id.example.org/keys',
        issuer: 'https://id.example.org',
        audience: 'borderline',
      },
      trustedProxies: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8', 'uniquelocal'],
    });
  });

  it('include a switch', () => {
    expect(settingsFrom({ BORDERLINE_ACCEPT_LOG: 'yes' }).acceptLog).toBe(true);
  });

  it('never show a refused key', () => {
    expect(() => settingsFrom({ BORDERLINE_KEY: 'my secret' })).toThrow(/^(?!.*secret).*BORDERLINE_KEY/);
  });
});
