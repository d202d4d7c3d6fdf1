import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { application, newEvent, type Application } from './application.js';

const PAGE = 'https://page.example';
const KEY = 'a-key-of-the-settings';

/** Sends a request without `fetch`, which does not send the headers of preflights. The body is not read. */
function ask(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, (response) => {
      resolve(response);
      response.destroy();
    })
      .on('error', reject)
      .end();
  });
}

const preflight = (method: string, headers: string) => ({
  origin: PAGE,
  'access-control-request-method': method,
  'access-control-request-headers': headers,
});

describe('a server with a list of allowed pages', () => {
  let running: Application;
  beforeAll(async () => {
    const given = {
      BORDERLINE_CORS: `${PAGE}, http://localhost:5173`,
      BORDERLINE_READ: 'key',
      BORDERLINE_KEY: KEY,
    };
    running = await application([], given);
    await running.log.append([newEvent('crossing-a')]);
  });
  afterAll(() => running.stop());

  it('admits their preflights without a key', async () => {
    for (const path of ['/v1/developments', '/v1/events/stream', '/v1/crossings?asOf=%zz']) {
      const { statusCode, headers } = await ask(
        running.url + path,
        'OPTIONS',
        preflight('POST', 'authorization'),
      );
      expect([path, statusCode]).toEqual([path, 204]);
      expect(headers).toMatchObject({
        'access-control-allow-origin': PAGE,
        'access-control-allow-methods': 'GET, HEAD, POST, PATCH, DELETE',
        'access-control-allow-headers': expect.stringMatching(/Authorization.*Content-Type.*Last-Event-ID/),
        'access-control-max-age': '7200',
        vary: expect.stringMatching(/^Origin\b/),
      });
    }
  });

  it.each([
    ['/v1/crossings', 200, /^Origin, accept, authorization/],
    ['/v1/events/stream?after=start', 200, /^Origin/],
    ['/v1/audit/views', 200, /^Origin/],
    ['/v1/crossings?colour=red', 400, /^Origin/],
    ['/nowhere', 404, /^Origin/],
  ])('lets them read %s, with the headers that clients need', async (path, status, vary) => {
    const { statusCode, headers } = await ask(running.url + path, 'GET', {
      origin: PAGE,
      authorization: `Bearer ${KEY}`,
    });
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([status, PAGE]);
    expect(headers.vary).toMatch(vary);
    const exposed = headers['access-control-expose-headers']?.split(', ');
    expect(exposed).toEqual(
      expect.arrayContaining([
        'ETag',
        'Retry-After',
        'Location',
        'Link',
        'Borderline-Behind',
        'X-Request-Id',
      ]),
    );
  });

  it('lets them read the reason why a request without a key is refused', async () => {
    const { statusCode, headers } = await ask(`${running.url}/v1/crossings`, 'GET', { origin: PAGE });
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([401, PAGE]);
  });

  it.each([
    'https://other.example',
    'https://page.example.other.example',
    'null',
    'http://page.example',
    'x',
    '*',
  ])('admits no other page: %s', async (origin) => {
    for (const method of ['GET', 'OPTIONS']) {
      const headers = { ...preflight('GET', 'x'), origin, authorization: `Bearer ${KEY}` };
      const answered = await ask(`${running.url}/v1/crossings`, method, headers);
      expect(answered.statusCode).toBeLessThan(300);
      expect(answered.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answered.headers.vary).toMatch(/^Origin/);
    }
  });

  it('still distinguishes an unknown address from a wrong method', async () => {
    const status = async (method: string, path: string) =>
      (await ask(running.url + path, method, { authorization: `Bearer ${KEY}` })).statusCode;
    expect([await status('GET', '/nowhere'), await status('DELETE', '/v1/crossings')]).toEqual([404, 405]);
  });
});

it('a server for all pages answers with *', async () => {
  const { url, stop } = await application([], { BORDERLINE_CORS: '*' });
  const { headers } = await ask(`${url}/v1/crossings`, 'GET', { origin: 'null' });
  expect(headers['access-control-allow-origin']).toBe('*');
  await stop();
});

it('a server without such a list admits no page, and has no OPTIONS', async () => {
  const { url, stop } = await application();
  const { headers } = await ask(`${url}/v1/crossings`, 'GET', { origin: PAGE });
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect((await ask(`${url}/v1/crossings`, 'OPTIONS', preflight('GET', 'x'))).statusCode).toBe(405);
  await stop();
});
