import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerDigest, openReceipt, parseVerifierKey, type Receipt } from '#audit';
import { corpusApplication, type CorpusApplication } from '../server/asked-of-corpus.js';
import { application, newEvent, type Application } from '../server/application.js';

interface Issued {
  readonly receipt: string;
  readonly statement: Receipt;
  readonly answer: Members;
}
interface Verified {
  readonly valid: boolean;
  readonly faults: readonly { readonly check: string; readonly detail: string }[];
  readonly signedBy: readonly string[];
  readonly statement?: Receipt;
  readonly answer?: Members;
}
type Members = Readonly<Record<string, unknown>>;

const RECEIPTS = '/v1/audit/receipts';
const VERIFY = `${RECEIPTS}/verify`;

let corpus: CorpusApplication;
beforeAll(async () => {
  corpus = await corpusApplication();
});
afterAll(() => corpus.stop());

async function asked<T>(path: string, body: unknown, of = corpus): Promise<T> {
  const { status, answer } = await of.ask(path, { body });
  expect({ status, answer }).toMatchObject({ status: 200 });
  return answer as T;
}
const issue = (path: string, parameters: Record<string, string> = {}): Promise<Issued> =>
  asked<Issued>(RECEIPTS, { path, parameters });
const verify = (body: unknown): Promise<Verified> => asked<Verified>(VERIFY, body);

const CUT = { asOf: '2025-11-05', knownAt: '2025-11-04' };

