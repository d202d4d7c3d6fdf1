import { isIP } from 'node:net';
import { engineOf, isLogName, withoutCredentials } from '#log';
import { isZone } from '#time';

/** The settings of a server. Immutable; checked once. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** The folder of the log, the views and the keys. */
  readonly data: string;
  /** The folder of `keys.json`, `audit.key` and `webhooks.key`, if instances share them; absent: the data folder. */
  readonly keyFolder?: string;
  /** `sqlite`: in the data folder; otherwise the address of a KurrentDB cluster, which may contain a password. */
  readonly log: string;
  /** The name of the log in a cluster. */
  readonly logName: string;
  /** The IANA zone of times without an offset. */
  readonly zone: string;
  /** Whether reading needs a key too. */
  readonly read: 'open' | 'key';
  /** A key that is accepted with every scope, beside the keys of the key file. */
  readonly key?: string;
  /** How bearer tokens of an organisation's own issuer are verified; absent: no token is accepted. */
  readonly tokens?: {
    /** The address of the issuer's keys. */
    readonly jwks: string;
    readonly issuer: string;
    readonly audience: string;
  };
  /** Addresses and networks of proxies whose `X-Forwarded-For` says where a request came from. */
  readonly trustedProxies: readonly string[];
  /** The origins of web pages that may use the API; `*`: of all pages. */
  readonly cors: readonly string[];
  /** The origins of web pages that may show a picture of the page in a frame; `*`: of all pages. */
  readonly embed: readonly string[];
  /** How often a key may write within a minute, together or evenly; 0: without limit. */
  readonly writeLimit: number;
  /** How often a client may read within a minute, together or evenly; 0: without limit. */
  readonly readLimit: number;
  /** Wrong keys and tokens that one address may send within a minute; 0: without limit. */
  readonly failedLimit: number;
  /** Event streams and NDJSON answers that are sent at the same time; 0: without limit. */
  readonly streamLimit: number;
  /** The same limit for one key, or for one address without a key. */
  readonly clientStreamLimit: number;
  /** Addresses and networks that webhooks may reach although they are not public, also without TLS. */
  readonly outbound: readonly string[];
  /** Whether webhooks are delivered; `off`: they are stored only. */
  readonly webhooks: 'on' | 'off';
  /** The name of the log in its checkpoints; absent: the name of its key. */
  readonly origin?: string;
  /** Whether to start although the log does not extend its last signed checkpoint. */
  readonly acceptLog: boolean;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Name in the environment → flag, and its line in `--help`. */
