import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { systemRuntime, type Runtime } from '#runtime';
import { AddressRules, NOT_REACHED } from './address-rules.js';
import type { Lookup } from './connector.js';
import { Outbound, type OutboundOptions, type Reply } from './outbound.js';

const LOOPBACK = new AddressRules(['127.0.0.0/8']);
const REFUSED: Reply = { kind: 'failed', reason: NOT_REACHED };

let server: Server | undefined;
let outbound: Outbound | undefined;
let requests = 0;
afterEach(async () => {
  await outbound?.close();
  server?.closeAllConnections();
  server?.close();
  requests = 0;
});

/** Listens on all IPv4 addresses. */
async function listening(listener: RequestListener): Promise<number> {
  server = createServer((request, response) => {
    requests += 1;
    listener(request, response);
  }).listen(0, '0.0.0.0');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function post(
  url: string,
  options: Partial<OutboundOptions> = {},
  ended = new AbortController(),
): Promise<Reply> {
  outbound = new Outbound({ runtime: systemRuntime, rules: LOOPBACK, ...options });
  return outbound.post(new URL(url), { 'content-type': 'text/plain' }, 'hello', ended.signal);
}

const addresses =
  (...found: string[]): Lookup =>
  async () =>
    found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('a request to an address that a client gave', () => {
  it('gets the status, the headers and the beginning of the answer', async () => {
    let body = '';
    const port = await listening((request, response) => {
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => response.writeHead(201, { 'retry-after': '7' }).end('x'.repeat(100_000)));
    });
    const reply = await post(`http://127.0.0.1:${port}/hook?a=b`);
    expect(reply).toMatchObject({ kind: 'answered', status: 201, headers: { 'retry-after': '7' } });
    expect(reply.kind === 'answered' && reply.body.length).toBe(16 * 1024);
    expect(body).toBe('hello');
  });

  it.each(['127.0.0.1', '127.1', '2130706433', '0x7f.1', '[::ffff:7f00:1]', '[::1]', 'localhost', '0'])(
    'does not reach %s where nothing is allowed',
    async (host) => {
      const port = await listening((_request, response) => response.end());
      for (const protocol of ['http', 'https'])
        expect(await post(`${protocol}://${host}:${port}/`, { rules: new AddressRules([]) })).toEqual(
          REFUSED,
        );
      expect(requests).toBe(0);
    },
  );

  it.each<[string, Lookup]>([
    ['is private', addresses('10.0.0.1')],
    ['is this machine', addresses('127.0.0.1')],
    ['is private and public', addresses('8.8.8.8', '192.168.0.1')],
    ['is mapped', addresses('::ffff:127.0.0.1')],
    ['is none', addresses()],
    ['is not known', () => Promise.reject(new Error('getaddrinfo ENOTFOUND'))],
  ])('does not reach a name whose address %s', async (_, lookup) => {
    const port = await listening((_request, response) => response.end());
    const reply = await post(`https://receiver.example:${port}/`, { rules: new AddressRules([]), lookup });
    expect(reply).toEqual(REFUSED);
    expect(requests).toBe(0);
  });

  it('reaches a name by the addresses that were checked, not by a second look-up', async () => {
    const port = await listening((_request, response) => response.end('here'));
    let lookups = 0;
    const lookup: Lookup = async () => {
      lookups += 1;
      return [{ address: lookups === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    };
    expect(await post(`http://receiver.example:${port}/`, { lookup })).toMatchObject({ status: 200 });
    expect(lookups).toBe(1);
  });

  it('ends before TLS begins where the connection leads to another address than the checked address', async () => {
    const port = await listening((_request, response) => response.end());
    let reads = 0;
    const changing = {
      family: 4,
      get address() {
        reads += 1;
        return reads === 1 ? '8.8.8.8' : '127.0.0.1';
      },
    };
    const options = { rules: new AddressRules([]), lookup: async () => [changing] };
    expect(await post(`https://receiver.example:${port}/`, options)).toEqual(REFUSED);
    expect(reads).toBeGreaterThan(1);
  });

  it('may be without TLS only into an allowed network', async () => {
    const lookup = addresses('8.8.8.8');
    expect(await post('http://receiver.example/', { lookup })).toEqual(REFUSED);
  });

  it('does not follow a redirect', async () => {
    const port = await listening((_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${port}/other` }).end(),
    );
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'answered', status: 302 });
    expect(requests).toBe(1);
  });

  it('ignores a proxy in the environment', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { HTTP_PROXY: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1' });
    try {
      const port = await listening((_request, response) => response.end());
      expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 200 });
    } finally {
      process.env = before;
    }
  });

  it('says that nothing listens', async () => {
    const port = await listening(() => undefined);
    server!.close();
    await once(server!, 'close');
    expect(await post(`http://127.0.0.1:${port}/`)).toEqual({
      kind: 'failed',
      reason: 'nothing listens there',
    });
  });

  describe('ends after 15 s', () => {
    /** A runtime whose deadline passes as soon as the server has the request. */
    const shortened = (): { readonly runtime: Runtime; readonly pass: () => void } => {
      let pass: () => void = () => undefined;
      const over = new Promise<void>((resolve) => (pass = resolve));
      return { runtime: { ...systemRuntime, sleep: () => over }, pass };
    };

    it('where no answer comes', async () => {
      const { runtime, pass } = shortened();
      const port = await listening(pass);
      expect(await post(`http://127.0.0.1:${port}/`, { runtime })).toEqual({
        kind: 'failed',
        reason: 'no answer in 15 s',
      });
    });

    it('where the answer never ends: only its status counts', async () => {
      const { runtime, pass } = shortened();
      const port = await listening((_request, response) => {
        response.write('a');
        response.write('b', () => setTimeout(pass, 100));
      });
      const reply = await post(`http://127.0.0.1:${port}/`, { runtime });
      expect(reply).toMatchObject({ kind: 'answered', status: 200 });
    });
  });

  it('ends when the caller aborts it', async () => {
    const ended = new AbortController();
    const port = await listening(() => ended.abort());
    expect(await post(`http://127.0.0.1:${port}/`, {}, ended)).toEqual({ kind: 'ended' });
  });
});
