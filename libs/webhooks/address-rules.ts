import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = readonly [Address, number];

/** Addresses of services inside a cloud (Azure) that are in public ranges. */
const WITHIN_CLOUDS: readonly string[] = ['168.63.129.16'];
/** The range of public IPv6 addresses (RFC 4291 §2.4, IANA): an address outside is not public, also with an embedded IPv4 address. */
const GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * The addresses that requests may go to: public addresses, over TLS; and addresses in the networks that the operator allows, also without
 * TLS. An IPv4 address inside of an IPv6 address (mapped, RFC 4291 §2.5.5.2; NAT64, RFC 6052) counts as itself.
 */
export class AddressRules {
  private readonly allowed: readonly Network[];

  /** Addresses or networks, such as `10.0.0.0/8` or `::1`. */
  constructor(allowed: readonly string[]) {
    this.allowed = allowed.map((text) => {
      if (text.includes('/')) return ipaddr.parseCIDR(text);
      const address = ipaddr.parse(text);
      return [address, address.kind() === 'ipv4' ? 32 : 128];
    });
  }

  /** Whether any address may be reached without TLS. */
  get areOpen(): boolean {
    return this.allowed.length > 0;
  }

  /** `address`: as the system writes it; a text that is not an address is not permitted. */
  permit(address: string, isEncrypted: boolean): boolean {
    const [plain = ''] = address.split('%');
    if (isIP(plain) === 0) return false;
    const parsed = innermost(ipaddr.parse(plain));
    if (this.allowed.some(([network, bits]) => isIn(parsed, network, bits))) return true;
    return isEncrypted && isPublic(parsed);
  }
}

const isIn = (address: Address, network: Address, bits: number): boolean =>
  address.kind() === network.kind() && address.match(network, bits);

function innermost(address: Address): Address {
  if (address instanceof ipaddr.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.range() === 'rfc6052' ? ipaddr.fromByteArray(address.toByteArray().slice(12)) : address;
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  if (address instanceof ipaddr.IPv4) return !WITHIN_CLOUDS.includes(address.toString());
  return address.match(GLOBAL);
}

/** The message for every refused address, for any reason: a client learns nothing about a network behind the server. */
export const NOT_REACHED = 'the address is not one that may be reached from here';

/** The receiver is at an address that requests may not go to. */
export class RefusedAddressError extends Error {
  override readonly name = 'RefusedAddressError';

  constructor() {
    super(NOT_REACHED);
  }
}

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
