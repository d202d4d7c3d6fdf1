import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Application } from './application.js';

const ONE = '01890a5d-ac96-774b-bcce-b302099a0001';
const OTHER = '01890a5d-ac96-774b-bcce-b302099a0002';

const retraction = (id: string, target: string): object => ({
  id,
  type: 'record.retracted',
  reportedAt: '2025-11-01',
  data: { target, kind: 'amended', reason: 'a test' },
  source: { publisher: 'A test', title: 'A test', publishedAt: '2025-11-01' },
  attribution: { claimant: 'a.test', standing: 'act', reliability: 'A1' },
});

describe('notes about events', () => {
  let running: Application;
  let key: string;

  beforeAll(async () => {
    running = await application();
    key = running.keys.create('editor', ['report', 'edit']).key;
  });
  afterAll(() => running.stop());

  const post = async (path: string, body: object): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${running.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const notesOn = async (id: string): Promise<string[]> => {
    const response = await fetch(`${running.url}/v1/events/${id}`);
    const { corrections } = (await response.json()) as { corrections: { id: string }[] };
    return corrections.map((note) => note.id);
  };

  it('in a circle are each listed once', async () => {
    const developments = [retraction(ONE, OTHER), retraction(OTHER, ONE)];
    expect(await post('/v1/developments', { developments })).toMatchObject({ status: 201 });
    expect(await notesOn(ONE)).toEqual([OTHER]);
    expect(await notesOn(OTHER)).toEqual([ONE]);
  });
});
