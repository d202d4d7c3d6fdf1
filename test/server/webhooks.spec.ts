import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CloudEvent } from 'cloudevents';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { Webhook } from 'standardwebhooks';
import { Receiver, type Got } from '../../libs/webhooks/spec-support.js';
import { corpus } from '../questions/asked.js';
import { application, newEvent, type Application } from './application.js';
import { StrictSchemas } from './strict-schema.js';
import { temporaryFolder } from './spawned.js';

const ADMIN = 'a-key-of-the-settings';

type Json = Readonly<Record<string, unknown>>;
interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json & { readonly id: string; readonly secret: string; readonly items: readonly Json[] };
}
interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly responses: Readonly<
              Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>
            >;
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

describe('/v1/webhooks', () => {
  let server: Application;
  let data: string;
  let receiver: Receiver;
  let document: Document;
  let schemas: StrictSchemas;
  /** The messages to a receiver, as /asyncapi.json describes them. */
  let described: Readonly<Record<string, { readonly payload: Json; readonly headers: Json }>>;
  let key: string;
  let otherKey: string;

  beforeAll(async () => {
    receiver = new Receiver();
    await receiver.listen();
    data = temporaryFolder();
    const given = { BORDERLINE_KEY: ADMIN, BORDERLINE_OUTBOUND: '127.0.0.0/8', BORDERLINE_DATA: data };
    server = await application([], given, systemRuntime);
    key = (await server.keys.create('newsdesk', ['read'])).key;
    otherKey = (await server.keys.create('haulier', ['read'])).key;
    document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document;
    schemas = new StrictSchemas(document.components.schemas);
    const { channels } = (await (await fetch(`${server.url}/asyncapi.json`)).json()) as {
      readonly channels: { readonly webhook: { readonly messages: typeof described } };
    };
    described = channels.webhook.messages;
  });
  afterAll(async () => {
    await server.stop();
    receiver.close();
  });
  beforeEach(() => {
    receiver.got.length = 0;
    receiver.answering = (_, response) => response.writeHead(204).end();
  });
  afterEach(async () => {
    for (const { id } of (await ask('GET', '/v1/webhooks', undefined, ADMIN)).body.items)
      await ask('DELETE', `/v1/webhooks/${String(id)}`, undefined, ADMIN);
  });

  async function ask(method: string, path: string, body?: unknown, by = key): Promise<Told> {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        ...(by !== '' && { authorization: `Bearer ${by}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const told = {
      status: response.status,
      headers: response.headers,
      body: JSON.parse(text || '{}') as Told['body'],
    };
    if (response.ok && text !== '') expectAsDescribed(method, path, told);
    return told;
  }

  function expectAsDescribed(method: string, path: string, { status, body }: Told): void {
    const [address = ''] = path.split('?');
    const pattern = address.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '{id}');
    const { schema } =
      document.paths[pattern]![method.toLowerCase()]!.responses[status]!.content!['application/json']!;
    expect([path, schemas.faults(schema, body)]).toEqual([path, []]);
  }

  function expectDescribed(name: string, { body, headers }: Got): void {
    const { payload, headers: ofMessage } = described[name]!;
    expect(schemas.faults(payload, JSON.parse(body))).toEqual([]);
    const signed = Object.fromEntries(Object.entries(headers).filter(([header]) => /^webhook-/.test(header)));
    expect(schemas.faults(ofMessage, signed)).toEqual([]);
  }

  const register = async (more: object = {}): Promise<Told['body']> => {
    const { status, body } = await ask('POST', '/v1/webhooks', {
      url: `${receiver.url}/hook`,
      events: {},
      ...more,
    });
    expect([status, body]).toEqual([201, expect.objectContaining({ state: 'active' })]);
    return body;
  };
  const read = async (id: string): Promise<Told['body']> => (await ask('GET', `/v1/webhooks/${id}`)).body;
  /** Waits until the webhook has the members. */
  const eventually = async (id: string, members: object): Promise<void> => {
    while (!matches(await read(id), members)) await systemRuntime.sleep(20);
  };
  const matches = (value: object, members: object): boolean => {
    try {
      expect(value).toMatchObject(members);
      return true;
    } catch {
      return false;
    }
  };

  it('are in a file that exists once there is a webhook, and that only its owner may read', async () => {
    const file = join(data, 'webhooks.db');
    expect((await ask('GET', '/v1/webhooks')).body).toEqual({ items: [], next: null });
    expect(existsSync(file)).toBe(false);
    await register();
    for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
  });

  it('get each event that passes the filter as a CloudEvent, signed, from their first place', async () => {
    const [first, second, ...others] = corpus(/^seed-/);
    const record = (developments: unknown[]) => ask('POST', '/v1/developments', { developments }, ADMIN);
    expect((await record([first])).status).toBe(201);
    const { id, secret, after } = await register({ events: { type: ['crossing.*', 'sanctions.*'] } });
    await record([second, ...others]);
    const wanted: unknown[] = [];
    for await (const { type, id, sequence } of server.log.read())
      if (/^(crossing|sanctions)\./.test(type) && sequence > Number.parseInt(String(after))) wanted.push(id);
    expect(wanted.length).toBeGreaterThan(5);
    await receiver.has(wanted.length);
    expect(receiver.got.map(({ body }) => (JSON.parse(body) as { id: string }).id)).toEqual(wanted);
    for (const got of receiver.got) {
      expectDescribed('event', got);
      const verified = new Webhook(secret).verify(got.body, got.headers as Record<string, string>);
      const event = new CloudEvent(verified as object, true);
      expect(event.dataschema).toMatch(new RegExp(`^${server.url}/schemas/${event.type}/\\d+$`));
      const position = `${Number(event['sequence'])}-[0-9a-f]{8}`;
      expect(got.id).toMatch(new RegExp(`^${id}_${position}$`));
    }
    await eventually(id, { after: receiver.got.at(-1)!.id.slice(id.length + 1) });
    const { items, next } = (await ask('GET', `/v1/webhooks/${id}/deliveries?limit=3`)).body;
    expect(items.map(({ message, delivered, status }) => [message, delivered, status])).toEqual(
      receiver.got
        .slice(-3)
        .reverse()
        .map(({ id: message }) => [message, true, 204]),
    );
    const more = (await ask('GET', `/v1/webhooks/${id}/deliveries?after=${String(next)}`)).body;
    expect(more.items).toHaveLength(wanted.length - 3);
    expect(more['next']).toBeNull();
  });

  it('get each change of state that passes the filter, by events and by the clock, in the same form as in the list', async () => {
    const now = Date.now();
    const [from, until] = [now - 60_000, now + 1_500].map((at) => new Date(at).toISOString());
    const closure = {
      type: 'crossing.closed',
      occurred: from,
      until,
      reportedAt: from,
      data: { crossing: 'lt-by.medininkai', side: 'LT', reason: 'repairs', reopens: true },
      source: { publisher: 'Example', title: 'An invented closure', publishedAt: from },
      attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B2' },
    };
    const changes = { view: 'crossings', subject: ['lt-by.medininkai'], aspect: 'status,next' };
    const { id, secret, after } = await register({ events: undefined, changes });
    expect((await ask('POST', '/v1/developments', closure, ADMIN)).status).toBe(201);
    const listed = async (): Promise<Told['body']> => {
      const query = new URLSearchParams({ after: String(after), ...changes, subject: 'lt-by.medininkai' });
      return (await ask('GET', `/v1/changes?${query.toString()}`)).body;
    };
    while (!(await listed()).items.some(({ cause }) => cause === 'clock')) await systemRuntime.sleep(50);
    const { items } = await listed();
    expect(items.length).toBeGreaterThan(1);
    await receiver.has(items.length);
    for (const got of receiver.got) expectDescribed('change', got);
    const told = receiver.got.map(({ body, headers }) => {
      const event = new CloudEvent(
        new Webhook(secret).verify(body, headers as Record<string, string>) as object,
        true,
      );
      return [event.type, event.id, event.time, event.data];
    });
    expect(told).toEqual(items.map((item) => ['borderline.change', item.id, item['at'], item]));
    expect(receiver.got.map((got) => got.id)).toEqual(
      items.map((item) => `${id}_${String(item.id).replaceAll('.', '_')}`),
    );
    await eventually(id, { after: items.at(-1)!['id'] });
    const again = await ask('POST', `/v1/webhooks/${id}/redeliver`, { after: items[0]!['id'] });
    expect(again.status).toBe(202);
    await receiver.has(2 * items.length - 1);
    expect(receiver.got.slice(items.length).map((got) => got.id)).toEqual(
      receiver.got.slice(1, items.length).map((got) => got.id),
    );
  });

  it('name the failing message, and skip this message on request', async () => {
    receiver.answering = (_, response) =>
      response.writeHead(receiver.got.length === 1 ? 503 : 200).end(receiver.got.length === 1 ? 'busy' : '');
    const { id } = await register();
    await server.log.append([newEvent('crossing-a'), newEvent('crossing-b')]);
    await eventually(id, { failing: { attempts: 1, reason: 'it answered 503' } });
    const { failing, state } = await read(id);
    const { message, next, since } = failing as Record<string, string>;
    expect(state).toBe('active');
    expect(message).toBe(receiver.got[0]!.id);
    expect(Date.parse(next!) - Date.parse(since!)).toBeGreaterThan(3_900);
    const [delivery] = (await ask('GET', `/v1/webhooks/${id}/deliveries`)).body.items;
    expect(delivery).toMatchObject({ message, attempt: 1, delivered: false, status: 503, response: 'busy' });

    expect(await ask('POST', `/v1/webhooks/${id}/skip`, { message: `${id}_1` })).toMatchObject({
      status: 409,
      body: { type: '/problems/webhook-conflict' },
    });
    expect((await ask('POST', `/v1/webhooks/${id}/skip`, { message })).status).toBe(200);
    await receiver.has(2);
    expect(receiver.got[1]!.id).not.toBe(message);
  });

  it('are paused, resumed and moved, and keep their place', async () => {
    const { id } = await register();
    const paused = await ask('PATCH', `/v1/webhooks/${id}`, { paused: true, description: 'for a while' });
    expect(paused.body).toMatchObject({
      state: 'paused',
      reason: 'paused by request',
      description: 'for a while',
    });
    await server.log.append([newEvent('crossing-a')]);
    await systemRuntime.sleep(50);
    expect(receiver.got).toEqual([]);
    const url = `${receiver.url}/moved`;
    expect((await ask('PATCH', `/v1/webhooks/${id}`, { paused: false, url })).body).toMatchObject({
      state: 'active',
      url,
    });
    await receiver.has(1);
    expect(receiver.got[0]!.path).toBe('/moved');
  });

  it('send a test message in any state, and give its outcome', async () => {
    const { id, secret } = await register();
    await ask('PATCH', `/v1/webhooks/${id}`, { paused: true });
    const { status, body } = await ask('POST', `/v1/webhooks/${id}/test`);
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ track: 'test', delivered: true, status: 204 }),
    ]);
    const [got] = receiver.got;
    expectDescribed('test', got!);
    expect(new Webhook(secret).verify(got!.body, got!.headers as Record<string, string>)).toMatchObject({
      type: 'borderline.webhook.test',
      data: { webhook: id },
    });
    receiver.answering = (_, response) => response.writeHead(302, { location: '/' }).end();
    expect((await ask('POST', `/v1/webhooks/${id}/test`)).body).toMatchObject({
      delivered: false,
      status: 302,
      failure: 'it answered 302, a redirect, which is not followed',
    });
  });

  it('rotate their secret: both secrets sign, or the new secret alone', async () => {
    const { id, secret: first } = await register();
    const { secret: second, secrets } = (await ask('POST', `/v1/webhooks/${id}/rotate`)).body;
    expect(secrets).toHaveLength(2);
    const { secret: third } = (await ask('POST', `/v1/webhooks/${id}/rotate`, { overlap: 60 })).body;
    const verify = async (): Promise<boolean[]> => {
      await ask('POST', `/v1/webhooks/${id}/test`);
      const { body, headers } = receiver.got.at(-1)!;
      return [first, second, third].map((secret) => {
        try {
          new Webhook(secret).verify(body, headers as Record<string, string>);
          return true;
        } catch {
          return false;
        }
      });
    };
    expect(await verify()).toEqual([true, true, true]);
    expect((await ask('POST', `/v1/webhooks/${id}/rotate`, { overlap: 0 })).body['secrets']).toHaveLength(1);
    expect(await verify()).toEqual([false, false, false]);
  });

  it('send a range of messages once more, and keep their place', async () => {
    const { id } = await register();
    await server.log.append(['a', 'b', 'c'].map((name) => newEvent(`crossing-${name}`)));
    await receiver.has(3);
    const ids = receiver.got.map((got) => got.id);
    const after = ids[2]!.slice(id.length + 1);
    await eventually(id, { after });
    const again = await ask('POST', `/v1/webhooks/${id}/redeliver`, { after: ids[0]!.slice(id.length + 1) });
    expect([again.status, again.body['redelivery']]).toEqual([
      202,
      expect.objectContaining({ until: after }),
    ]);
    await receiver.has(5);
    expect(receiver.got.slice(3).map((got) => got.id)).toEqual(ids.slice(1));
    while ((await read(id))['redelivery'] !== undefined) await systemRuntime.sleep(20);
    expect((await read(id))['after']).toBe(after);
    expect((await ask('POST', `/v1/webhooks/${id}/redeliver`, { after })).status).toBe(409);
    expect((await ask('POST', `/v1/webhooks/${id}/redeliver`, { after: '99999' })).body['type']).toBe(
      '/problems/another-log',
    );
    expect((await ask('DELETE', `/v1/webhooks/${id}/redeliver`)).status).toBe(404);
  });

  it('belong to the key that created them; an administrator sees all webhooks', async () => {
    const { id, owner } = await register();
    expect(owner).toMatch(/^[0-9a-f]{8}$/);
    expect((await ask('GET', '/v1/webhooks', undefined, otherKey)).body.items).toEqual([]);
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/test'],
      ['POST', '/rotate'],
      ['GET', '/deliveries'],
    ])
      expect([
        path,
        (await ask(method!, `/v1/webhooks/${id}${path!}`, method === 'PATCH' ? {} : undefined, otherKey))
          .status,
      ]).toEqual([path, 404]);
    expect((await ask('GET', `/v1/webhooks/${id}`, undefined, ADMIN)).status).toBe(200);
    expect((await ask('GET', '/v1/webhooks', undefined, '')).status).toBe(401);
  });

  it('are paused when their key is revoked; the key that resumes them is their owner', async () => {
    const { key: short, record } = await server.keys.create('short', ['read']);
    const made = await ask('POST', '/v1/webhooks', { url: receiver.url, events: {} }, short);
    const path = `/v1/webhooks/${made.body.id}`;
    await server.keys.revoke(record.id);
    await server.log.append([newEvent('crossing-a')]);
    const asAdmin = async () => (await ask('GET', path, undefined, ADMIN)).body;
    while ((await asAdmin())['state'] === 'active') await systemRuntime.sleep(20);
    expect(await asAdmin()).toMatchObject({
      state: 'paused',
      owner: record.id,
      reason: `the key ${record.id} is revoked or has expired`,
    });
    expect(receiver.got).toEqual([]);
    expect((await ask('PATCH', path, { paused: false }, ADMIN)).body).toMatchObject({ owner: 'settings' });
    await receiver.has(1);
  });

  it('are at most 20 for a key', async () => {
    for (let n = 0; n < 20; n += 1) await register();
    const { status, body } = await ask('POST', '/v1/webhooks', { url: receiver.url, events: {} });
    expect([status, body['type']]).toEqual([409, '/problems/too-many-webhooks']);
    const page = (await ask('GET', '/v1/webhooks?limit=15')).body;
    expect(page.items).toHaveLength(15);
    expect((await ask('GET', `/v1/webhooks?after=${String(page['next'])}`)).body.items).toHaveLength(5);
  });

  it('are counted in the metrics', async () => {
    const { id } = await register();
    await ask('PATCH', `/v1/webhooks/${id}`, { paused: true });
    await systemRuntime.sleep(1_000);
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).toMatch(/^borderline_webhook_subscriptions\{state="paused"\} 1$/m);
    expect(text).toMatch(/^borderline_webhook_deliveries_total\{outcome="delivered"\} [1-9]/m);
  });

  describe('refuse', () => {
    const url = 'https://example.org/';
    it.each<[string, unknown, string]>([
      ['an address of this network', { url: 'https://10.0.0.1/', events: {} }, '/url'],
      ['the same in another notation', { url: 'https://0xa000001/', events: {} }, '/url'],
      ['http to an address that is not allowed', { url: 'http://8.8.8.8/', events: {} }, '/url'],
      ['a user in the address', { url: 'https://a:b@example.org/', events: {} }, '/url'],
      ['no address', { events: {} }, '/url'],
      ['no filter', { url }, ''],
      ['two filters', { url, events: {}, changes: {} }, ''],
      ['an unknown view', { url, changes: { view: 'roads' } }, '/changes/view'],
      ['an invalid filter', { url, events: [] }, '/events'],
      ['an unknown member', { url, events: {}, colour: 'red' }, '/colour'],
      ['an unknown member of the filter', { url, events: { colour: 'red' } }, '/events/colour'],
      ['an unknown type', { url, events: { type: 'crossing.shut' } }, '/events/type'],
      [
        'a list with commas',
        { url, events: { type: ['crossing.closed,crossing.reopened'] } },
        '/events/type',
      ],
      ['a number', { url, events: { subject: 5 } }, '/events/subject'],
      ['an invalid place', { url, events: {}, after: 'yesterday' }, '/after'],
      ['a description that is too long', { url, events: {}, description: 'x'.repeat(501) }, '/description'],
    ])('%s', async (_, body, pointer) => {
      const told = await ask('POST', '/v1/webhooks', body);
      expect([told.status, told.body['type'], told.body['errors']]).toEqual([
        422,
        '/problems/invalid-webhook',
        [{ pointer, detail: expect.stringMatching(/./) }],
      ]);
    });

    it('a place of another log', async () => {
      const { status, body } = await ask('POST', '/v1/webhooks', { url, events: {}, after: '1-00000000' });
      expect([status, body['type']]).toEqual([409, '/problems/another-log']);
    });

    it('a change of a fixed member', async () => {
      const { id } = await register();
      for (const [path, body, pointer] of [
        ['', { events: {} }, '/events'],
        ['', { paused: 'yes' }, '/paused'],
        ['', { url: 'https://127.0.0.1.nip.io:bad/' }, '/url'],
        ['/rotate', { overlap: -1 }, '/overlap'],
        ['/redeliver', {}, '/after'],
        ['/skip', { message: 7 }, '/message'],
      ] as const) {
        const told = await ask(path === '' ? 'PATCH' : 'POST', `/v1/webhooks/${id}${path}`, body);
        expect([path, told.status, told.body['errors']]).toEqual([
          path,
          422,
          [{ pointer, detail: expect.any(String) }],
        ]);
      }
    });
  });
});

describe('a server without delivery', () => {
  it('keeps webhooks and their places', async () => {
    const receiver = new Receiver();
    await receiver.listen();
    const given = { BORDERLINE_KEY: ADMIN, BORDERLINE_OUTBOUND: '127.0.0.0/8', BORDERLINE_WEBHOOKS: 'off' };
    const server = await application([], given, systemRuntime);
    try {
      const headers = { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ url: receiver.url, events: {} });
      const made = await fetch(`${server.url}/v1/webhooks`, { method: 'POST', headers, body });
      expect(made.status).toBe(201);
      await server.log.append([newEvent('crossing-a')]);
      await systemRuntime.sleep(1_200);
      expect(receiver.got).toEqual([]);
    } finally {
      await server.stop();
      receiver.close();
    }
  });
});
