import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { accessOf } from './needs.js';

/** The client for limits: the key or the token of a request, or, without one, its network. */
export const countedAs = (request: FastifyRequest): string => accessOf(request)?.id ?? networkOf(request.ip);

/**
 * The network of an address: of IPv4 the address itself, of IPv6 the /64 that a subscriber commonly has, since its owner has 2^64 addresses. A
 * mapped IPv4 address (::ffff:192.0.2.1, RFC 4291 §2.5.5.2) is that address.
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
