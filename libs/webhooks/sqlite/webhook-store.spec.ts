import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import { webhookStoreContract } from '../contract-suite.js';
import { WebhookStore } from './webhook-store.js';

webhookStoreContract('webhooks in a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  const opened: WebhookStore[] = [];
  return {
    open: async () => {
      const store = new WebhookStore(join(folder, 'webhooks.db'), systemRuntime);
      opened.push(store);
      return store;
    },
    dispose: async () => {
      for (const store of opened) await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});