describe('a receipt', () => {
  it.each([
    ['/v1/crossings', { ...CUT, border: 'LT-BY', status: 'closed' }],
    ['/v1/crossings/lt-by.medininkai', CUT],
    ['/v1/crossings/lt-by.medininkai', { ...CUT, recordedAt: '@200', zone: 'UTC', minReliability: 'B2' }],
    [
      '/v1/crossings/lt-by.medininkai/timeline',
      { from: '2025-10-20', to: '2025-11-25', knownAt: '2025-11-04' },
    ],
    ['/v1/transit', { asOf: '2025-11-05', recordedAt: '2025-11-10' }],
    ['/v1/detentions', { atLeast: '1', accordingTo: 'lt.linava' }],
    ['/v1/state', {}],
  ])('of %s with %j has the same answer as GET of the pinned question', async (path, parameters) => {
    const { statement, answer } = await issue(path, parameters);
    const { question, basis, answerSha256 } = statement;
    const { atLeast: _, ...rest } = { atLeast: '', ...parameters };
    expect(question).toEqual({ path, parameters: rest });
    const { asOf, knownAt, recordedAt, zone } = basis;
    const pinned = { ...rest, asOf, recordedAt, zone, ...(knownAt !== null && { knownAt }) };
    const got = (await corpus.ask(`${path}?${new URLSearchParams(pinned).toString()}`)).answer;
    expect(answer).toEqual(got);
    expect(answerDigest(got)).toBe(answerSha256);
    expect((got as Members)['basis']).toEqual(basis);
  });

  it('says that nothing was known, where GET answers 404', async () => {
    const { answer, statement, receipt } = await issue('/v1/crossings/lt-by.nowhere', CUT);
    expect(answer).toEqual({ basis: statement.basis, known: false });
    expect(await verify({ receipt })).toMatchObject({ valid: true, answer });
    expect((await issue('/v1/crossings/lt-by.nowhere/timeline')).answer).toMatchObject({ known: false });
  });

  it('is opened offline, with the public key alone', async () => {
    const { receipt, statement, answer } = await issue('/v1/crossings', CUT);
    const key = parseVerifierKey(String((await corpus.ask('/v1/audit/key')).answer).trim());
    const opened = openReceipt(receipt, [key]);
    expect(opened.receipt).toEqual(statement);
    expect(opened.checkpoint.size).toBe(corpus.size);
    expect(answerDigest(answer)).toBe(opened.receipt.answerSha256);
  });

  it('is valid with its answer and without it', async () => {
    const issued = await issue('/v1/crossings', { ...CUT, recordedAt: '@300' });
    const { receipt, statement, answer } = issued;
    const signedBy = [expect.stringMatching(/^borderline\.local\/log\+[0-9a-f]{8}$/)];
    const told = { valid: true, faults: [], signedBy, statement, answer };
    expect(await verify({ receipt })).toEqual(told);
    expect(await verify(issued)).toEqual(told);
  });

  it('names each fault', async () => {
    const { receipt, statement, answer } = await issue('/v1/crossings', CUT);
    const checks = async (body: unknown): Promise<string[]> => {
      const { valid, faults } = await verify(body);
      expect(valid).toBe(faults.length === 0);
      return faults.map(({ check }) => check);
    };
    expect(await checks({ receipt: receipt.replace('2025-11-05', '2025-11-06') })).toEqual(['signature']);
    expect(await checks({ receipt, answer: { ...answer, more: 1 } })).toEqual(['given']);
    expect(await checks({ receipt, answer: 'another' })).toEqual(['given']);
    expect(await checks({ receipt, statement: { ...statement, software: 'another' } })).toEqual(['given']);
  });

  it.each<[unknown, number, string, string[]]>([
    [[], 400, 'malformed-body', []],
    [{}, 422, 'invalid-question', ['/path']],
    [{ path: 7 }, 422, 'invalid-question', ['/path']],
    [{ path: '/v1/crossing' }, 422, 'invalid-question', ['/path']],
    [{ path: '/v1/crossings?asOf=2025-11-05' }, 422, 'invalid-question', ['/path']],
    [{ path: '/v1/crossings/%E0%A4%A' }, 422, 'invalid-question', ['/path']],
    [{ path: '/v1/crossings/\ud800' }, 422, 'inexact-value', ['/path']],
    [{ path: '/v1/events' }, 422, 'invalid-question', ['/path']],
    [{ path: '/v1/state', 'a/b': 1 }, 422, 'invalid-question', ['/a~1b']],
    [{ path: '/v1/state', parameters: 'asOf' }, 422, 'invalid-question', ['/parameters']],
    [{ path: '/v1/state', parameters: { atLeast: 7 } }, 422, 'invalid-question', ['/parameters/atLeast']],
    [
      { path: '/v1/state', parameters: { accordingTo: '\ud800' } },
      422,
      'inexact-value',
      ['/parameters/accordingTo'],
    ],
    [
      { path: '/v1/state', parameters: { asof: '2025-11-05' } },
      422,
      'invalid-question',
      ['/parameters/asof'],
    ],
    [
      { path: '/v1/state', parameters: { asOf: '2025-02-30' } },
      422,
      'invalid-question',
      ['/parameters/asOf'],
    ],
    [
      { path: '/v1/crossings', parameters: { status: 'shut' } },
      422,
      'invalid-question',
      ['/parameters/status'],
    ],
    [
      { path: '/v1/crossings', parameters: { recordedAt: '@99999' } },
      422,
      'invalid-question',
      ['/parameters/recordedAt'],
    ],
    [
      {
        path: '/v1/crossings/lt-by.medininkai/timeline',
        parameters: { from: '2026-01-01', to: '2025-01-01' },
      },
      422,
      'invalid-question',
      ['/parameters/to'],
    ],
  ])('is not given for %j', async (body, status, code, pointers) => {
    const refused = await corpus.ask(RECEIPTS, { body });
    expect(refused).toMatchObject({ status, type: 'application/problem+json' });
    const { type, errors } = refused.answer as { type: string; errors: { pointer: string }[] };
    expect(type).toBe(`/problems/${code}`);
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it.each<[unknown, number, string, string[]]>([
    ['text', 400, 'malformed-body', []],
    [{}, 422, 'not-a-receipt', ['/receipt']],
    [{ receipt: 1 }, 422, 'not-a-receipt', ['/receipt']],
    [{ receipt: 'nothing' }, 422, 'not-a-receipt', ['/receipt']],
    [{ receipt: '\ud800' }, 422, 'inexact-value', ['/receipt']],
    [{ receipt: 'a\n\n— b c\n', key: 1 }, 422, 'not-a-receipt', ['/key']],
  ])('is not found in %j', async (body, status, code, pointers) => {
    const refused = await corpus.ask(VERIFY, { body });
    expect(refused).toMatchObject({ status, type: 'application/problem+json' });
    const { type, errors } = refused.answer as { type: string; errors: { pointer: string }[] };
    expect(type).toBe(`/problems/${code}`);
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('with more than 4 MiB around it is too large: no key is needed to send it', async () => {
    const { receipt } = await issue('/v1/crossings', CUT);
    const { status, answer } = await corpus.ask(VERIFY, { body: { receipt, answer: 'x'.repeat(4_200_000) } });
    expect([status, answer]).toEqual([413, expect.objectContaining({ type: '/problems/too-large' })]);
    const large = Array.from({ length: 40_000 }, () => 'x'.repeat(97));
    expect(await verify({ receipt, answer: large })).toMatchObject({ valid: false });
  });

  it.each([
    ['unknown', Object.fromEntries(Array.from({ length: 9_999 }, (_, n) => [`p${n}`, '1']))],
    ['no texts', Object.fromEntries(Array.from({ length: 9_999 }, (_, n) => [`p${n}`, 1]))],
  ])(
    'of a question with thousands of parameters that are %s is refused in a short answer',
    async (_, parameters) => {
      const { status, answer } = await corpus.ask(RECEIPTS, { body: { path: '/v1/crossings', parameters } });
      expect(status).toBe(422);
      expect(JSON.stringify(answer).length).toBeLessThan(20_000);
    },
  );

  it('is not a checkpoint', async () => {
    const receipt = (await corpus.ask('/v1/audit/checkpoint')).answer;
    expect((await corpus.ask(VERIFY, { body: { receipt } })).status).toBe(422);
  });
});

describe('the clients that may have an answer signed', () => {
  let app: Application;
  beforeAll(async () => {
    app = await application([], { BORDERLINE_READ: 'key' });
  });
  afterAll(() => app.stop());

  it('are the clients that may read', async () => {
    const ask = (key: string | undefined): Promise<Response> =>
      fetch(`${app.url}${RECEIPTS}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify({ path: '/v1/crossings' }),
      });
    expect((await ask(undefined)).status).toBe(401);
    expect((await ask((await app.keys.create('reporter', ['report'])).key)).status).toBe(403);
    expect((await ask((await app.keys.create('reader', ['read'])).key)).status).toBe(200);
  });
});

describe('a receipt at another log that has the same key', () => {
  let app: Application;
  beforeAll(async () => {
    app = await application();
    await app.log.append(Array.from({ length: 500 }, (_, n) => newEvent(`crossing-lt-by.${n % 7}`)));
  });
  afterAll(() => app.stop());

  it('is signed, but its checkpoint and its answer are not confirmed', async () => {
    const { receipt, statement } = await issue('/v1/crossings', CUT);
    const response = await fetch(`${app.url}${VERIFY}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ receipt }),
    });
    expect(await response.json()).toMatchObject({
      valid: false,
      faults: [
        { check: 'checkpoint', detail: expect.stringContaining(`first ${corpus.size} events`) },
        { check: 'answer', detail: 'The pinned question has another answer now.' },
      ],
      statement,
    });
  });
});
