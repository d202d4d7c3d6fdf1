import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SCOPES, type Scope } from '#data-folder';
import { systemRuntime } from '#runtime';
import { application, type Application } from '../server/application.js';
import {
  ADMIN,
  anybodys,
  AUDIENCE,
  ISSUER,
  keysIn,
  OF_STORE,
  spoilt,
  tokenSigner,
  tokensOf,
  type Credential,
} from './credentials.js';
import { expectSound, Sending, type Answered, type Sent } from './sending.js';

const SEED = 20251105;
const RUNS = 800;
/** A word in the event, the webhook and the key of another client. */
const CANARY = 'canary';
const NOBODY = '00000000-0000-7000-8000-000000000000';

/** An endpoint, and the clients that may use it, as in docs/access.md. */
interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly needsNothing: boolean;
  /** Whether the endpoint needs no key where reading is open. */
  readonly isOpen: boolean;
  readonly scopes: readonly Scope[];
}

let clock = Date.UTC(2025, 10, 10, 12);
const runtime = { ...systemRuntime, now: () => clock };
let issuer: Server;
let open: Application;
let closed: Application;
const sendings = new Map<Application, Sending>();
const endpoints = endpointsIn(readFileSync('docs/access.md', 'utf8'));
let credentials: readonly Credential[];
/** The resources of another client. */
let theirs: { readonly event: string; readonly webhooks: ReadonlyMap<Application, string> };

function endpointsIn(page: string): Endpoint[] {
  const rows = [...page.matchAll(/^\| `(\w+) (\S+)` +\|(.+)\|$/gm)];
  return rows.map(([, method = '', path = '', cells = '']) => {
    const [none = '', ...marks] = cells.split('|').map((cell) => cell.trim());
    return {
      ...{ method, path, needsNothing: marks[0] === '–', isOpen: none === 'open' },
      scopes: SCOPES.filter((scope) => marks[SCOPES.indexOf(scope)] === 'yes'),
    };
  });
}

beforeAll(async () => {
  const signer = await tokenSigner();
  issuer = createServer((_, response) => response.end(JSON.stringify({ keys: [signer.jwk] })));
  await new Promise<void>((resolve) => void issuer.listen(0, '127.0.0.1', resolve));
  const given = {
    BORDERLINE_KEY: ADMIN,
    BORDERLINE_FAILED_LIMIT: '0',
    BORDERLINE_JWKS: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`,
    BORDERLINE_JWT_ISSUER: ISSUER,
    BORDERLINE_JWT_AUDIENCE: AUDIENCE,
    BORDERLINE_WEBHOOKS: 'off',
  };
  open = await application([], given, runtime);
  closed = await application([], { ...given, BORDERLINE_READ: 'key' }, runtime);
  const ofStore = await keysIn(closed.keys, clock + 1_000);
  clock += 2_000;
  credentials = [...anybodys(), ...ofStore, ...(await tokensOf(signer, clock))];
  for (const app of [open, closed]) sendings.set(app, new Sending(app.url));
  theirs = await somethingOfOthers();
});
afterAll(async () => {
  for (const sending of sendings.values()) sending.close();
  await Promise.all([open.stop(), closed.stop()]);
  issuer.close();
});

async function somethingOfOthers(): Promise<typeof theirs> {
  const webhooks = new Map<Application, string>();
  let event = '';
  for (const app of [open, closed]) {
    event = (await recorded(app)).id;
    const { key } = await app.keys.create(CANARY, ['read']);
    const answered = await sendings.get(app)!.send({
      ...{ method: 'POST', path: '/v1/webhooks' },
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ url: `https://${CANARY}.example/`, events: {}, description: CANARY }),
    });
    expect(answered.status).toBe(201);
    webhooks.set(app, (JSON.parse(answered.text) as { id: string }).id);
  }
  return { event, webhooks };
}

