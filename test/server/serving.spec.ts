import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyStore } from '#data-folder';
import { removeFolder, spawnMain, spawnServer, temporaryFolder } from './spawned.js';

// A process takes a second to start, and more than a second on a busy machine.

const CLIENTS = 1_000;

describe('the server as a process', () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder();
  });
  afterAll(() => removeFolder(folder));

  it('makes a key at its first start, prints the key once, keeps its hash, and stops with the exit code 0', async () => {
    const data = join(folder, 'fresh');
    const first = await spawnServer(data);
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(first.key).toMatch(/^borderline_[\w-]{43}$/);
    expect(await (await fetch(`${first.url}/health/ready`)).json()).toMatchObject({ status: 'ready' });
    expect(await first.stop('SIGTERM')).toBe(0);
    expect(first.stdout().split(first.key ?? '?')).toHaveLength(2);
    expect(first.stderr()).not.toContain(first.key);
    expect(readFileSync(join(data, 'keys.json'), 'utf8')).not.toContain(first.key?.slice(11));
    expect(statSync(join(data, 'keys.json')).mode & 0o777).toBe(0o600);
    const second = await spawnServer(data);
    expect(second.key).toBeUndefined();
    expect(await second.stop('SIGINT')).toBe(0);
  });

  it('accepts BORDERLINE_KEY instead, and makes no key', async () => {
    const data = join(folder, 'given');
    const server = await spawnServer(data, ['--read', 'key'], { BORDERLINE_KEY: 'a-key-of-my-own' });
    expect(server.key).toBeUndefined();
    const status = async (key: string) =>
      (
        await fetch(`${server.url}/v1/events/stream`, {
          method: 'HEAD',
          headers: { authorization: `Bearer ${key}` },
        })
      ).status;
    expect([await status('a-key-of-my-own'), await status('another')]).toEqual([200, 401]);
    expect(await server.stop()).toBe(0);
    expect(server.stdout() + server.stderr()).not.toContain('a-key-of-my-own');
  });

  it('notices keys that are made and revoked by another process while it runs', async () => {
    const data = join(folder, 'watched');
    const server = await spawnServer(data, ['--read', 'key']);
    const outside = new KeyStore(join(data, 'keys.json'), () => Date.now());
    const { key, record } = await outside.create('later', ['read']);
    const status = async () =>
      (
        await fetch(`${server.url}/v1/events/stream`, {
          method: 'HEAD',
          headers: { authorization: `Bearer ${key}` },
        })
      ).status;
    expect(await status()).toBe(200);
    await outside.revoke(record.id);
    expect(await status()).toBe(401);
    expect(await server.stop()).toBe(0);
  });

  it('logs each request as JSON with the id in the answer', async () => {
    const server = await spawnServer(join(folder, 'logged'));
    const response = await fetch(`${server.url}/nowhere`, { headers: { authorization: 'Bearer hush-hush' } });
    const { instance } = (await response.json()) as { instance: string };
    await server.stop();
    const lines = server
      .stderr()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const id = instance.split('#')[1];
    expect(lines.find(({ reqId }) => reqId === id)).toMatchObject({
      method: 'GET',
      url: '/nowhere',
      status: 404,
    });
    expect(server.stderr()).not.toContain('hush-hush');
  });

  describe('ends with one line', () => {
    const failing = async (args: string[], environment: Record<string, string> = {}) => {
      const { ended, stderr } = spawnMain(args, environment);
      expect(await ended).toBe(1);
      expect(stderr().trim().split('\n')).toHaveLength(1);
      return stderr().trim();
    };

    it('where the port is in use', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as { port: number };
      expect(await failing(['--port', String(port), '--data', join(folder, 'busy')])).toBe(
        `borderline: port ${port} on 127.0.0.1 is in use; choose another with --port or PORT`,
      );
      other.close();
    });

    it('where the host is not an address of this machine', async () => {
      expect(await failing(['--host', '192.0.2.1', '--data', join(folder, 'far')])).toContain('192.0.2.1');
    });

    it('where a setting is wrong', async () => {
      expect(await failing(['--zone', 'Mars/Base'])).toContain('BORDERLINE_ZONE or --zone must be');
      expect(await failing([], { PORT: 'x' })).toContain('PORT or --port must be');
      expect(await failing(['--nonsense'])).toContain('--nonsense');
    });

    it('where the data folder cannot be used', async () => {
      const file = join(folder, 'a-file');
      writeFileSync(file, '');
      expect(await failing(['--data', file])).toContain(`${file} cannot be used: it is not a folder`);
      if (process.getuid?.() === 0) return; // root may write everywhere
      const closed = join(folder, 'closed');
      mkdirSync(closed);
      chmodSync(closed, 0o500);
      expect(await failing(['--data', closed])).toContain('permission denied');
    });

    it('where the log or the keys belong to another program', async () => {
      const data = join(folder, 'foreign');
      mkdirSync(data);
      writeFileSync(join(data, 'keys.json'), 'not JSON');
      expect(await failing(['--data', data])).toContain('keys.json cannot be used');
      writeFileSync(join(data, 'keys.json'), '{"keys":[]}');
      writeFileSync(join(data, 'log.db'), 'not a database, whatever its name says '.repeat(50));
      expect(await failing(['--data', data])).toContain('the log cannot be opened');
    });
  });

  it('explains its settings', async () => {
    const { ended, stdout } = spawnMain(['--help']);
    expect(await ended).toBe(0);
    expect(stdout()).toContain('--data');
  });

  const most = connectionsOfKernel();
  (most < CLIENTS ? it.skip : it)('lets a thousand clients connect while its thread is busy', async () => {
    const server = await spawnServer(join(folder, 'crowded'));
    server.child.kill('SIGSTOP');
    const port = Number(new URL(server.url).port);
    const sockets = Array.from({ length: CLIENTS }, () => connect(port, '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    server.child.kill('SIGCONT');
    for (const socket of sockets) socket.destroy();
    expect(await server.stop()).toBe(0);
  });
});

/** The most connections that the kernel lets wait to be accepted; 0 where the kernel does not say it. */
function connectionsOfKernel(): number {
  try {
    return Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));
  } catch {
    return 0;
  }
}
