import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
} from 'jose';
import { SCOPES, type KeyStore, type Scope } from '#data-folder';

export const ISSUER = 'https://id.example.org';
export const AUDIENCE = 'borderline';
/** The key of the settings. */
export const ADMIN = 'a-key-of-the-settings';

/** Headers and a part of the query that a client sends; `scopes` are the scopes that the credential really has. */
export interface Credential {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly scopes?: readonly Scope[];
}

const bearer = (name: string, text: string, scopes?: readonly Scope[]): Credential => ({
  name,
  headers: { authorization: `Bearer ${text}` },
  ...(scopes && { scopes }),
});

/** No credential, wrong credentials, and the key of the settings. */
export function anybodys(): Credential[] {
  const basic = Buffer.from(`admin:${ADMIN}`).toString('base64');
  return [
    { name: 'none', headers: {} },
    { name: 'an empty one', headers: { authorization: '' } },
    { name: 'a scheme alone', headers: { authorization: 'Bearer' } },
    { name: 'Basic', headers: { authorization: `Basic ${basic}` } },
    { name: 'a key without a scheme', headers: { authorization: ADMIN } },
    { name: 'a key in a header of another name', headers: { 'x-api-key': ADMIN, cookie: `key=${ADMIN}` } },
    bearer('a wrong key', `borderline_${'A'.repeat(43)}`),
    bearer('a key with more text after it', `${ADMIN} ${ADMIN}`),
    bearer('a key in other letters', ADMIN.toUpperCase()),
    bearer('the name of a key', 'settings'),
    bearer('a very long key', 'x'.repeat(9_000)),
    bearer('the key of the settings', ADMIN, ['admin']),
    { name: 'another case of the scheme', headers: { authorization: `bEARER  ${ADMIN}` }, scopes: ['admin'] },
  ];
}

/** Keys of the store; one of them has expired at `expires`, in milliseconds since the epoch. */
export async function keysIn(store: KeyStore, expires: number): Promise<Credential[]> {
  const found: Credential[] = [];
  for (const scopes of subsets()) {
    const { key } = await store.create(scopes.join('+'), scopes);
    found.push(bearer(`${OF_STORE} ${scopes.join(', ')}`, key, scopes));
  }
  const [one] = store.list();
  const expired = await store.create('expired', ['admin'], { expires });
  const revoked = await store.create('revoked', ['admin']);
  await store.revoke(revoked.record.id);
  return [
    ...found,
    bearer('the id of a key', one!.id),
    bearer('the hash of a key', one!.sha256),
    bearer('an expired key', expired.key),
    bearer('a revoked key', revoked.key),
  ];
}

/** The beginning of the names of valid keys of a store. */
export const OF_STORE = 'a key for';

/** Each scope alone, all but admin, and some pairs. */
const subsets = (): (readonly Scope[])[] => [
  ...SCOPES.map((scope) => [scope]),
  ['read', 'report', 'edit', 'audit'],
  ['report', 'edit'],
  ['read', 'report'],
];

/** The keys with which an issuer signs its tokens. */
export interface Signer {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** The public key, as the issuer publishes it. */
  readonly jwk: JWK;
}

export async function tokenSigner(): Promise<Signer> {
  const keys = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  return { ...keys, jwk };
}

/** Valid tokens of the issuer, and tokens that must be refused. */
export async function tokensOf(signer: Signer, now: number): Promise<Credential[]> {
  const seconds = Math.floor(now / 1_000);
  const claims = { iss: ISSUER, aud: AUDIENCE, sub: 'alice', scope: 'admin', exp: seconds + 86_400 };
  const sign = (
    more: object,
    header: Partial<JWTHeaderParameters> = {},
    by: CryptoKey | Uint8Array = signer.privateKey,
  ): Promise<string> => {
    const all = Object.entries({ ...claims, ...more }).filter(([, value]) => value !== undefined);
    return new SignJWT(Object.fromEntries(all))
      .setProtectedHeader({ alg: 'ES256', kid: 'one', ...header })
      .sign(by);
  };
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const good = await sign({});
  const [head = '', body = '', signature = ''] = good.split('.');
  const forger = await generateKeyPair('ES256', { extractable: true });
  const own = await exportJWK(forger.publicKey);
  const secrets = [await exportSPKI(signer.publicKey), JSON.stringify(signer.jwk), ''.padEnd(32, '\0')];
  const hidden = await Promise.all(
    secrets.map((secret) => sign({}, { alg: 'HS256' }, new TextEncoder().encode(secret))),
  );
  const bad: Record<string, string> = {
    'of another issuer': await sign({ iss: 'https://evil.example' }),
    'of an issuer with a slash': await sign({ iss: `${ISSUER}/` }),
    'for another audience': await sign({ aud: 'elsewhere' }),
    'without an audience': await sign({ aud: undefined }),
    'that has expired': await sign({ exp: seconds - 60 }),
    'without an end': await sign({ exp: undefined }),
    'whose end is a text': await sign({ exp: '9999999999' }),
    'that has not begun': await sign({ nbf: seconds + 3_600 }),
    'without a subject': await sign({ sub: undefined }),
    'that nobody signed': `${encoded({ alg: 'none' })}.${body}.`,
    'of algorithm None, with a signature': `${encoded({ alg: 'None', kid: 'one' })}.${body}.${signature}`,
    'signed with the public key as PEM': hidden[0]!,
    'signed with the public key as JWK': hidden[1]!,
    'signed with nothing': hidden[2]!,
    'signed with zeros': `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`,
    'with another body': `${head}.${encoded({ ...claims, sub: 'root' })}.${signature}`,
    'with another head': `${encoded({ alg: 'ES256', kid: 'one', x: 1 })}.${body}.${signature}`,
    'signed by somebody else': await sign({}, {}, forger.privateKey),
    'with its own key': await sign({}, { jwk: own }, forger.privateKey),
    'with the address of its own key': await sign({}, { jku: 'http://127.0.0.1:9/' }, forger.privateKey),
    'of an unknown key': await sign({}, { kid: '../../etc/passwd' }, forger.privateKey),
    'cut short': `${head}.${body}`,
    'with one more part': `${good}.${signature}`,
  };
  return [
    ...Object.entries(bad).map(([name, text]) => bearer(`a token ${name}`, text)),
    { name: 'a token in the query', headers: {}, query: `access_token=${good}` },
    ...(await Promise.all(
      subsets().map(async (scopes) =>
        bearer(
          `a token with ${scopes.join(', ')}`,
          await sign({ scope: ['openid', ...scopes].join(' '), sub: scopes.join('+') }),
          scopes,
        ),
      ),
    )),
    bearer('a token with unknown scopes', await sign({ scope: 'Admin ADMIN admin: *' }), []),
    bearer('a token with a list of scopes', await sign({ scope: ['admin'] }), []),
  ];
}

/** The credential itself, and the credential with a wrong letter. */
export function spoilt(credential: Credential): Credential[] {
  const { authorization = '' } = credential.headers;
  const at = Math.floor(authorization.length * 0.6);
  if (credential.scopes === undefined || authorization.length < 20) return [credential];
  const letter = authorization[at] === 'x' ? 'y' : 'x';
  const wrong = authorization.slice(0, at) + letter + authorization.slice(at + 1);
  return [
    credential,
    credential,
    { name: `${credential.name}, with a wrong letter`, headers: { authorization: wrong } },
  ];
}
