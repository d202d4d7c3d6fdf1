import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { LogError } from '../errors.js';

/**
 * The client's options, as its own parser compares them: without regard to case, `_` and `-`. The parser would only print a warning for an
 * unknown option.
 */
const OPTIONS = new Set(
  [
    'tls',
    'tlsVerifyCert',
    'tlsCAFile',
    'userCertFile',
    'userKeyFile',
    'nodePreference',
    'maxDiscoverAttempts',
    'discoveryInterval',
    'gossipTimeout',
    'keepAliveInterval',
    'keepAliveTimeout',
    'defaultDeadline',
    'connectionName',
  ].map(flat),
);

/** The use of a client: to read, or to write and subscribe. The client has a part for each. */
export type Use = 'reading' | 'streaming';

/** A node of the cluster. */
export interface Node {
  readonly address: string;
  readonly port: number;
}

/**
 * A client of the cluster, or of one node of it; it connects when it is first used. Throws LogError `invalid`; its message and cause do not have the credentials, which
 * the client's own errors and warnings quote.
 */
export function clientOf(text: string, use: Use, node?: Node): KurrentDBClient {
  const unknown = optionsOf(text).find((name) => !OPTIONS.has(flat(name)));
  if (unknown !== undefined) throw new LogError('invalid', `A KurrentDB connection has no option ${unknown}`);
  if (/[?&]node[_-]?preference=(?!leader(&|$))/i.test(text)) {
    throw new LogError('invalid', 'nodePreference can only be leader: only the leader has the whole log');
  }
  try {
    // The old name of the scheme means the same; the client would print a warning.
    const address = node === undefined ? text : addressOf(text, node);
    const client = KurrentDBClient.connectionString(withDefaults(address.replace(/^esdb/, 'kurrentdb'), use));
    const credentials = escapedCredentialsOf(text);
    // The part of the client that reads does not unescape a password in the address; it uses provided credentials unchanged.
    if (credentials !== undefined) client.setCredentialsProvider(() => credentials);
    return client;
  } catch (error) {
    throw new LogError('invalid', `Not a KurrentDB connection string: ${parserReason(error)}`);
  }
}

/** The same address, of one node. */
const addressOf = (text: string, { address, port }: Node): string =>
  text.replace(/^(\w+)(?:\+discover)?:\/\/([^@/?]*@)?[^/?]*/, `$1://$2${address}:${port}`);

/** The user and the password, where one of them has characters that an address must escape. */
function escapedCredentialsOf(
  text: string,
): { readonly username: string; readonly password: string } | undefined {
  const [, user = '', secret = ''] = /^[^:/]+:\/\/([^:]+):([^@]+)@/.exec(text) ?? [];
  const [username, password] = [decodeURIComponent(user), decodeURIComponent(secret)];
  return username === user && password === secret ? undefined : { username, password };
}

/**
 * Connects to the leader of several nodes. The client's reads wait before they connect, half a second by default. A node that hangs has a second
 * to name the leader: the part of the client that reads counts it in milliseconds, the other in seconds.
 */
function withDefaults(text: string, use: Use): string {
  const given = new Set(optionsOf(text).map(flat));
  const gossip = `gossipTimeout=${use === 'reading' ? 1_000 : 1}`;
  const missing = ['nodePreference=leader', 'discoveryInterval=100', gossip].filter(
    (option) => !given.has(flat(option.split('=', 1)[0] ?? '')),
  );
  return missing.reduce((whole, option) => `${whole}${whole.includes('?') ? '&' : '?'}${option}`, text);
}

function optionsOf(text: string): string[] {
  const query = text.includes('?') ? text.slice(text.indexOf('?') + 1) : '';
  return query.split('&').flatMap((pair) => (pair === '' ? [] : [pair.split('=', 1)[0] ?? '']));
}

function flat(name: string): string {
  return name.trim().toLowerCase().replace(/[_-]/g, '');
}

/** The parser's errors have the expected token and the position; the client names missing files. */
function parserReason(error: unknown): string {
  if (error instanceof Error && 'expected' in error && 'location' in error) {
    const [from] = Array.isArray(error.location) ? (error.location as unknown[]) : [];
    return `expected ${String(error.expected)} at position ${String(from)}`;
  }
  const said = error instanceof Error ? error.message : '';
  return /^(Failed to load certificate|userCertFile must|Invalid keepAlive|Invalid defaultDeadline)/.test(
    said,
  )
    ? said
    : 'expected kurrentdb://host:port?tls=true, or kurrentdb+discover://host:port';
}
