import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { Receiver } from '../../libs/webhooks/spec-support.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { borderline, CORPUS, rowOf, serve, type Served } from './command.js';

const OUTBOUND = { BORDERLINE_OUTBOUND: '127.0.0.0/8' };

describe('borderline webhooks', () => {
  let folder: string;
  let data: string;
  let server: Served;
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = new Receiver();
    await receiver.listen();
    folder = temporaryFolder();
    data = join(folder, 'data');
    server = await serve(data, '--outbound', '127.0.0.0/8');
  });
  afterAll(async () => {
    receiver.close();
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
    removeFolder(folder);
  });
  beforeEach(() => {
    receiver.got.length = 0;
    receiver.answering = (_, response) => response.writeHead(204).end();
  });

  const webhooks = (...args: string[]) =>
    borderline(['webhooks', ...args, '--url', server.url, '--key', server.key]);
  const create = async (...args: string[]): Promise<{ readonly id: string; readonly secret: string }> => {
    const { code, stdout, stderr } = await webhooks('create', `${receiver.url}/hook`, ...args);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/its secret is shown this once\n$/)]);
    return { id: /^webhook (\S+) to /.exec(stderr)![1]!, secret: stdout.trim() };
  };
  const imported = async (file: string): Promise<void> => {
    const { code } = await borderline([
      'import',
      join(CORPUS, file),
      '--url',
      server.url,
      '--key',
      server.key,
    ]);
    expect(code).toBe(0);
  };

  it('create a webhook, test it, list it, and show it with its deliveries', async () => {
    expect((await webhooks('list')).stderr).toBe('there are no webhooks\n');
    const { id, secret } = await create('--type', 'subject.*', '--description', 'a test');
    expect((await webhooks('test', id)).stdout).toMatch(/^delivered: the receiver answered 204 in \d+ ms\n$/);
    const { body, headers } = receiver.got[0]!;
    expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow();

    await imported('subjects.ndjson');
    await receiver.has(20);
    expect(rowOf((await webhooks('list')).stdout, id).slice(0, 2)).toEqual([id, 'active']);
    const shown = (await webhooks('show', id)).stdout;
    expect(shown).toMatch(/^For {6}events, type subject\.\*$/m);
    expect(shown).toMatch(/^About {4}a test$/m);
    const { stdout } = await webhooks('deliveries', id, '--limit', '5');
    expect(stdout.match(/ live +1 +delivered, 204 /g)).toHaveLength(5);
    expect((await webhooks('delete', id)).stderr).toBe(`webhook ${id} is deleted\n`);
    expect((await webhooks('show', id)).code).toBe(1);
  });

  it('pause a webhook, resume it, rotate its secret, skip a message, and redeliver messages', async () => {
    const { id, secret } = await create('--for', 'changes', '--view', 'crossings', '--after', 'end');
    expect((await webhooks('pause', id)).stderr).toMatch(/is paused: its place is kept/);
    expect((await webhooks('show', id)).stdout).toMatch(/^State {4}paused: paused by request$/m);
    expect((await webhooks('resume', id)).stderr).toMatch(/is active/);
    const rotated = await webhooks('rotate', id, '--overlap', '60');
    expect(rotated.stdout).toMatch(/^whsec_/);
    expect(rotated.stdout.trim()).not.toBe(secret);
    expect(await webhooks('skip', id, 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not the message/),
    });
    expect((await webhooks('redeliver', id)).stderr).toMatch(/give --after, or --end/);
    expect((await webhooks('redeliver', id, '--end')).stderr).toMatch(/no redelivery/);
    receiver.answering = (_, response) => response.writeHead(500).end('no');
    const failed = await webhooks('test', id);
    expect([failed.code, failed.stderr]).toEqual([
      1,
      'borderline: the test message was not delivered: it answered 500\n',
    ]);
    await webhooks('delete', id);
  });

  it('report a refusal of the server in one line', async () => {
    for (const [address, told] of [
      ['https://10.0.0.1/', /may be reached from here/],
      ['ftp://example.org/', /https address/],
    ] as const) {
      const { code, stderr } = await webhooks('create', address);
      expect([code, stderr]).toEqual([1, expect.stringMatching(told)]);
    }
    expect((await webhooks('create', 'https://example.org/', '--for', 'news')).stderr).toMatch(
      /--for must be/,
    );
  });

  it('work on a data folder: a running server notices the changes, and no command delivers', async () => {
    const args = ['create', receiver.url, '--after', 'start', '--data', data];
    const made = await borderline(['webhooks', ...args], { env: OUTBOUND });
    expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^whsec_/)]);
    await receiver.has(20);
    const listed = await borderline(['webhooks', 'list', '--data', data, '--json']);
    const [webhook] = (JSON.parse(listed.stdout) as { items: { id: string; owner: string }[] }).items;
    expect(webhook).toMatchObject({ owner: 'settings' });

    const to = join(folder, 'backup');
    expect((await borderline(['backup', '--data', data, '--to', to])).code).toBe(0);
    expect(statSync(join(to, 'webhooks.db')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(to, 'webhooks.db.lock'))).toBe(false);
    const kept = await borderline(['webhooks', 'list', '--data', to, '--json']);
    expect(JSON.parse(kept.stdout)).toMatchObject({ items: [{ id: webhook!.id }] });
    await borderline(['webhooks', 'delete', webhook!.id, '--data', data]);
    expect((await webhooks('list')).stderr).toBe('there are no webhooks\n');
  });
});
