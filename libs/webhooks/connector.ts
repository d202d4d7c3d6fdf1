import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { type AddressRules, literalIn, RefusedAddressError } from './address-rules.js';

/** All addresses of a name, from `dns.lookup`. Rejects where there are none. */
export type Lookup = (
  hostname: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export interface ConnectorOptions {
  readonly rules: AddressRules;
  readonly lookup?: Lookup | undefined;
  /** Certificates of the trusted authorities instead of the usual authorities, in PEM. */
  readonly ca?: string | undefined;
  /** Milliseconds for TCP, and again for TLS. */
  readonly timeout: number;
}

/**
 * Connects only to permitted addresses. An address in the URL is checked by the rules, as there is no look-up for it. Each address of a
 * name must be permitted, and the connection uses these addresses: a second answer of the DNS changes nothing. Finally the address at the
 * other end of the connection is checked, before TLS begins. Calls back with RefusedAddressError.
 */
export function permittedConnector({
  rules,
  lookup = (hostname) => systemLookup(hostname, { all: true }),
  ca,
  timeout,
}: ConnectorOptions): buildConnector.connector {
  const connectors = [true, false].map((isEncrypted) => {
    const permitted: LookupFunction = (hostname, _options, callback) => {
      void lookup(hostname).then(
        (found) => {
          const isGood = found.length > 0 && found.every(({ address }) => rules.permit(address, isEncrypted));
          if (isGood) callback(null, [...found]);
          else callback(new RefusedAddressError(), []);
        },
        () => callback(new RefusedAddressError(), []),
      );
    };
    return buildConnector({
      timeout,
      lookup: permitted,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: 2_500,
    });
  });
  const secure = buildConnector({ timeout, ...(ca !== undefined && { ca }) });
  return (options, callback) => {
    const isEncrypted = options.protocol === 'https:';
    const literal = literalIn(options.hostname);
    if (literal !== undefined && !rules.permit(literal, isEncrypted)) {
      callback(new RefusedAddressError(), null);
      return;
    }
    const connect = connectors[isEncrypted ? 0 : 1]!;
    const port = options.port || (isEncrypted ? '443' : '80');
    connect({ ...options, protocol: 'http:', port }, (error, socket) => {
      if (error) return callback(error, null);
      if (!rules.permit(socket.remoteAddress ?? '', isEncrypted)) {
        socket.destroy();
        return callback(new RefusedAddressError(), null);
      }
      if (isEncrypted) secure({ ...options, httpSocket: socket }, callback);
      else callback(null, socket);
    });
  };
}
