import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { swapZoneRules } from '../../libs/time/zone.js';
import { developmentAsSent } from '../../apps/cli/import/as-sent.js';
import { application, type Application } from './application.js';

/** Other rules, by which Vilnius has no summer time and keeps its winter time. */
const withoutSummerTime = (zone: string): string => (zone === 'Europe/Vilnius' ? 'Etc/GMT-2' : zone);

const idOf = (n: number): string => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;

const closure = (n: number, more: object = {}): Told => ({
  id: idOf(n),
  type: 'crossing.closed',
  occurred: '2026-07-01',
  until: { edtf: '2026-07-15T12:00', text: 'till the 15th, noon' },
  reportedAt: '2026-06-30T18:00',
  data: { crossing: 'lt-by.salcininkai' },
  source: { publisher: 'A test', title: 'A test', publishedAt: '2026-06-30T18:00' },
  attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
  ...more,
});

type Told = Readonly<Record<string, unknown>>;

interface Time {
  readonly earliest: string;
  readonly latest: string;
}

interface Answer {
  readonly status: number;
  readonly body: {
    readonly events: readonly { readonly id: string; readonly duplicate?: true }[];
    readonly warnings: readonly {
      readonly pointer: string;
      readonly code: string;
      readonly detail: string;
    }[];
    readonly errors?: readonly { readonly pointer: string }[];
  };
}

type Exported = Told & { readonly reportedAt: Time; readonly data: { readonly replacement: Told } };

const OCCURRED = { earliest: '2026-06-30T21:00:00.000Z', latest: '2026-07-01T20:59:59.999Z' };
const REPORTED = { earliest: '2026-06-30T15:00:00.000Z', latest: '2026-06-30T15:00:00.000Z' };

let running: Application;
let other: Application;

beforeAll(async () => {
  [running, other] = await Promise.all([application(), application()]);
});
afterEach(() => {
  swapZoneRules();
});
afterAll(async () => {
  await running.stop();
  await other.stop();
});

async function post(path: string, body: object, { url, keys }: Application = running): Promise<Answer> {
  const { key } = await keys.create('editor', ['report', 'edit']);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as Answer['body'];
  // The subjects here are not registered, and the second look warns about this too.
  const warnings = (answer.warnings ?? []).filter(({ code }) => code === 'other-zone-rules');
  return { status: response.status, body: { ...answer, warnings } };
}

async function eventOf(id: string, { url }: Application = running): Promise<Exported> {
  const response = await fetch(`${url}/v1/events/${id}`);
  const { corrections: _corrections, causes: _causes, ...event } = (await response.json()) as Told;
  return event as Exported;
}

const recorded = async (sent: Told): Promise<void> => {
  expect(await post('/v1/developments', sent)).toMatchObject({ status: 201, body: { warnings: [] } });
};

