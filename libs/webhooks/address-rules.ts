import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = readonly [Address, number];

/** Addresses inside a cloud that are in public ranges: Azure's. */
const WITHIN_CLOUDS: readonly string[] = ['168.63.129.16'];
/** The range of public IPv6 addresses (RFC 4291 §2.4, IANA): an address outside is not public, also with an embedded IPv4 address. */
const GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * The addresses that requests may go to: public ones, over TLS; and those in the networks that the operator allows, also without TLS. An IPv4
 * address inside of an IPv6 address (mapped, RFC 4291 §2.5.5.2; NAT64, RFC 6052) counts as itself.
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
