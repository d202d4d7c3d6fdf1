import { Controller } from '@nestjs/common';
import { CommandBus, type ICommand } from '@nestjs/cqrs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordDevelopments } from '../../apps/server/developments/record-developments.js';
import { application, type Application } from './application.js';

const KEY = 'a-key-of-the-settings';
const ID = '01890a5d-ac96-774b-bcce-000000000001';

const REPORT = {
  reportedAt: '2025-11-01',
  source: { publisher: 'A test', title: 'Ąžuolų “title”', publishedAt: '2025-11-01' },
  attribution: { claimant: 'a.test', standing: 'act', reliability: 'A1' },
};
const CLOSURE = {
  ...REPORT,
  id: ID,
  type: 'crossing.closed',
  occurred: '2025-11-01T00:00',
  until: '2025-11-30',
  data: { crossing: 'lt-by.medininkai', summary: 'Uždaryta', reopens: true },
};

let bus: CommandBus;
@Controller('test/commands')
class Commands {
  constructor(commands: CommandBus) {
    bus = commands;
  }
}

describe('the commands of the server', () => {
  let server: Application;
  const given: ICommand[] = [];
  beforeAll(async () => {
    const settings = { BORDERLINE_KEY: KEY, BORDERLINE_WEBHOOKS: 'off', BORDERLINE_OUTBOUND: '127.0.0.1' };
    server = await application([Commands], settings);
    bus.subscribe((command) => given.push(command));
  });
  afterAll(() => server.stop());

  /** Makes a request that must answer with the status. */
  async function send(status: number, method: string, path: string, body?: object): Promise<{ id: string }> {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization: `Bearer ${KEY}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect([method, path, response.status]).toEqual([method, path, status]);
    return JSON.parse((await response.text()) || '{}') as { id: string };
  }

  /** Makes each kind of request that writes. */
  async function writeAll(): Promise<void> {
    await send(201, 'POST', '/v1/developments', {
      developments: [CLOSURE, { ...CLOSURE, id: undefined }],
    });
    const replacement = { occurred: '2025-11-02', data: CLOSURE.data };
    const correction = { kind: 'amended', reason: 'a day later', replacement };
    await send(201, 'POST', `/v1/developments/${ID}/corrections`, correction);
    const retraction = { kind: 'amended', reason: 'it never happened', ...REPORT };
    await send(201, 'POST', `/v1/developments/${ID}/retractions`, retraction);
    const question = { path: '/v1/crossings', parameters: { asOf: '2025-11-05', limit: '5' } };
    await send(200, 'POST', '/v1/audit/receipts', question);
    const hook = { url: 'http://127.0.0.1:9/', changes: { view: ['crossings'] }, after: 'start' };
    const at = `/v1/webhooks/${(await send(201, 'POST', '/v1/webhooks', hook)).id}`;
    await send(200, 'PATCH', at, { paused: true, description: 'moved', url: 'http://127.0.0.1:9/hook' });
    await send(200, 'POST', `${at}/rotate`, { overlap: 60 });
    await send(409, 'POST', `${at}/redeliver`, { after: 'start' });
    await send(404, 'DELETE', `${at}/redeliver`);
    await send(409, 'POST', `${at}/skip`, { message: 'none' });
    await send(204, 'DELETE', at);
  }

  it('are plain data: each comes back from JSON as it was, and does the same there', async () => {
    await writeAll();
    const kinds = new Set(given.map(({ constructor }) => constructor));
    const { handlers } = bus as unknown as { readonly handlers: ReadonlyMap<string, unknown> };
    expect(kinds.size).toBe(handlers.size);
    const copies = given.map((command) => JSON.parse(JSON.stringify(command)) as object);
    expect(copies).toEqual(given.map((command) => ({ ...command })));

    const recorded = given.findIndex((command) => command instanceof RecordDevelopments);
    const again = Object.assign(Object.create(RecordDevelopments.prototype) as object, copies[recorded]);
    const { events } = await bus.execute(again as RecordDevelopments);
    expect(events[0]).toMatchObject({ id: ID, sequence: 1, duplicate: true });
  });
});
