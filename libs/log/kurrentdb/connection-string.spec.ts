import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { systemRuntime as runtime } from '#runtime';
import { double, type Double } from '../../../test/support/kurrentdb/index.js';
import { event } from '../contract/fixture.js';
import { openKurrentLog, type KurrentLog } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'borderline-log-'));
let server: Double | undefined;
let log: KurrentLog | undefined;

afterEach(async () => {
  await log?.close();
  await server?.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an address', () => {
  it.each(['changeit', 'a/b:c@d %e&f?'])('connects over TLS, with the password %j', async (password) => {
    server = await double({ secure: { username: 'admin', password } });
    const { connectionString } = server;
    const replica = join(folder, `${crypto.randomUUID()}.db`);
    log = await openKurrentLog({ connectionString, replica, runtime });
    const [first] = await log.append([event('a')]);
    const both = [event('b', { stream: 'crossing-b' }), event('c', { stream: 'crossing-c' })];
    expect([first, ...(await log.append(both))].map((one) => one?.sequence)).toEqual([1, 2, 3]);
    await log.close();
    // The start checks whether the replica is of this log: for this the client reads in another way than for writing and subscribing.
    log = await openKurrentLog({ connectionString, replica, runtime });
    expect((await log.head()).sequence).toBe(3);
  });

  it('with another password is refused, and the password is not revealed', async () => {
    server = await double({ secure: { username: 'admin', password: 'changeit' } });
    const opening = openKurrentLog({
      connectionString: server.connectionString.replace('changeit', 'a-guess'),
      replica: join(folder, 'refused.db'),
      startTimeout: 1_000,
      runtime,
    });
    await expect(opening).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.not.stringContaining('a-guess') as unknown,
    });
  });
});
