/** The kinds of storage of a log. */
export type Engine = 'sqlite' | 'kurrentdb';

const CLUSTER = /^(kurrentdb|kurrent|kdb|esdb)(\+discover)?:\/\//;

/** Whether the text is the address of a KurrentDB cluster: `kurrentdb://…`, `kurrentdb+discover://…`, `esdb://…`. */
export function isConnectionString(text: string): boolean {
  return CLUSTER.test(text);
}

/** The engine that a setting means: `sqlite`, or the address of a cluster; undefined where it means none. */
export function engineOf(setting: string): Engine | undefined {
  if (setting === 'sqlite') return 'sqlite';
  return isConnectionString(setting) ? 'kurrentdb' : undefined;
}

/** An address without its secrets, for messages. */
export function withoutCredentials(text: string): string {
  return text.replace(/^([^:/]*:\/\/)[^/?]*@/, '$1').replace(/\?.*$/s, '');
}

/** Whether a log in a cluster can have the name: a-z, 0-9 and -, 64 characters at most. */
export function isLogName(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,63}$/.test(text);
}
