import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { answerByProtocol } from '../../apps/server/protocol.js';
import { application, type Application } from './application.js';

const KEY = 'a-key-of-the-settings';
const AUTHORIZED = `authorization: Bearer ${KEY}`;
const JSON_TYPE = 'content-type: application/json';

describe('the edge of HTTP', () => {
  let running: Application;
  beforeAll(async () => {
    running = await application([], { BORDERLINE_KEY: KEY });
  });
  afterAll(() => running.stop());

  /** All that the server sends until it closes the connection. `body`: sent after the first `100 Continue`. */
  async function answerTo(lines: readonly string[], body?: string): Promise<string> {
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
    let answered = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      if (body !== undefined && answered === '' && text.startsWith('HTTP/1.1 100 ')) socket.write(body);
      answered += text;
    });
    socket.write([...lines, '', ''].join('\r\n'));
    await once(socket, 'close');
    return answered;
  }
  const post = (...headers: string[]): string[] => [
    'POST /v1/developments HTTP/1.1',
    'host: localhost',
    'connection: close',
    ...headers,
  ];

  it.each([
    ['that is not HTTP', ['HELLO'], 400, 'malformed-request'],
    ['without a Host', ['GET /health/live HTTP/1.1', 'connection: close'], 400, 'malformed-request'],
    [
      'with two Hosts',
      ['GET /health/live HTTP/1.1', 'host: localhost', 'Host: localhost', 'connection: close'],
      400,
      'malformed-request',
    ],
    [
      'with CONNECT',
      ['CONNECT other.example:443 HTTP/1.1', 'host: other.example'],
      405,
      'method-not-allowed',
    ],
    [
      'with a Transfer-Encoding other than chunked',
      post(AUTHORIZED, JSON_TYPE, 'transfer-encoding: gzip, chunked', '', '0', ''),
      415,
      'unsupported-media-type',
    ],
  ])('answers a request %s with a problem', async (_, lines, status, code) => {
    const answered = await answerTo(lines);
    expect(answered).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*application/problem\\+json`));
    expect(answered).toContain(`"/problems/${code}"`);
  });

  it('survives a connection that fails after CONNECT', async () => {
    const app = fastify();
    answerByProtocol(app);
    await app.listen({ port: 0, host: '127.0.0.1' });
    const arrived = once(app.server, 'connect') as Promise<[unknown, Socket]>;
    const client = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    client.write('CONNECT other.example:443 HTTP/1.1\r\nhost: other.example\r\n\r\n');
    const [, socket] = await arrived;
    expect(socket.emit('error', new Error('read ECONNRESET'))).toBe(true);
    expect(socket.destroyed).toBe(true);
    client.destroy();
    await app.close();
  });

  it('answers a request of HTTP/1.0 without a Host', async () => {
    expect(await answerTo(['GET /health/live HTTP/1.0'])).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('ignores an expectation that it does not know', async () => {
    const asked = ['GET /health/live HTTP/1.1', 'host: localhost', 'expect: tea', 'connection: close'];
    expect(await answerTo(asked)).toMatch(/^HTTP\/1\.1 200 /);
  });

  describe('where a client waits for 100 Continue', () => {
    const expecting = (...headers: string[]): string[] =>
      post('expect: 100-continue', 'content-length: 2', ...headers);

    it('sends it before it reads the body', async () => {
      const answered = await answerTo(expecting(AUTHORIZED, JSON_TYPE), '{}');
      expect(answered).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 422 /);
    });

    it.each([
      ['without a key', [JSON_TYPE], 401],
      ['with a body of another type', [AUTHORIZED, 'content-type: text/plain'], 415],
      ['with too large a body', [AUTHORIZED, JSON_TYPE, 'content-length: 99000000000'], 413],
    ])('sends the final answer instead %s, and does not wait for the body', async (_, headers, status) => {
      const own = ['connection: close', ...(status === 413 ? ['content-length: 2'] : [])];
      const lines = expecting(...headers).filter((line) => !own.includes(line));
      const answered = await answerTo(lines);
      expect(answered).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*connection: close`, 'i'));
    });
  });
});
