import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemRuntime, type Runtime } from '#runtime';
import { serve, type Running } from '../../apps/server/serve.js';
import { settingsFrom } from '../../apps/settings.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { Asking, corpus, type Told } from './asked.js';

/** Question 8: what did this service itself answer on a day, before a report was corrected in the following week? */
let now = Date.parse('2025-11-05T10:00:00Z');
const runtime: Runtime = { ...systemRuntime, now: () => now };
const folder = temporaryFolder();
let running: Running;
let server: Asking;
beforeAll(async () => {
  const given = {
    BORDERLINE_DATA: folder,
    BORDERLINE_KEY: 'a-key',
    BORDERLINE_LOG_LEVEL: 'silent',
    PORT: '0',
  };
  running = await serve(settingsFrom(given), runtime);
  server = new Asking(running.url, 'a-key');
  await server.record('/v1/developments', { developments: corpus(/subjects|crossings/) });
});
afterAll(async () => {
  await running.stop();
  removeFolder(folder);
});

const KENA = '/v1/crossings/lt-by.kena';
const closure = {
  type: 'crossing.closed',
  occurred: '2025-11-06T00:00',
  reportedAt: '2025-11-06',
  data: { crossing: 'lt-by.kena', side: 'LT' },
  source: { publisher: 'BNS', title: 'Kena', publishedAt: '2025-11-06' },
  attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
};
const restriction = {
  ...closure,
  type: 'crossing.restricted',
  data: { ...closure.data, exemptions: ['transit trains'] },
};

/** Records a body on a day, at noon local time, and waits until the views have its event. */
async function recorded(day: string, path: string, body: unknown): Promise<{ id: string; sequence: number }> {
  now = Date.parse(`${day}T10:00:00Z`);
  const { events } = await server.record(path, body);
  await server.ask(`${KENA}?atLeast=${events[0]!.sequence}`);
  return events[0]!;
}

const kena = (query: string): Promise<Told> => server.ask(`${KENA}?asOf=2025-11-07&${query}`);
const status = async (query: string): Promise<string> => (await kena(query)).status;

describe('a report with a transcription fault', () => {
  let wrong: { id: string; sequence: number };
  let right: { id: string; sequence: number };
  let before: string;
  beforeAll(async () => {
    wrong = await recorded('2025-11-06', '/v1/developments', closure);
    before = await (await server.respond(`${KENA}?recordedAt=@${wrong.sequence}`)).text();
    right = await recorded('2025-11-13', `/v1/developments/${wrong.id}/corrections`, {
      kind: 'transcription',
      reason: 'The notice speaks of a restriction.',
      replacement: restriction,
    });
  });

  it('is answered correctly now, naming the correction', async () => {
    expect(await kena('')).toMatchObject({ status: 'restricted', because: [wrong.id, right.id] });
  });

  it('is answered correctly as known on the day: the source was right', async () => {
    expect(await kena('knownAt=2025-11-06')).toMatchObject({
      status: 'restricted',
      because: [wrong.id, right.id],
    });
  });

  it('was answered wrongly until it was corrected', async () => {
    const answered = await server.ask(`${KENA}?recordedAt=2025-11-08`);
    expect(answered).toMatchObject({ status: 'closed', because: [wrong.id] });
    expect(answered['basis']).toMatchObject({
      asOf: '2025-11-08T21:59:59.999Z',
      recordedAt: `@${wrong.sequence}`,
      sequence: wrong.sequence,
    });
    expect(await status('recordedAt=2025-11-05')).toBe('open');
    expect(await status('recordedAt=2025-11-12')).toBe('closed');
    expect(await status('recordedAt=2025-11-13')).toBe('restricted');
    expect(await status(`recordedAt=@${wrong.sequence}&knownAt=2025-11-06`)).toBe('closed');
  });

  it('shows the correction beside the event, and gives at its sequence the same answer as on that day', async () => {
    const event = await server.ask(`/v1/events/${wrong.id}`);
    expect(event['corrections']).toMatchObject([
      { id: right.id, type: 'record.corrected', data: { target: wrong.id, kind: 'transcription' } },
    ]);
    expect(await (await server.respond(`${KENA}?recordedAt=@${wrong.sequence}`)).text()).toBe(before);
  });

  it('is a change in a diff of the two days', async () => {
    const { changes } = await server.ask<{ changes: object[] }>(
      '/v1/diff?view=crossings&from.asOf=2025-11-07&from.recordedAt=2025-11-08&to.asOf=2025-11-07&to.recordedAt=2025-11-14',
    );
    expect(changes).toMatchObject([
      { subject: 'lt-by.kena', before: { status: 'closed' }, after: { status: 'restricted' } },
    ]);
  });
});

