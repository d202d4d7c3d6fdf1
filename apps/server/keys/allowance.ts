import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Runtime } from '#runtime';
import { accessOf } from './needs.js';

const MINUTE_MS = 60_000;
/** The number of clients that are remembered. Above it, clients with their whole allowance are forgotten first, then the oldest. */
const MOST_CLIENTS = 50_000;

/**
 * A limit on the requests of each client, as a token bucket: a client may send `perMinute` requests together, and gets as many again in
 * each minute, evenly. In memory, by the name of the client; a client that was forgotten has its whole allowance.
 */
export class Allowance {
  /** By client: the rest of its allowance, and the time at which it was counted. The least recent clients are first. */
  private readonly left = new Map<string, { readonly times: number; readonly at: number }>();

  constructor(
    /** 0: no limit. */
    private readonly perMinute: number,
    private readonly runtime: Runtime,
  ) {}

  /** Whether no client has taken a request. */
  get isUnused(): boolean {
    return this.left.size === 0;
  }

  /** Takes one request, and returns 0; or takes none, and returns the milliseconds until there is one. */
  take(client: string): number {
    if (this.perMinute === 0) return 0;
    const at = this.runtime.elapsed();
    const times = this.timesLeft(client, at);
    const taken = times >= 1;
    this.left.delete(client);
    this.left.set(client, { times: taken ? times - 1 : times, at });
    if (this.left.size > MOST_CLIENTS) this.forget(at);
    return taken ? 0 : this.untilOne(times);
  }

  /** The milliseconds until `take` would take a request; 0: now. */
  wait(client: string): number {
    if (this.perMinute === 0) return 0;
    const times = this.timesLeft(client, this.runtime.elapsed());
    return times >= 1 ? 0 : this.untilOne(times);
  }

  private timesLeft(client: string, at: number): number {
    const before = this.left.get(client);
    if (!before) return this.perMinute;
    return Math.min(this.perMinute, before.times + ((at - before.at) * this.perMinute) / MINUTE_MS);
  }

  private untilOne(times: number): number {
    return ((1 - times) * MINUTE_MS) / this.perMinute;
  }

  private forget(at: number): void {
    for (const client of this.left.keys()) {
      if (this.timesLeft(client, at) >= this.perMinute) this.left.delete(client);
    }
    for (const client of this.left.keys()) {
      if (this.left.size <= MOST_CLIENTS) return;
      this.left.delete(client);
    }
  }
}

/** The client for limits: the key or the token of a request, or, without a key or token, its network. */
export const countedAs = (request: FastifyRequest): string => accessOf(request)?.id ?? networkOf(request.ip);

/**
 * The network of an address: of IPv4 the address itself, of IPv6 the /64 that a subscriber commonly has, since its owner has 2^64
 * addresses. A mapped IPv4 address (::ffff:192.0.2.1, RFC 4291 §2.5.5.2) counts as the IPv4 address.
 */
export function networkOf(ip: string | undefined): string {
  // A closed connection has no address.
  const [address = ''] = (ip ?? '').split('%');
  if (!address.includes(':') || !isIPv6(address)) return address.slice(0, 45);
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before = '', after = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const zeros = 8 - groups(before).length - groups(after).length;
  return [...groups(before), ...Array<string>(zeros).fill('0'), ...groups(after)].slice(0, 4).join(':');
}
