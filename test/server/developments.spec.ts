import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accept } from '#events';
import type { NewEvent } from '#log';
import { application, type Application } from './application.js';

const idOf = (n: number): string => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;

const envelope = {
  reportedAt: '2025-11-01',
  source: { publisher: 'A test', title: 'A test', publishedAt: '2025-11-01' },
  attribution: { claimant: 'a.test', standing: 'act', reliability: 'A1' },
};
const closure = (id: string, crossing: string): object => ({
  ...envelope,
  id,
  type: 'crossing.closed',
  occurred: '2025-11-01T00:00',
  data: { crossing },
});
const retraction = (id: string, target: string): object => ({
  ...envelope,
  id,
  type: 'record.retracted',
  data: { target, kind: 'amended', reason: 'a test' },
});

/** Accepts a correction that the server would refuse: a log may have such corrections from an earlier version, which did not refuse them. */
const acceptedOf = (sent: object): NewEvent => {
  const accepted = accept(sent, { defaultZone: 'Europe/Vilnius', newId: () => '' });
  if (Array.isArray(accepted)) throw new Error(JSON.stringify(accepted));
  return { ...accepted, metadata: { recordedBy: 'a test' } };
};

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

let running: Application;
let key: string;

beforeAll(async () => {
  running = await application();
  key = (await running.keys.create('editor', ['report', 'edit'])).key;
});
afterAll(() => running.stop());

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${running.url}${path}`, init);
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as Answer['body'] };
}

const post = (path: string, body: object): Promise<Answer> =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });

const recorded = async (path: string, body: object): Promise<number> => {
  const answer = await post(path, body);
  expect(answer).toMatchObject({ status: 201 });
  return (answer.body as { events: { sequence: number }[] }).events.at(-1)!.sequence;
};

describe('corrections', () => {
  it('in a circle are each listed once', async () => {
    const [one, other] = [idOf(1), idOf(2)];
    const first = acceptedOf(retraction(one, other));
    await running.log.append([first, acceptedOf(retraction(other, one))]);
    expect((await ask(`/v1/events/${one}`)).body['corrections']).toMatchObject([{ id: other }]);
    expect((await ask(`/v1/events/${other}`)).body['corrections']).toMatchObject([{ id: one }]);
  });

  it('that are not valid have a pointer to the member that the client wrote', async () => {
    await recorded('/v1/developments', closure(idOf(10), 'xx-yy.noted'));
    const { status, body } = await post(`/v1/developments/${idOf(10)}/corrections`, {
      kind: 'amended',
      reason: 'a test',
      reportedAt: 'tomorrow',
      replacement: { data: { crossing: 1 } },
    });
    expect(status).toBe(422);
    // The replacement has the report of the correction: the fault of this report is listed once.
    expect(body['errors']).toMatchObject([
      { pointer: '/reportedAt' },
      { pointer: '/replacement/data/crossing' },
    ]);
    expect(body['detail']).toMatch(/[^.]\.$/);
    const other = await post(`/v1/developments/${idOf(10)}/corrections`, {
      kind: 'amended',
      reason: 'a test',
      replacement: { data: { crossing: 1 } },
    });
    expect(other.body['errors']).toMatchObject([{ pointer: '/replacement/data/crossing' }]);
  });
});

describe('a second correction', () => {
  it('keeps the values of the first correction, unless it has others', async () => {
    const id = idOf(900);
    await recorded('/v1/developments', closure(id, 'corrected.twice'));
    const corrections = `/v1/developments/${id}/corrections`;
    const data = { crossing: 'corrected.twice' };
    const attribution = { claimant: 'lt.vsat', standing: 'act', reliability: 'B2' };
    const correction = { kind: 'transcription', reason: 'a test' };
    await recorded(corrections, {
      ...correction,
      replacement: { occurred: '2025-11-01T00:00', data, attribution },
    });
    const last = await recorded(corrections, {
      ...correction,
      replacement: { occurred: '2025-11-02T00:00', data },
    });
    const answer = await ask(
      `/v1/crossings/corrected.twice?asOf=2025-11-03&accordingTo=lt.vsat&atLeast=${last}`,
    );
    expect(answer.body).toMatchObject({ status: 'closed', since: '2025-11-01T22:00:00.000Z' });
  });
});

describe('a dry run', () => {
  const dryRun = (body: object): Promise<Answer> => post('/v1/developments?dryRun=true', body);

  it('is refused if recording would be refused', async () => {
    const id = idOf(20);
    await recorded('/v1/developments', closure(id, 'xx-yy.dry'));
    expect(await dryRun(closure(id, 'xx-yy.dry'))).toMatchObject({ status: 200, body: { changes: [] } });
    const conflict = { status: 409, body: { type: '/problems/id-conflict' } };
    expect(await dryRun(closure(id, 'xx-yy.other'))).toMatchObject(conflict);
    const twice = [closure(idOf(21), 'xx-yy.dry'), closure(idOf(21), 'xx-yy.other')];
    expect(await dryRun({ developments: twice })).toMatchObject(conflict);
  });

  it('compares the expected revisions with the revisions of the streams', async () => {
    await recorded('/v1/developments', closure(idOf(30), 'xx-yy.revised'));
    const asked = (revision: number, id: number): Promise<Answer> =>
      dryRun({
        developments: [closure(idOf(id), 'xx-yy.revised')],
        expectedRevision: { 'crossing-xx-yy.revised': revision, 'crossing-xx-yy.nowhere': -1 },
      });
    expect(await asked(0, 31)).toMatchObject({ status: 200 });
    expect(await asked(1, 31)).toMatchObject({ status: 409, body: { type: '/problems/wrong-revision' } });
    expect(await asked(1, 30)).toMatchObject({ status: 200 });
  });

  it('counts a development that is sent twice as one', async () => {
    const taken = retraction(idOf(40), idOf(41));
    const developments = [closure(idOf(41), 'xx-yy.twice'), taken, taken];
    expect(await dryRun({ developments })).toMatchObject({ status: 200, body: { changes: [] } });
  });
});

describe('a dry run of a closure that has ended', () => {
  it('answers with the range of time that would change, although the current state does not', async () => {
    await recorded('/v1/developments', {
      ...closure(idOf(70), 'xx-yy.last-year'),
      ...{ type: 'crossing.reopened', occurred: '2020-01-01T00:00Z' },
    });
    const past = { occurred: '2024-03-01T00:00Z', until: '2024-04-01T00:00Z' };
    const { body } = await post('/v1/developments?dryRun=true', {
      ...closure(idOf(71), 'xx-yy.last-year'),
      ...past,
    });
    expect(body).toMatchObject({
      changes: [],
      over: [
        {
          ...{ view: 'crossings', subject: 'xx-yy.last-year' },
          ...{ from: '2024-03-01T00:00:00.000Z', to: '2024-04-01T00:00:00.000Z' },
          ...{ before: { status: 'open' }, after: { status: 'closed' }, because: [idOf(71)] },
        },
      ],
    });
  });

  it('of a retraction answers with the state that would return', async () => {
    await recorded('/v1/developments', closure(idOf(72), 'xx-yy.retracted'));
    const { body } = await post('/v1/developments?dryRun=true', retraction(idOf(73), idOf(72)));
    const [change, ...others] = body['over'] as { to: null; before: object; because: string[] }[];
    expect(others).toEqual([]);
    expect(change).toMatchObject({ to: null, before: { status: 'closed' }, because: [idOf(72)] });
    expect(change).not.toHaveProperty('after');
  });
});

describe('a dry run of a correction', () => {
  const amended = { kind: 'amended', reason: 'a test', reportedAt: '2025-11-02' };

  it('answers with the changes that the correction then makes, and stores nothing', async () => {
    const id = idOf(80);
    await recorded('/v1/developments', closure(id, 'xx-yy.rehearsed'));
    const corrections = `/v1/developments/${id}/corrections`;
    const body = {
      ...amended,
      replacement: { occurred: '2025-11-03T00:00Z', data: { crossing: 'xx-yy.rehearsed' } },
    };
    const rehearsed = await post(`${corrections}?dryRun=true&asOf=2025-11-02`, body);
    expect(rehearsed).toMatchObject({
      status: 200,
      body: {
        dryRun: true,
        developments: [{ type: 'record.corrected' }],
        changes: [{ subject: 'xx-yy.rehearsed', aspect: 'status', before: { status: 'closed' } }],
        over: [
          { from: '2025-10-31T22:00:00.000Z', to: '2025-11-03T00:00:00.000Z', before: { status: 'closed' } },
        ],
      },
    });
    expect((await ask(`/v1/events/${id}`)).body['corrections']).toEqual([]);
    const sequence = await recorded(corrections, body);
    const { body: timeline } = await ask(`/v1/crossings/xx-yy.rehearsed/timeline?atLeast=${sequence}`);
    expect(timeline['segments']).toMatchObject([{ from: '2025-11-03T00:00:00.000Z', status: 'closed' }]);
  });

  it('answers with the range of time that a retraction changes', async () => {
    const id = idOf(81);
    await recorded('/v1/developments', closure(id, 'xx-yy.unmade'));
    const answer = await post(`/v1/developments/${id}/retractions?dryRun=true`, amended);
    expect(answer).toMatchObject({
      status: 200,
      body: { developments: [{ type: 'record.retracted' }], over: [{ to: null, because: [id] }] },
    });
    expect((await ask(`/v1/crossings/xx-yy.unmade`)).body).toMatchObject({ status: 'closed' });
  });

  it('is refused as the correction would be', async () => {
    const id = idOf(82);
    expect(await post(`/v1/developments/${id}/retractions?dryRun=true`, amended)).toMatchObject({
      status: 404,
    });
    await recorded('/v1/developments', closure(id, 'xx-yy.faulty'));
    const faulty = { ...amended, replacement: { data: { crossing: 1 } } };
    expect(await post(`/v1/developments/${id}/corrections?dryRun=true`, faulty)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/replacement/data/crossing' }] },
    });
  });

  it('shows no changes to a key that may not read', async () => {
    const id = idOf(83);
    await recorded('/v1/developments', closure(id, 'xx-yy.unread'));
    const closed = await application([], { BORDERLINE_READ: 'key' });
    try {
      const editor = (await closed.keys.create('blind', ['report', 'edit'])).key;
      const sent = (path: string, body: object): Promise<Response> =>
        fetch(`${closed.url}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${editor}` },
          body: JSON.stringify(body),
        });
      expect((await sent('/v1/developments', closure(id, 'xx-yy.unread'))).status).toBe(201);
      const response = await sent(`/v1/developments/${id}/retractions?dryRun=true`, amended);
      expect(response.status).toBe(200);
      expect(await response.json()).not.toHaveProperty('changes');
    } finally {
      await closed.stop();
    }
  });
});

describe('an unknown state', () => {
  it('stays unknown in a pinned answer, after any later event', async () => {
    const sequence = await recorded('/v1/developments', closure(idOf(50), 'xx-yy.before'));
    const paths = ['xx-yy.later', 'xx-yy.later/timeline'];
    const asked = (): Promise<Answer[]> =>
      Promise.all(
        paths.map((path) => ask(`/v1/crossings/${path}?recordedAt=@${sequence}&atLeast=${sequence}`)),
      );
    const told = ({ status, body }: Answer): unknown[] => [status, body['detail']];
    const before = await asked();
    const later = await recorded('/v1/developments', closure(idOf(51), 'xx-yy.later'));
    expect(await ask(`/v1/crossings/xx-yy.later?atLeast=${later}`)).toMatchObject({ status: 200 });
    const after = await asked();
    expect(after.map(told)).toEqual(before.map(told));
    expect(after.map(({ status }) => status)).toEqual([404, 404]);
  });

  it('is distinguished from a state that is known at another time', async () => {
    const sequence = await recorded('/v1/developments', closure(idOf(60), 'xx-yy.of-november'));
    const asked = (query: string): Promise<Answer> =>
      ask(`/v1/crossings/xx-yy.of-november/timeline?atLeast=${sequence}&${query}`);
    expect(await asked('to=2025-10-01')).toMatchObject({ status: 200, body: { segments: [] } });
    expect(await asked('knownAt=2025-10-01')).toMatchObject({ status: 404 });
  });
});

describe('an unknown zone', () => {
  it('is named among the errors', async () => {
    const { status, body } = await ask('/v1/events?zone=Mars/Base');
    expect(status).toBe(400);
    expect(body['errors']).toMatchObject([{ parameter: 'zone' }]);
  });
});