export const SETTINGS = {
  PORT: { flag: 'port', help: 'port to listen on; 0: a free one (3000)' },
  HOST: { flag: 'host', help: 'address to listen on (127.0.0.1)' },
  BORDERLINE_DATA: { flag: 'data', help: 'folder of the log, the views and the keys (./data)' },
  BORDERLINE_KEY_FOLDER: {
    flag: 'key-folder',
    help: 'folder of keys.json, audit.key and webhooks.key, if instances share them (the data folder)',
  },
  BORDERLINE_LOG: {
    flag: 'log',
    help: 'engine of the log: sqlite, or kurrentdb://… or kurrentdb+discover://… (sqlite)',
  },
  BORDERLINE_LOG_NAME: { flag: 'log-name', help: 'name of the log in a cluster (borderline)' },
  BORDERLINE_ZONE: { flag: 'zone', help: 'zone of times without an offset (Europe/Vilnius)' },
  BORDERLINE_READ: { flag: 'read', help: 'open, or key: reading needs a key too (open)' },
  BORDERLINE_KEY: { flag: 'key', help: 'a key to accept as admin (none)' },
  BORDERLINE_JWKS: {
    flag: 'jwks',
    help: 'https address of the keys of an issuer, whose tokens (JWT) are accepted like keys (none)',
  },
  BORDERLINE_JWT_ISSUER: { flag: 'jwt-issuer', help: 'the claim iss that tokens must have' },
  BORDERLINE_JWT_AUDIENCE: { flag: 'jwt-audience', help: 'the claim aud that tokens must have' },
  BORDERLINE_TRUSTED_PROXIES: {
    flag: 'trusted-proxies',
    help: 'proxies whose X-Forwarded-For is used: addresses, networks, loopback, linklocal, uniquelocal, comma-separated (none)',
  },
  BORDERLINE_CORS: {
    flag: 'cors',
    help: 'origins of web pages that may use the API, comma-separated, or * (none)',
  },
  BORDERLINE_EMBED: {
    flag: 'embed',
    help: 'origins of web pages that may show pictures of the page (?embed) in a frame, comma-separated, or * (none)',
  },
  BORDERLINE_WRITE_LIMIT: {
    flag: 'write-limit',
    help: 'writes a minute of a key, a batch counts as one; 0: no limit (600000)',
  },
  BORDERLINE_READ_LIMIT: {
    flag: 'read-limit',
    help: 'reads a minute of a key, or of an address without one; 0: no limit (600000)',
  },
  BORDERLINE_FAILED_LIMIT: {
    flag: 'failed-limit',
    help: 'wrong keys and tokens a minute from an address; 0: no limit (100)',
  },
  BORDERLINE_STREAM_LIMIT: {
    flag: 'stream-limit',
    help: 'event streams and NDJSON answers at the same time; 0: no limit (10000)',
  },
  BORDERLINE_CLIENT_STREAM_LIMIT: {
    flag: 'client-stream-limit',
    help: 'the same for one key, or for one address without a key; 0: no limit (2500)',
  },
  BORDERLINE_OUTBOUND: {
    flag: 'outbound',
    help: 'addresses or networks that are not public and that webhooks may reach, also over http, comma-separated (none)',
  },
  BORDERLINE_WEBHOOKS: { flag: 'webhooks', help: 'on, or off: webhooks are stored and not delivered (on)' },
  BORDERLINE_ORIGIN: { flag: 'origin', help: 'name of the log in its checkpoints (borderline.local/log)' },
  BORDERLINE_ACCEPT_LOG: {
    flag: 'accept-log',
    help: 'accept the log, although it is not the signed one; as a variable: yes (no)',
  },
  BORDERLINE_LOG_LEVEL: {
    flag: 'log-level',
    help: `${LOG_LEVELS.join(', ')} (warn on a terminal, else info)`,
  },
} as const;

export type SettingName = keyof typeof SETTINGS;
/** The settings whose flag takes no value: the flag means yes. */
export const SWITCHES: readonly SettingName[] = ['BORDERLINE_ACCEPT_LOG'];
/** The values in the environment: text, or absent. */
export type Given = Readonly<Partial<Record<SettingName, string | undefined>>>;

