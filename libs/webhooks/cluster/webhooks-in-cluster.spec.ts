import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { KurrentStreams } from '#log/kurrentdb';
import { systemRuntime } from '#runtime';
import { double, type Double } from '../../../test/support/kurrentdb/index.js';
import { webhookStoreContract } from '../contract-suite.js';
import type { WebhookStore } from '../index.js';
import { openClusterWebhooks } from './open.js';

let server: Double;
beforeAll(async () => {
  server = await double();
});
afterAll(() => server.stop());

let made = 0;

webhookStoreContract('webhooks in a cluster', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  const opened: WebhookStore[] = [];
  const key = randomBytes(32);
  const name = `log-${(made += 1)}`;
  return {
    open: async () => {
      const { store } = await openClusterWebhooks({
        file: join(folder, `${opened.length}.db`),
        streams: new KurrentStreams({
          connectionString: server.connectionString,
          name,
          runtime: systemRuntime,
        }),
        key,
        runtime: systemRuntime,
        isReady: () => true,
      });
      opened.push(store);
      return store;
    },
    dispose: async () => {
      for (const store of opened) await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});
