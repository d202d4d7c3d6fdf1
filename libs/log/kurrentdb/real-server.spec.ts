import { describe, expect, it } from '@jest/globals';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { contractSuite } from '../contract-suite.js';
import { collect, event, events, reaches, upTo } from '../contract/fixture.js';
import { Door } from '../../../test/support/kurrentdb/door.js';
import type { EventLog } from '../event-log.js';
import { logIn, type LogInCluster } from './spec-support.js';

/**
 * A server to test against, such as `kurrentdb://127.0.0.1:2113?tls=false`; each run leaves some streams named `test-…` there. Where the server has
 * users, a second user may be named, who has no rights to a stream.
 */
const server = process.env['BORDERLINE_TEST_KURRENTDB'];
const stranger = process.env['BORDERLINE_TEST_KURRENTDB_STRANGER'];

if (server === undefined || server === '') {
  describe('a log in a real KurrentDB', () => {
    it.skip('is tested where BORDERLINE_TEST_KURRENTDB says where one is: npm run test:kurrentdb', () =>
      undefined);
  });
} else {
  contractSuite('a log in a real KurrentDB', () => logIn(server));

  describe('instances over a real KurrentDB', () => {
    it('race for one id, and agree on one answer', async () => {
      const made = logIn(server);
      const logs = [await made.open(), await made.open(), await made.open()];
      for (const round of upTo(10)) {
        const answers = await Promise.all(
          upTo(12).map((n) => logs[n % 3]?.append([event(`id${round}`)]) ?? Promise.resolve([])),
        );
        expect(answers.flat().map(({ sequence }) => sequence)).toEqual(upTo(12).map(() => round));
        expect(answers.flat().filter(({ duplicate }) => duplicate !== true)).toHaveLength(1);
      }
      await made.dispose();
    });

    it('append a batch of 10,000, while another instance records too', async () => {
      const made = logIn(server);
      const [log, other] = [await made.open(), await made.open()];
      const batch = events(10_000, 'e', { payload: 'x'.repeat(1_000) });
      const [answer] = await Promise.all([log.append(batch), other.append([event('small')])]);
      expect(answer).toHaveLength(10_000);
      for (const one of [log, other]) await reaches(one, 10_001);
      expect(await collect(other.read())).toEqual(await collect(log.read()));
      await made.dispose();
    });

    it('that was closed meanwhile continues', async () => {
      const made = logIn(server);
      const log = await made.open();
      const late = await made.open();
      await log.append(events(10, 'a'));
      await reaches(late, 10);
      await late.close();
      await log.append(events(500, 'b'));
      const again = await made.open();
      expect(await collect(again.read())).toEqual(await collect(log.read()));
      await made.dispose();
    });

    const withoutTls = /[?&]tls=false/.test(server) ? it : it.skip;
    withoutTls('whose connections break again and again have everything once and in order', async () => {
      const made = logIn(server);
      const log = await made.open();
      const { door, other } = await throughDoor(made, server);
      for (const n of upTo(20)) {
        await log.append(events(20, `${n}-`));
        door.cutAll();
      }
      await reaches(other, 400);
      await log.append(events(500, 'last'));
      await reaches(other, 900);
      expect(await collect(other.read())).toEqual(await collect(log.read()));
      await made.dispose();
      await door.close();
    });

    const withStranger = stranger === undefined || stranger === '' ? it.skip : it;
    withStranger('refuse a user without rights, and say so', async () => {
      const made = logIn(server);
      await (await made.open()).append([event('a')]);
      const [, user = ''] = /\/\/([^:@/]+):/.exec(server) ?? [];
      const client = KurrentDBClient.connectionString(server);
      const acl = {
        readRoles: [user],
        writeRoles: [user],
        metaReadRoles: [user],
        metaWriteRoles: ['$admins'],
      };
      await client.setStreamMetadata(made.name, { acl });
      await expect(made.open(stranger)).rejects.toThrow(/refuses these credentials/);
      await client.dispose();
      await made.dispose();
    });
  });
}

/** An instance whose connections go through a `Door`, to the leader: no other node can say which events the log has. */
async function throughDoor(
  made: LogInCluster,
  address: string,
): Promise<{ readonly door: Door; readonly other: EventLog }> {
  const [, begin = '', hosts = '', end = ''] =
    /^(\w+:\/\/(?:[^@/]*@)?)([^?/]+)\/?(\?.*)?$/.exec(address) ?? [];
  for (const host of hosts.split(',')) {
    const [name = '', port = 2113] = host.split(':');
    const door = new Door(() => Number(port), name);
    await door.open();
    try {
      return { door, other: await made.open(`${begin}127.0.0.1:${door.port}${end}`, 3_000) };
    } catch {
      await door.close();
    }
  }
  throw new Error('No node of the cluster leads');
}
