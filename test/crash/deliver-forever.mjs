/**
 * Delivers the events of a log to one webhook, for ever.
 *
 *   node deliver-forever.mjs <data folder> <address>
 */
import { join } from 'node:path';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime as runtime } from '#runtime';
import {
  AddressRules,
  Deliverer,
  FileLease,
  newSecret,
  Outbound,
  Places,
  Sender,
  WebhookStore,
} from '#webhooks';

// The timers of the runtime keep no process running.
setInterval(() => undefined, 60_000);
const [folder, url] = process.argv.slice(2);
const file = join(folder, 'webhooks.db');
const log = openSqliteLog(join(folder, 'log.db'));
const store = new WebhookStore(file, runtime);
if (!store.find('w')) {
  const subscription = {
    id: 'w',
    owner: 'settings',
    url,
    kind: 'events',
    filter: {},
    server: 'http://localhost',
  };
  const state = { description: '', created: runtime.now(), state: 'active', reason: '', version: 1 };
  await store.add({ ...subscription, ...state }, { secret: newSecret(), after: '0', most: 1 });
}
const outbound = new Outbound({ runtime, rules: new AddressRules(['127.0.0.0/8']) });
const sender = new Sender({ store, outbound, places: new Places(), runtime, userAgent: 'a test' });
/** That of the server takes long to load; positions are sequences here. */
const source = {
  has: async () => true,
  compare: (one, other) => Number(one) - Number(other),
  async after(position) {
    const messages = [];
    const asked = { after: Number(position), through: Number(position) + 64 };
    const through = await log.history(asked, ({ events }) => {
      for (const { sequence } of events)
        messages.push({ position: String(sequence), body: () => JSON.stringify({ n: sequence }) });
    });
    return { messages, through: String(through) };
  },
  async more(position, signal) {
    await log.reached(Number(position) + 1, { timeout: 1_000, signal });
  },
};
function ended(error) {
  console.error(error);
  process.exit(1);
}
new Deliverer({
  store,
  sender,
  runtime,
  lease: new FileLease(`${file}.lock`),
  sourceOf: () => source,
  isEntitled: () => true,
  onAttempt: () => undefined,
  onState: () => undefined,
  onError: ended,
  onTrouble: ended,
}).start();
