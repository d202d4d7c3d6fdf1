import { errors, jwtVerify, type JWTPayload } from 'jose';
import { isScope, type Access } from '#data-folder';
import type { Runtime } from '#runtime';
import type { Settings } from '../../settings.js';
import { Problem } from '../problems/problem.js';
import { KeysUnavailableError, RemoteKeys } from './remote-keys.js';

/** Signatures with a public key only (RFC 8725 §3.1, RFC 9864): a token never chooses another kind. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** How far the clock of the issuer may differ from ours, in seconds. */
const CLOCK_TOLERANCE = 5;
const LONGEST_SUBJECT = 255;
const RETRY_AFTER = 5;

/** The claims of a verified token. */
export interface TokenAccess {
  readonly access: Access;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** Three parts in base64url: a JWT in the compact form (RFC 7519 §3). */
export const isToken = (text: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);

/** Verifies bearer tokens that an organisation's own issuer has signed (JWT, RFC 7519; access tokens, RFC 9068). */
export class Tokens {
  private readonly keys: RemoteKeys;

  constructor(
    private readonly settings: NonNullable<Settings['tokens']>,
    private readonly runtime: Runtime,
  ) {
    this.keys = new RemoteKeys(settings.jwks, runtime);
  }

  /**
   * Checks the issuer, the audience, the signature and the time of validity. `exp` and `sub` are needed. Its scopes are the scopes in the
   * claim `scope` that this server knows. Its id is `<issuer>#<sub>`, because a subject is unique only at its issuer. Rejects with Problem
   * `key-needed`, or `unavailable` where the issuer's keys cannot be fetched.
   */
  async verified(token: string): Promise<TokenAccess> {
    const { issuer, audience } = this.settings;
    try {
      const { payload } = await jwtVerify(token, (header, input) => this.keys.keyOf(header, input), {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE,
        currentDate: new Date(this.runtime.now()),
      });
      return { access: accessIn(payload, issuer), expires: (payload.exp! + CLOCK_TOLERANCE) * 1_000 };
    } catch (error) {
      throw problemOfToken(error);
    }
  }
}

function accessIn({ sub = '', scope }: JWTPayload, issuer: string): Access {
  if (sub === '' || sub.length > LONGEST_SUBJECT || /\p{C}/u.test(sub))
    throw refused(`The claim sub must be 1 to ${LONGEST_SUBJECT} characters, without control characters`);
  const scopes = typeof scope === 'string' ? scope.split(' ').filter(isScope) : [];
  return { id: `${issuer}#${sub}`, name: sub, scopes };
}

function problemOfToken(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof KeysUnavailableError) {
    const detail = 'The server cannot fetch the keys of the issuer now, so it cannot verify tokens.';
    return new Problem('unavailable', detail, { cause: error, retryAfter: RETRY_AFTER });
  }
  if (error instanceof errors.JWTExpired) return refused('The token has expired', error);
  if (error instanceof errors.JWTClaimValidationFailed) {
    return refused(`The claim ${error.claim} of the token is missing or wrong`, error);
  }
  // Also the errors of Web Crypto for an invalid key or signature.
  return refused('The token cannot be verified', error);
}

const refused = (why: string, cause?: unknown): Problem =>
  new Problem('key-needed', `${why}.`, {
    cause,
    headers: { 'www-authenticate': 'Bearer realm="borderline", error="invalid_token"' },
  });
