import { createHmac, randomBytes } from 'node:crypto';

/** Bytes of a secret; Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

/** A secret of 256 random bits, as Standard Webhooks writes it: `whsec_` and base64. */
export const newSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;

export interface SignedMessage {
  /** Names the subscription and the message; it has no `.` in it. */
  readonly id: string;
  /** When it is sent: milliseconds since the epoch. */
  readonly at: number;
  readonly body: string;
}

/**
 * The headers of a message (Standard Webhooks, “Webhook metadata”, “Signature scheme”), with one HMAC-SHA256 signature for each secret, in their
 * order.
 */
export function signedHeaders(
  { id, at, body }: SignedMessage,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const seconds = Math.floor(at / 1_000);
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}
