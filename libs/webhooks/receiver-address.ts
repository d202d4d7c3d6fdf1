import { isIP } from 'node:net';
import type { AddressRules } from './address-rules.js';

/** The message for every refused address, for any reason: a client learns nothing about a network behind the server. */
export const NOT_REACHED = 'the address may not be reached from here, or is none';

const LONGEST = 2_000;

/** Why a text cannot be the address of a receiver; undefined: it can, unless its name has refused addresses. */
export function receiverFault(text: unknown, rules: AddressRules): string | undefined {
  if (typeof text !== 'string' || text.length > LONGEST || !URL.canParse(text))
    return `must be an address such as https://example.org/hook, of ${LONGEST} characters at most`;
  const { protocol, username, password, hash, hostname } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && rules.areOpen)) return 'must be an https address';
  if (username !== '' || password !== '') return 'must be without a user and a password';
  if (hash !== '') return 'must be without a fragment';
  const literal = literalIn(hostname);
  if (literal !== undefined && !rules.permit(literal, protocol === 'https:')) return NOT_REACHED;
  return undefined;
}

/**
 * The IP address in the host of a parsed URL; undefined where it is a name. The parser has normalised all forms of an IPv4 address (WHATWG URL
 * §3.5), and `localhost` is always this machine (RFC 6761 §6.3).
 */
export function literalIn(hostname: string): string | undefined {
  const host = hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (isIP(host) !== 0) return host;
  return /(^|\.)localhost$/i.test(host) ? '127.0.0.1' : undefined;
}
