import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime as runtime } from '#runtime';
import { event } from '../contract/fixture.js';
import { Instances } from '../../../test/support/kurrentdb/instances.js';
import { Connection } from './connection.js';
import { clientOf } from './connection-string.js';
import { LiveRecords } from './live-records.js';

describe('a subscription that ends while it begins', () => {
  let bench: Instances;
  beforeEach(() => {
    bench = new Instances();
  });
  afterEach(() => bench.clear());

  it('is no failure of the cluster: the client stays, and another subscription begins', async () => {
    const { connectionString } = await bench.cluster();
    await (await bench.open({ connectionString })).append([event('a')]);
    let clients = 0;
    const connection = new Connection(runtime, () => {
      clients += 1;
      return clientOf(connectionString, 'streaming');
    });
    const live = new LiveRecords({ runtime, name: 'borderline', connection, arrived: () => undefined });
    const beginning = live.begin(0);
    live.end();
    await beginning;
    expect(live.active).toBe(false);
    await live.begin(0);
    expect([live.active, clients]).toEqual([true, 1]);
    live.end();
    connection.renew();
  });
});