async function recorded(app: Application): Promise<{ readonly id: string }> {
  const answered = await sendings.get(app)!.send({
    ...{ method: 'POST', path: '/v1/developments', body: JSON.stringify(DEVELOPMENT) },
    headers: { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' },
  });
  expect(answered.status).toBe(201);
  return (JSON.parse(answered.text) as { events: { id: string }[] }).events[0]!;
}

const DEVELOPMENT = {
  type: 'crossing.closed',
  occurred: '2025-11-01',
  reportedAt: '2025-11-01',
  data: { crossing: `lt-by.${CANARY}`, side: 'LT', reason: 'an example', reopens: true },
  source: { publisher: 'Example', title: CANARY, publishedAt: '2025-11-01' },
  attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B2' },
};
const RETRACTION = { kind: 'amended', reason: 'So.', reportedAt: '2025-11-02' };

interface Drawn {
  readonly app: Application;
  readonly endpoint: Endpoint;
  readonly credential: Credential;
  readonly sent: Sent;
  /** Whether the request asks about the webhook of another client. */
  readonly isTheirs: boolean;
}

function drawn(): fc.Arbitrary<Drawn> {
  const secret = fc
    .constantFrom(...credentials)
    .chain((credential) => fc.constantFrom(...spoilt(credential)));
  return fc
    .record({
      app: fc.constantFrom(open, closed),
      endpoint: fc.constantFrom(...endpoints),
      credential: secret,
      id: fc.constantFrom('theirs', 'theirs', 'unknown'),
      body: fc.constantFrom('{}', 'valid'),
      asHead: fc.boolean(),
    })
    .map(({ id, body, asHead, ...who }) => {
      const { app, endpoint, credential } = who;
      const { method, path } = endpoint;
      const isOfWebhooks = path.startsWith('/v1/webhooks/');
      // A credential that may change the webhook asks about an unknown webhook.
      const isTheirs = isOfWebhooks && id === 'theirs' && credential.scopes?.includes('admin') !== true;
      const ofOthers = isOfWebhooks ? theirs.webhooks.get(app)! : theirs.event;
      const named = isTheirs || (!isOfWebhooks && id === 'theirs') ? ofOthers : NOBODY;
      const filled = path.replace('{path}', '0/000.p/1').replace(/\{\w+\}/, named);
      const sent = {
        method: asHead && method === 'GET' ? 'HEAD' : method,
        path: credential.query === undefined ? filled : `${filled}?${credential.query}`,
        ...withBody(endpoint, credential, body),
      };
      return { ...who, sent, isTheirs };
    });
}

function withBody(
  { method, path }: Endpoint,
  { headers }: Credential,
  body: string,
): Pick<Sent, 'headers' | 'body'> {
  if (method !== 'POST' && method !== 'PATCH') return { headers };
  const valid = path.endsWith('/retractions') ? RETRACTION : DEVELOPMENT;
  return {
    headers: { ...headers, 'content-type': 'application/json' },
    body: body === '{}' ? body : JSON.stringify(valid),
  };
}

/** The outcome by the table: admitted, or the status of the refusal. */
function expected({ app, endpoint, credential }: Drawn): 'admitted' | 401 | 403 {
  if (endpoint.needsNothing || (app === open && endpoint.isOpen)) return 'admitted';
  const isKnown = app === closed || !credential.name.startsWith(OF_STORE);
  if (credential.scopes === undefined || !isKnown) return 401;
  const has = credential.scopes.some((scope) => endpoint.scopes.includes(scope));
  return has ? 'admitted' : 403;
}

it(`seed ${SEED}: each endpoint admits the keys and tokens with its scopes, and shows nothing to other clients`, async () => {
  expect(endpoints.length).toBeGreaterThan(60);
  const before = await Promise.all([open, closed].map(whole));
  const stored = new Map<Application, number>();
  const outcomes = new Map<string, number>();
  const property = fc.asyncProperty(drawn(), async (asked) => {
    const { app, endpoint, credential, sent, isTheirs } = asked;
    const answered = await sendings.get(app)!.send(sent);
    const code = expectSound(sent, answered);
    const { status, text } = answered;
    const told = [sent.method, endpoint.path, credential.name, app === open ? 'open' : 'closed'];
    const wanted = expected(asked);
    outcomes.set(String(wanted), (outcomes.get(String(wanted)) ?? 0) + 1);
    if (wanted === 'admitted') expect([...told, [401, 403].includes(status)]).toEqual([...told, false]);
    else expectRefused(wanted, answered, told);
    if (isTheirs && wanted === 'admitted') expect([...told, status]).not.toEqual([...told, 200]);
    // Only an administrator sees the webhooks of others; a refusal shows nothing.
    if (credential.scopes?.includes('admin') !== true && /webhooks/.test(endpoint.path))
      expect([...told, text]).toEqual([...told, expect.not.stringContaining(CANARY)]);
    if (code === undefined && status === 201 && endpoint.path.startsWith('/v1/developments'))
      stored.set(app, (stored.get(app) ?? 0) + 1);
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED });
  expect([...outcomes.values()].every((count) => count > RUNS / 20)).toBe(true);
  const after = await Promise.all([open, closed].map(whole));
  [open, closed].forEach((app, n) => {
    expect(after[n]).toEqual({ ...before[n], sequence: before[n]!.sequence + (stored.get(app) ?? 0) });
  });
});

function expectRefused(status: 401 | 403, answered: Answered, told: readonly unknown[]): void {
  expect([...told, answered.status]).toEqual([...told, status]);
  expect(answered.headers['www-authenticate']).toMatch(/^Bearer realm="borderline"/);
  expect(answered.text).not.toContain(CANARY);
}

/** The state that only a client with a permission may change: the log, the webhook of another client with its secrets, and the keys. */
async function whole(app: Application): Promise<{ readonly sequence: number }> {
  const headers = { authorization: `Bearer ${ADMIN}` };
  const path = `/v1/webhooks/${theirs.webhooks.get(app)}`;
  const { text } = await sendings.get(app)!.send({ method: 'GET', path, headers });
  const keys = app.keys.list();
  return { ...(await app.log.head()), ...{ webhook: JSON.parse(text) as unknown, keys } };
}