describe('a development recorded before the rules of its zone changed', () => {
  it('is a duplicate when it is sent again, alone or among others', async () => {
    await recorded(closure(1));
    swapZoneRules(withoutSummerTime);
    const [again, among] = [
      await post('/v1/developments', closure(1)),
      await post('/v1/developments', { developments: [closure(2), closure(1)] }),
    ];
    expect(again).toMatchObject({ status: 201, body: { events: [{ duplicate: true }], warnings: [] } });
    expect(among).toMatchObject({ status: 201, body: { events: [{ id: idOf(2) }, { duplicate: true }] } });
    expect(await eventOf(idOf(1))).toMatchObject({ occurred: OCCURRED });
    expect(await eventOf(idOf(2))).toMatchObject({ occurred: { earliest: '2026-06-30T22:00:00.000Z' } });
  });

  it('is a duplicate when one of its times no longer exists', async () => {
    swapZoneRules(withoutSummerTime);
    await recorded(closure(3, { occurred: '2026-03-29T03:30', until: '2026-03-29T12:00' }));
    swapZoneRules();
    const sent = closure(3, { occurred: '2026-03-29T03:30', until: '2026-03-29T12:00' });
    expect(await post('/v1/developments', sent)).toMatchObject({
      status: 201,
      body: { events: [{ duplicate: true }] },
    });
    expect((await post('/v1/developments', { ...sent, id: idOf(4) })).status).toBe(422);
    const exported = developmentAsSent(await eventOf(idOf(3))) as object;
    const { status, body } = await post('/v1/developments', exported, other);
    expect(status).toBe(201);
    expect(body.warnings[0]?.detail).toMatch(/today they have no such time$/);
  });

  it('is a duplicate in a dry run too', async () => {
    await recorded(closure(5));
    swapZoneRules(withoutSummerTime);
    expect(await post('/v1/developments?dryRun=true', closure(5))).toMatchObject({
      status: 200,
      body: { changes: [], warnings: [] },
    });
  });

  it('is a conflict when it is sent with another time under its id', async () => {
    await recorded(closure(6));
    swapZoneRules(withoutSummerTime);
    expect((await post('/v1/developments', closure(6, { occurred: '2026-07-02' }))).status).toBe(409);
  });

  it('can be exported to another log, which says that its rules differ', async () => {
    await recorded(closure(7));
    const exported = developmentAsSent(await eventOf(idOf(7))) as object;
    swapZoneRules(withoutSummerTime);
    const { status, body } = await post('/v1/developments', exported, other);
    expect(status).toBe(201);
    expect(body.warnings.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/occurred other-zone-rules',
      '/until other-zone-rules',
      '/reportedAt other-zone-rules',
      '/source/publishedAt other-zone-rules',
    ]);
    expect(body.warnings[0]?.detail).toBe(
      'was resolved under other rules of Europe/Vilnius, and keeps that range; today they give 2026-06-30T22:00:00.000Z to 2026-07-01T21:59:59.999Z',
    );
    expect(await eventOf(idOf(7), other)).toMatchObject({ occurred: OCCURRED, reportedAt: REPORTED });
  });

  it('can be corrected with its own times, which keep their instants', async () => {
    await recorded(closure(8));
    const { occurred, until } = await eventOf(idOf(8));
    swapZoneRules(withoutSummerTime);
    for (const times of [
      { occurred, until },
      { occurred: '2026-07-01', until: '2026-07-15T12:00' },
    ]) {
      const { status, body } = await post(`/v1/developments/${idOf(8)}/corrections`, {
        kind: 'transcription',
        reason: 'a test',
        replacement: { ...times, data: { crossing: 'lt-by.salcininkai' } },
      });
      expect({ status, warnings: body.warnings }).toEqual({ status: 201, warnings: [] });
      const correction = await eventOf(body.events[0]!.id);
      expect(correction.data.replacement).toMatchObject({
        occurred: OCCURRED,
        until: { earliest: '2026-07-15T09:00:00.000Z' },
        reportedAt: REPORTED,
        source: { publishedAt: REPORTED },
      });
    }
  });
});

describe('a range that the client sends', () => {
  const kept = { edtf: '2026-07-01T12:00', zone: 'Europe/Vilnius' };
  const at = (instant: string) => ({ earliest: instant, latest: instant });

  it.each([
    ['is wrong by a day', { ...kept, ...at('2026-07-02T09:00:00.000Z') }, '/occurred/earliest'],
    [
      'is of a time with an offset',
      { ...kept, edtf: '2026-07-01T12:00+03:00', ...at('2026-07-01T10:00:00.000Z') },
      '/occurred/earliest',
    ],
    ['is one bound alone', { ...kept, latest: '2026-07-01T10:00:00.000Z' }, '/occurred/latest'],
    [
      'ends before it begins',
      { ...kept, earliest: '2026-07-01T10:00:00.000Z', latest: '2026-07-01T09:00:00.000Z' },
      '/occurred/earliest',
    ],
  ])('is refused where it %s', async (_name, occurred, pointer) => {
    const { status, body } = await post('/v1/developments', closure(20, { occurred }));
    expect({ status, at: body.errors?.[0]?.pointer }).toEqual({ status: 422, at: pointer });
  });
});