/** A setting that cannot be used. The message names it and is one line, for the terminal. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** A flag takes precedence over the environment; an empty text counts as absent. Throws SettingsError, which names the setting. */
export function settingsFrom(environment: Given, flags: Given = {}, terminal = false): Settings {
  const read = (name: SettingName, fits: (text: string) => boolean, must: string): string | undefined => {
    const text = flags[name] ?? (environment[name] || undefined);
    if (text === undefined || fits(text)) return text;
    const shown = name === 'BORDERLINE_KEY' ? '' : `, not ${JSON.stringify(withoutCredentials(text))}`;
    throw new SettingsError(`${name} or --${SETTINGS[name].flag} must be ${must}${shown}`);
  };
  const oneOf = <T extends string>(name: SettingName, choices: readonly T[], otherwise: T): T => {
    const text = read(name, (given) => choices.some((choice) => choice === given), choices.join(' or '));
    return choices.find((choice) => choice === text) ?? otherwise;
  };
  const limit = (name: SettingName, otherwise: number): number =>
    Number(read(name, (text) => /^\d{1,9}$/.test(text), 'a whole number') ?? otherwise);
  const list = (...given: Parameters<Read>): string[] => membersOf(read(...given) ?? '');
  const key = read('BORDERLINE_KEY', (text) => /^[\x21-\x7e]{1,200}$/.test(text), 'visible ASCII, no spaces');
  const origin = read(
    'BORDERLINE_ORIGIN',
    (text) => /^[^\s+\p{C}]{1,200}$/u.test(text),
    'a name without spaces and +',
  );
  const keyFolder = read('BORDERLINE_KEY_FOLDER', isFolder, 'a folder');
  return {
    port: Number(read('PORT', isPort, 'a whole number from 0 to 65535') ?? 3000),
    host: read('HOST', (text) => /^[\w.:-]+$/.test(text), 'an address or a host name') ?? '127.0.0.1',
    data: read('BORDERLINE_DATA', isFolder, 'a folder') ?? './data',
    ...(keyFolder === undefined ? {} : { keyFolder }),
    log:
      read('BORDERLINE_LOG', (text) => engineOf(text) !== undefined, 'sqlite or kurrentdb://host:port') ??
      'sqlite',
    logName: read('BORDERLINE_LOG_NAME', isLogName, 'a-z, 0-9 and -, 64 characters at most') ?? 'borderline',
    zone: read('BORDERLINE_ZONE', isZone, 'an IANA zone such as Europe/Vilnius') ?? 'Europe/Vilnius',
    read: oneOf('BORDERLINE_READ', ['open', 'key'], 'open'),
    ...(key === undefined ? {} : { key }),
    ...tokensFrom(read),
    trustedProxies: list(
      'BORDERLINE_TRUSTED_PROXIES',
      areProxies,
      'addresses or networks such as 10.0.0.0/8, comma-separated',
    ),
    cors: list('BORDERLINE_CORS', areOrigins, '* or origins such as https://example.org, comma-separated'),
    embed: list('BORDERLINE_EMBED', areOrigins, '* or origins such as https://example.org, comma-separated'),
    writeLimit: limit('BORDERLINE_WRITE_LIMIT', 600_000),
    readLimit: limit('BORDERLINE_READ_LIMIT', 600_000),
    failedLimit: limit('BORDERLINE_FAILED_LIMIT', 100),
    streamLimit: limit('BORDERLINE_STREAM_LIMIT', 10_000),
    clientStreamLimit: limit('BORDERLINE_CLIENT_STREAM_LIMIT', 2_500),
    outbound: list(
      'BORDERLINE_OUTBOUND',
      areNetworks,
      'addresses or networks such as 10.0.0.0/8, comma-separated',
    ),
    webhooks: oneOf('BORDERLINE_WEBHOOKS', ['on', 'off'], 'on'),
    ...(origin === undefined ? {} : { origin }),
    acceptLog: oneOf('BORDERLINE_ACCEPT_LOG', ['yes', 'no'], 'no') === 'yes',
    logLevel: oneOf('BORDERLINE_LOG_LEVEL', LOG_LEVELS, terminal ? 'warn' : 'info'),
  };
}

const isFolder = (text: string): boolean => !/^\s*$|\0/.test(text);

const membersOf = (text: string): string[] =>
  text
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');

type Read = (name: SettingName, fits: (text: string) => boolean, must: string) => string | undefined;

/** All three or none: without a check of issuer and audience, a token for another service would be accepted. */
function tokensFrom(read: Read): Pick<Settings, 'tokens'> {
  const isName = (text: string): boolean => /^[\x21-\x7e]{1,200}$/.test(text);
  const jwks = read('BORDERLINE_JWKS', isKeyAddress, 'an https address; http on this machine only');
  const issuer = read('BORDERLINE_JWT_ISSUER', isName, 'visible ASCII, no spaces');
  const audience = read('BORDERLINE_JWT_AUDIENCE', isName, 'visible ASCII, no spaces');
  if (jwks !== undefined && issuer !== undefined && audience !== undefined) {
    return { tokens: { jwks, issuer, audience } };
  }
  if ([jwks, issuer, audience].every((given) => given === undefined)) return {};
  throw new SettingsError(
    'BORDERLINE_JWKS, BORDERLINE_JWT_ISSUER and BORDERLINE_JWT_AUDIENCE are needed together: set all three or none',
  );
}

function isKeyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname))
  );
}

/** In the form that Fastify accepts. */
const areProxies = (text: string): boolean => {
  const proxies = membersOf(text);
  return proxies.length > 0 && proxies.every((proxy) => NETWORKS.has(proxy) || isNetwork(proxy));
};

const areNetworks = (text: string): boolean => {
  const networks = membersOf(text);
  return networks.length > 0 && networks.every(isNetwork);
};

const NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

/** `*`, or origins as a browser sends them (RFC 6454 §6.2): another spelling would match nothing. */
function areOrigins(text: string): boolean {
  const origins = membersOf(text);
  return text.trim() === '*' || (origins.length > 0 && origins.every(isWebOrigin));
}

const isWebOrigin = (text: string): boolean =>
  URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