describe('a report that its source changed', () => {
  let old: { id: string; sequence: number };
  let amendment: { id: string; sequence: number };
  beforeAll(async () => {
    old = await recorded('2025-11-20', '/v1/developments', {
      ...closure,
      occurred: '2025-11-19T00:00',
      reportedAt: '2025-11-19',
    });
    amendment = await recorded('2025-11-27', `/v1/developments/${old.id}/corrections`, {
      kind: 'amended',
      reportedAt: '2025-11-26',
      reason: 'The ministry corrects its notice.',
      replacement: { ...restriction, occurred: '2025-11-19T00:00' },
    });
  });
  const then = (query: string): Promise<Told> => server.ask(`${KENA}?asOf=2025-11-20&${query}`);

  it('stays known until the change was public', async () => {
    expect(await then('knownAt=2025-11-25')).toMatchObject({ status: 'closed', because: [old.id] });
    expect(await then('knownAt=2025-11-26')).toMatchObject({
      status: 'restricted',
      because: [old.id, amendment.id],
    });
    expect(await then('')).toMatchObject({ status: 'restricted' });
  });

  it('was the answer of this service until it recorded the change', async () => {
    expect(await then('recordedAt=2025-11-26')).toMatchObject({ status: 'closed', because: [old.id] });
    expect(await then('recordedAt=2025-11-26&knownAt=2025-11-26')).toMatchObject({ status: 'closed' });
    expect(await then('recordedAt=2025-11-27')).toMatchObject({ status: 'restricted' });
  });
});

describe('a report that was retracted, and whose retraction was retracted', () => {
  it('counts first, then not, then again; each answer can still be asked for', async () => {
    const asked = `${KENA}?asOf=2025-12-03`;
    const closed = await recorded('2025-12-02', '/v1/developments', {
      ...closure,
      occurred: '2025-12-02T00:00',
      reportedAt: '2025-12-02',
    });
    const retracted = await recorded('2025-12-09', `/v1/developments/${closed.id}/retractions`, {
      kind: 'transcription',
      reason: 'It was another crossing.',
    });
    expect(await server.ask(asked)).toMatchObject({ status: 'restricted' });
    const restored = await recorded('2025-12-16', `/v1/developments/${retracted.id}/retractions`, {
      kind: 'transcription',
      reason: 'It was this crossing after all.',
    });
    expect(await server.ask(asked)).toMatchObject({ status: 'closed', because: [closed.id] });
    const days = ['2025-12-01', '2025-12-02', '2025-12-09', '2025-12-16'];
    const answers = days.map(async (day) => (await server.ask(`${asked}&recordedAt=${day}`)).status);
    expect(await Promise.all(answers)).toEqual(['restricted', 'closed', 'restricted', 'closed']);
    const sequences = [closed.sequence - 1, closed.sequence, retracted.sequence, restored.sequence];
    const pinned = sequences.map(async (n) => (await server.ask(`${asked}&recordedAt=@${n}`)).status);
    expect(await Promise.all(pinned)).toEqual(['restricted', 'closed', 'restricted', 'closed']);
    const { corrections } = await server.ask(`/v1/events/${closed.id}`);
    expect(corrections).toMatchObject([{ id: retracted.id }, { id: restored.id }]);
  });
});
