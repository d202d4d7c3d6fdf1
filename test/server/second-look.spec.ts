import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accept, type AcceptanceWarning } from '#events';
import { openSqliteLog } from '#log/sqlite';
import { Views } from '#views';
import { SecondLook } from '../../apps/server/developments/second-look.js';
import { corpus } from '../questions/asked.js';
import { application, stoppedRuntime, type Application } from './application.js';
import { removeFolder, temporaryFolder } from './spawned.js';

const KEY = 'a-key-that-may-all';
const idOf = (n: number): string => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;

type Members = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body: {
    readonly type?: string;
    readonly detail?: string;
    readonly events?: readonly {
      readonly id: string;
      readonly sequence: number;
      readonly duplicate?: true;
    }[];
    readonly warnings?: readonly AcceptanceWarning[];
    readonly errors?: readonly AcceptanceWarning[];
    readonly changes?: readonly unknown[];
  };
}

let running: Application;
let fresh = 0;

beforeAll(async () => {
  running = await application([], { BORDERLINE_KEY: KEY });
});
afterAll(() => running.stop());

async function post(
  path: string,
  body: unknown,
  { url, key }: { url: string; key: string },
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
/** Sends a body when the views have all events that were recorded before. On a busy machine the views may not answer in time: then it sends the body again. */
const send = async (body: unknown, query = '', path = '/v1/developments'): Promise<Answer> => {
  const { sequence } = await running.log.head();
  await (await fetch(`${running.url}/v1/releases?limit=1&atLeast=${sequence}`)).text();
  const answer = await sendNow(body, query, path);
  return answer.status === 503 ? send(body, query, path) : answer;
};
const sendNow = (body: unknown, query = '', path = '/v1/developments'): Promise<Answer> =>
  post(`${path}${query}`, body, { url: running.url, key: KEY });

const closure = (crossing: string, members: Members = {}): Members => ({
  id: idOf((fresh += 1)),
  type: 'crossing.closed',
  occurred: '2025-11-01T00:00',
  reportedAt: '2025-11-01',
  data: { crossing, side: 'LT' },
  source: { publisher: 'A test', title: 'A test', publishedAt: '2025-11-01' },
  attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
  ...members,
});
const registration = (kind: string, id: string, more: Members = {}): Members => ({
  ...closure(''),
  type: 'subject.registered',
  occurred: '2020-01-01',
  data: { kind, id, names: { en: id }, ...more },
  attribution: { claimant: 'corpus.editors', standing: 'reference', reliability: 'F6' },
});
const crossing = (id: string): Members =>
  registration('crossing', id, {
    crossing: { border: 'LT-BY', sides: ['LT', 'BY'], modes: ['road'], operating: true },
  });

const told = ({ body }: Answer): string[] | undefined =>
  (body.warnings ?? body.errors)?.map(({ code, pointer, suggestion }) =>
    [code, pointer, ...(suggestion === undefined ? [] : [suggestion])].join(' '),
  );

describe('the corpus', () => {
  it('is loaded with a warning for each of three happenings that it reports twice, and no other warning', async () => {
    const { status, body } = await send({ developments: corpus() });
    expect(status).toBe(201);
    const developments = corpus() as { reportedAt: string | { edtf: string }; source: { row: string } }[];
    const warned = body.warnings?.map(({ pointer, code }) => ({
      code,
      ...developments[Number(pointer.split('/')[2])]!,
    }));
    // The clock of the server shows 10 November 2025.
    const later = warned?.filter(({ code }) => code === 'reported-in-future') ?? [];
    for (const { reportedAt } of later)
      expect(typeof reportedAt === 'string' ? reportedAt : reportedAt.edtf).toMatch(/^\[?(2026|2025-1[12])/);
    const others = warned
      ?.filter((one) => !later.includes(one))
      .map(({ code, source }) => `${code} ${source.row}`);
    expect(others?.sort()).toEqual(['similar-report S1.4', 'similar-report S3.1', 'similar-report S4.2']);
  });

  it('is loaded again without any warning', async () => {
    const { status, body } = await send({ developments: corpus() }, '?strict=true');
    expect({ status, warnings: body.warnings }).toEqual({ status: 201, warnings: [] });
    expect(body.events?.every(({ duplicate }) => duplicate === true)).toBe(true);
  });
});

describe('what is recorded is answered with a warning', () => {
  it('where a subject or an actor is misspelt, with the right name', async () => {
    const misspelt = {
      ...closure('lt-by.medininkaj'),
      attribution: { claimant: 'lt.goverment', standing: 'act', reliability: 'A1' },
    };
    const answer = await send(misspelt);
    expect(answer.status).toBe(201);
    expect(answer.body.warnings).toEqual([
      {
        pointer: '/data/crossing',
        code: 'unregistered-subject',
        detail: 'no crossing lt-by.medininkaj is registered; did you mean lt-by.medininkai?',
        subject: 'crossing-lt-by.medininkaj',
        suggestion: 'lt-by.medininkai',
      },
      {
        pointer: '/attribution/claimant',
        code: 'unknown-actor',
        detail: 'no actor lt.goverment is registered; did you mean lt.government?',
        subject: 'actor-lt.goverment',
        suggestion: 'lt.government',
      },
    ]);
  });

  it('but not where the name was just registered, or is registered in the same request', async () => {
    for (let n = 0; n < 10; n += 1) {
      expect(told(await sendNow(crossing(`xx-yy.new-${n}`)))).toEqual([]);
      expect(told(await sendNow(closure(`xx-yy.new-${n}`)))).toEqual([]);
    }
    const developments = [closure('xx-yy.later'), crossing('xx-yy.later')];
    expect(told(await send({ developments }))).toEqual([]);
  });

  it('where the same claimant has reported it already, in another request or in the same request', async () => {
    const first = closure('lt-by.raigardas');
    expect(told(await send(first))).toEqual([]);
    const developments = [
      closure('lt-by.lavoriskes'),
      closure('lt-by.raigardas'),
      closure('lt-by.lavoriskes'),
    ];
    const { body } = await send({ developments });
    expect(body.warnings).toMatchObject([
      { pointer: '/developments/1', code: 'similar-report', events: [first['id']] },
      { pointer: '/developments/2', code: 'similar-report', events: [developments[0]!['id']] },
    ]);
  });

  it('but not where the other report was retracted, or where the report is sent again or begins later', async () => {
    const first = closure('lt-by.sumskas');
    await send(first);
    expect(told(await send(first))).toEqual([]);
    expect(
      told(await send(closure('lt-by.sumskas', { occurred: '2025-11-08', reportedAt: '2025-11-08' }))),
    ).toEqual([]);
    const retraction = { kind: 'transcription', reason: 'Entered twice.' };
    expect(told(await send(retraction, '', `/v1/developments/${String(first['id'])}/retractions`))).toEqual(
      [],
    );
    expect(told(await send(closure('lt-by.sumskas')))).toEqual([]);
  });

  it('where a time looks wrong', async () => {
    expect(
      told(await send(closure('lt-by.medininkai', { occurred: '0025-11-01', reportedAt: '2026-11-01' }))),
    ).toEqual(['far-from-now /occurred', 'reported-in-future /reportedAt']);
  });

  it('and with at most a thousand warnings', async () => {
    const developments = Array.from({ length: 5_000 }, (_, n) => closure(`xx-yy.unknown-${n}`));
    const { status, body } = await send({ developments });
    expect([status, body.warnings?.length]).toEqual([201, 1_000]);
  });
});

describe('a correction is answered with a warning', () => {
  it('for the members that the client wrote, and not for the members of its target', async () => {
    const target = { ...closure('lt-by.medininkai', { occurred: '2025-11-05' }) };
    const unknown = { claimant: 'lt.nobody-knows', standing: 'act', reliability: 'A1' };
    await send({ ...target, attribution: unknown });
    const path = `/v1/developments/${String(target['id'])}/corrections`;
    const replacement = { occurred: '2025-11-06', data: { crossing: 'lt-by.medininkaj' } };
    const correction = { kind: 'transcription', reason: 'A day later.', replacement };
    expect(told(await send(correction, '?strict=true', path))).toEqual([
      'unregistered-subject /replacement/data/crossing lt-by.medininkai',
    ]);
    expect(told(await send(correction, '', path))).toEqual([
      'unregistered-subject /replacement/data/crossing lt-by.medininkai',
    ]);
    const right = { ...correction, replacement: { ...replacement, data: { crossing: 'lt-by.medininkai' } } };
    expect(await send(right, '?strict=true', path)).toMatchObject({ status: 201, body: { warnings: [] } });
  });

  it('where the replacement is similar to another report, and not to its own target', async () => {
    const [first, second] = [
      closure('lt-by.medininkai', { occurred: '2025-10-01' }),
      closure('lt-by.medininkai', { occurred: '2025-10-02' }),
    ];
    await send({ developments: [first, second] });
    const path = `/v1/developments/${String(second['id'])}/corrections`;
    const to = (occurred: string) => ({
      kind: 'transcription',
      reason: 'So.',
      replacement: { occurred, data: second['data'] },
    });
    expect(told(await send(to('2025-10-02'), '', path))).toEqual([]);
    const { body } = await send(to('2025-10-01'), '', path);
    expect(body.warnings).toMatchObject([{ code: 'similar-report', events: [first['id']] }]);
  });
});

describe('a correction of an event that the log does not have', () => {
  const retraction = (target: string, members: Members = {}): Members => {
    const { occurred: _, ...envelope } = closure('');
    const data = { target, kind: 'amended', reason: 'a test' };
    return { ...envelope, type: 'record.retracted', data, ...members };
  };
  const absent = idOf(9_999);

  it('is answered with a warning, and refused where the sender is strict', async () => {
    const sent = retraction(absent);
    const warnings = [
      {
        pointer: '/data/target',
        code: 'unknown-target',
        detail: `no event ${absent} is recorded: the correction has no effect until it is`,
      },
    ];
    expect(await send(sent, '?dryRun=true')).toMatchObject({ status: 200, body: { warnings } });
    expect(await send(sent, '?strict=true')).toMatchObject({
      status: 422,
      body: { type: '/problems/has-warnings', errors: warnings },
    });
    expect(await send(sent)).toMatchObject({ status: 201, body: { warnings } });
    expect(await send(sent, '?strict=true')).toMatchObject({ status: 201, body: { warnings: [] } });
  });

  it('is as any other where the target is in the batch, before or after it', async () => {
    const before = closure('lt-by.medininkai', { occurred: '2025-07-01' });
    const after = closure('lt-by.medininkai', { occurred: '2025-07-03' });
    const developments = [
      before,
      retraction(before['id'] as string),
      retraction(after['id'] as string),
      after,
    ];
    expect(await send({ developments }, '?strict=true')).toMatchObject({
      status: 201,
      body: { warnings: [] },
    });
  });
});

describe('strict', () => {
  it('refuses a development with warnings, and records nothing', async () => {
    const developments = [
      closure('lt-by.medininkai', { occurred: '2025-09-01' }),
      closure('lt-by.medininkaj'),
    ];
    const before = (await running.log.head()).sequence;
    const { status, body } = await send({ developments }, '?strict=true');
    expect([status, body.type]).toEqual([422, '/problems/has-warnings']);
    expect(body.detail).toMatch(/^Nothing was recorded: \/developments\/1\/data\/crossing: no crossing/);
    expect(body.errors).toMatchObject([{ code: 'unregistered-subject', suggestion: 'lt-by.medininkai' }]);
    expect((await running.log.head()).sequence).toBe(before);
    expect(await send({ developments }, '?strict=false')).toMatchObject({ status: 201 });
    expect(await send({ developments }, '?strict=true')).toMatchObject({
      status: 201,
      body: { warnings: [] },
    });
  });

  it('knows all recorded events', async () => {
    for (let n = 0; n < 5; n += 1) {
      await sendNow({ developments: [crossing(`xx-yy.strict-${n}`), closure(`xx-yy.strict-${n}`)] });
      expect(told(await sendNow(closure(`xx-yy.strict-${n}`), '?strict=true'))).toEqual(['similar-report ']);
    }
  });
});

describe('a dry run', () => {
  it('has the same warnings as recording, and the changes', async () => {
    const twice = [
      closure('lt-by.medininkai', { occurred: '2025-08-01' }),
      closure('lt-by.medininkai', { occurred: '2025-08-01' }),
    ];
    const developments = [...twice, closure('lt-by.medininkaj', { occurred: '2025-08-02' })];
    const rehearsed = await send({ developments }, '?dryRun=true&asOf=2025-08-01');
    expect([rehearsed.status, rehearsed.body.changes?.length === 0]).toEqual([200, false]);
    expect((await send({ developments }, '?dryRun=true&strict=true')).status).toBe(422);
    const { body } = await send({ developments });
    expect(body.warnings).toHaveLength(2);
    expect(body.warnings).toEqual(rehearsed.body.warnings);
  });
});

it('a key that may not read gets no warning that reveals the log', async () => {
  const closed = await application([], { BORDERLINE_KEY: KEY, BORDERLINE_READ: 'key' });
  const { key } = await closed.keys.create('reporter', ['report']);
  const both = async (body: unknown, query = ''): Promise<unknown[]> => {
    const answers = [];
    for (const one of [key, KEY])
      answers.push(told(await post(`/v1/developments${query}`, body, { url: closed.url, key: one })));
    return answers;
  };
  const developments = [closure('xx-yy.new'), closure('xx-yy.new', { occurred: '0025-11-01' })];
  expect(await both({ developments }, '?dryRun=true&strict=true')).toEqual([
    ['far-from-now /developments/1/occurred'],
    expect.arrayContaining([
      'unregistered-subject /developments/0/data/crossing',
      'unknown-actor /developments/0/attribution/claimant',
    ]),
  ]);
  await closed.stop();
});

it('without views there are the warnings about the developments themselves, unless all warnings are required', async () => {
  const folder = temporaryFolder();
  const runtime = stoppedRuntime;
  const log = openSqliteLog(runtime, join(folder, 'log.db'));
  const views = await Views.open(runtime, join(folder, 'views.db'), log);
  await views.close();
  Views.remove(join(folder, 'views.db'));
  const accepted = accept(closure('xx-yy.new', { occurred: '0025-11-01' }), {
    defaultZone: 'UTC',
    newId: () => '',
  });
  if (Array.isArray(accepted)) throw new Error(JSON.stringify(accepted));
  const look = new SecondLook(views, log, runtime);
  const { sequence } = await log.head();
  const events = [{ ...accepted, metadata: { recordedBy: 'a test' } }];
  const warnings = await look.warnings(await look.at(events, { mayRead: true }), sequence);
  expect(warnings.map(({ warning }) => warning.code)).toEqual(['far-from-now']);
  await expect(look.at(events, { mayRead: true, need: sequence })).rejects.toMatchObject({
    name: 'ViewsError',
  });
  await log.close();
  removeFolder(folder);
});
