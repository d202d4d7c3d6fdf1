import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate authority of one test, and the certificate of a server, in PEM. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

export interface CertifiedServer {
  /** The name of the server; `localhost` by default. */
  readonly name?: string;
  /** The end of the certificate's validity, in milliseconds since the epoch; a day from now by default. */
  readonly until?: number;
}

/** Certificates that are created for each run, so that no private key has to be stored. X.509 version 3 (RFC 5280), ECDSA on P-256. */
export const certificates = (server: CertifiedServer = {}): Certificates => new Authority().certify(server);

/** A certificate authority, which certifies servers. */
export class Authority {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly authority: string;

  constructor(private readonly name = 'An authority of a test') {
    this.authority = certificate({
      issuer: name,
      subject: name,
      publicKey: this.keys.publicKey,
      signingKey: this.keys.privateKey,
      extensions: [
        extension('2.5.29.19', true, der(SEQUENCE, der(BOOLEAN, Buffer.of(0xff)))),
        keyUsage(2, 0x04),
      ],
    });
  }

  certify({ name: subject = 'localhost', until }: CertifiedServer = {}): Certificates {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const extensions = [
      extension('2.5.29.17', false, der(SEQUENCE, der(DNS_NAME, Buffer.from(subject)))),
      extension('2.5.29.37', false, der(SEQUENCE, oid('1.3.6.1.5.5.7.3.1'))),
      keyUsage(7, 0x80),
    ];
    const signed = { issuer: this.name, subject, publicKey, signingKey: this.keys.privateKey, extensions };
    return {
      authority: this.authority,
      certificate: certificate({ ...signed, ...(until && { until }) }),
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
  }
}

const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OID = 0x06;
const UTF8_STRING = 0x0c;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const DNS_NAME = 0x82;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';

interface Certified {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly until?: number;
}

const HOUR = 3_600_000;

/**
 * A certificate in which the issuer states, signed with `signingKey`, that `publicKey` belongs to `subject`. It is valid for a day, from two hours
 * ago.
 */
function certificate({
  issuer,
  subject,
  publicKey,
  signingKey,
  extensions,
  until = Date.now() + 24 * HOUR,
}: Certified): string {
  const algorithm = der(SEQUENCE, oid(ECDSA_WITH_SHA256));
  const said = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.of(2))),
    der(INTEGER, Buffer.of(1 + extensions.length)),
    algorithm,
    name(issuer),
    der(SEQUENCE, time(Date.now() - 2 * HOUR), time(until)),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS, der(SEQUENCE, ...extensions)),
  );
  const whole = der(SEQUENCE, said, algorithm, bits(0, ...sign('sha256', said, signingKey)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const name = (text: string): Buffer =>
  der(SEQUENCE, der(SET, der(SEQUENCE, oid(COMMON_NAME), der(UTF8_STRING, Buffer.from(text)))));

const time = (instant: number): Buffer =>
  der(GENERALIZED_TIME, Buffer.from(new Date(instant).toISOString().replace(/[-:T]|\.\d+/g, '')));

const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  der(SEQUENCE, oid(id), ...(critical ? [der(BOOLEAN, Buffer.of(0xff))] : []), der(OCTET_STRING, value));

/** The bits of RFC 5280 §4.2.1.3, without the `unused` bits at the end. */
const keyUsage = (unused: number, flags: number): Buffer => extension('2.5.29.15', true, bits(unused, flags));

const bits = (unused: number, ...bytes: readonly number[]): Buffer =>
  der(BIT_STRING, Buffer.of(unused, ...bytes));

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(OID, Buffer.from([40 * first + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const groups = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
  return groups;
}

/** A value in DER: tag, length, value (X.690). */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...head), value]);
}
