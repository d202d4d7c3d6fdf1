import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Authority, type Certificates } from '../support/certificates.js';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from './spawned.js';

interface Attempt {
  readonly delivered: boolean;
  readonly status?: number;
  readonly failure?: string;
}

describe('a webhook to a receiver with TLS', () => {
  let folder: string;
  let server: Spawned;
  let requests = 0;
  const receivers: Server[] = [];
  const known = new Authority();

  beforeAll(async () => {
    folder = temporaryFolder();
    const file = join(folder, 'authority.pem');
    writeFileSync(file, known.certify().authority);
    server = await spawnServer(folder, ['--outbound', '127.0.0.1,::1'], { NODE_EXTRA_CA_CERTS: file });
  });
  afterAll(async () => {
    for (const receiver of receivers) receiver.close().closeAllConnections();
    await server.stop();
    removeFolder(folder);
  });

  async function receiverWith({ certificate, key }: Certificates): Promise<string> {
    const receiver = createServer({ cert: certificate, key }, (_request, response) => {
      requests += 1;
      response.writeHead(204).end();
    });
    receivers.push(receiver);
    await once(receiver.listen(0, 'localhost'), 'listening');
    return `https://localhost:${(receiver.address() as AddressInfo).port}/hook`;
  }

  async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' };
    const response = await fetch(server.url + path, {
      method,
      headers: body ? headers : { authorization: headers.authorization },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.status).toBeLessThan(300);
    return (await response.json()) as T;
  }

  /** The log of deliveries after one test message. */
  async function triedAt(url: string): Promise<Attempt> {
    const { id } = await ask<{ id: string }>('POST', '/v1/webhooks', { url, events: {} });
    await ask('POST', `/v1/webhooks/${id}/test`);
    const { items } = await ask<{ items: Attempt[] }>('GET', `/v1/webhooks/${id}/deliveries`);
    expect(items).toHaveLength(1);
    return items[0]!;
  }

  it('arrives where the certificate is of an authority that the operator has added', async () => {
    const attempt = await triedAt(await receiverWith(known.certify()));
    expect([attempt, requests]).toEqual([expect.objectContaining({ delivered: true, status: 204 }), 1]);
  });

  it.each([
    ['of an unknown authority', new Authority('Another').certify(), 'its authority is not known'],
    ['of another name', known.certify({ name: 'another.example' }), 'it is of another name'],
    ['out of date', known.certify({ until: Date.now() - 60_000 }), 'it has expired'],
  ])('is not sent where the certificate is %s, and the log says so', async (_, bad, reason) => {
    const before = requests;
    const attempt = await triedAt(await receiverWith(bad));
    expect(attempt).toMatchObject({
      delivered: false,
      failure: expect.stringMatching(`^its certificate cannot be verified: ${reason} \\([A-Z_]+\\)$`),
    });
    expect(attempt.status).toBeUndefined();
    expect(requests).toBe(before);
  });
});
