/**
 * Serves the stream of events, the stream of changes and two webhooks, of events and of changes, by the modules of the server, without the rest
 * of it: so it starts soon.
 *
 *   node serve-subscribers.mjs <data folder> <port> <address of the receiver>
 */
import 'reflect-metadata';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime as runtime } from '#runtime';
import { ChangeWalk, parseChangeId, START_OF_CHANGES, Views } from '#views';
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
import { ChangeFrontier } from '../../dist/apps/server/changes/change-frontier.js';
import { ChangePlaces } from '../../dist/apps/server/changes/change-places.js';
import { ChangeStream } from '../../dist/apps/server/changes/change-stream.js';
import { ReadChanges } from '../../dist/apps/server/changes/read-changes.js';
import { selectionOf } from '../../dist/apps/server/events/event-filter.js';
import { EventStream } from '../../dist/apps/server/events/event-stream.js';
import { leafDigits, parsePosition } from '../../dist/apps/server/events/position.js';
import { SseStream } from '../../dist/apps/server/reading/sse.js';
import { ChangeMessages } from '../../dist/apps/server/webhooks/change-messages.js';
import { EventMessages } from '../../dist/apps/server/webhooks/event-messages.js';

function ended(error) {
  console.error(error);
  process.exit(1);
}

const [folder, port, receiver] = process.argv.slice(2);
const origin = 'a.test/log';
const log = openSqliteLog(join(folder, 'log.db'));
const views = await Views.open(runtime, join(folder, 'views.db'), log);
const frontier = new ChangeFrontier(runtime, log, views);
const walk = new ChangeWalk(log, views, leafDigits);
const places = new ChangePlaces(log, { zone: 'Europe/Vilnius' }, walk, frontier);
const reading = new ReadChanges(walk, places, frontier);
const all = { filter: {}, passes: () => true, concerns: () => true };
const form = ({ id, sequence, type }) => ({ id, sequence, type });

const sources = {
  '/v1/events/stream': (after) =>
    new EventStream(parsePosition(after ?? '0'), { log, selection: selectionOf({}), form, origin }),
  '/v1/changes/stream': (after) => {
    const end = async () => ({ head: 0, origin });
    const from = after === undefined ? START_OF_CHANGES : parseChangeId(after);
    return new ChangeStream(from, { walk, places, frontier, selection: all, end });
  },
};
createServer((request, response) => {
  const source = sources[request.url.split('?')[0]](request.headers['last-event-id']);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  new SseStream(response, source, { runtime, onError: ended });
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));

const file = join(folder, 'webhooks.db');
const store = new WebhookStore(file, runtime);
for (const [kind, after] of [
  ['events', '0'],
  ['changes', await places.idOf(START_OF_CHANGES)],
]) {
  if (store.find(kind)) continue;
  const named = { id: kind, kind, owner: 'settings', url: `${receiver}/${kind}`, filter: {}, server: '' };
  const state = { description: '', created: runtime.now(), state: 'active', reason: '', version: 1 };
  await store.add({ ...named, ...state }, { secret: newSecret(), after, most: 2 });
}
const outbound = new Outbound({ runtime, rules: new AddressRules(['127.0.0.0/8']) });
new Deliverer({
  store,
  sender: new Sender({ store, outbound, places: new Places(), runtime, userAgent: 'a test' }),
  runtime,
  lease: new FileLease(`${file}.lock`),
  sourceOf: ({ kind }) =>
    kind === 'events'
      ? new EventMessages(log, selectionOf({}), form)
      : new ChangeMessages({ places, reading, frontier, selection: all, origin }),
  isEntitled: () => true,
  onAttempt: () => undefined,
  onState: ended,
  onError: ended,
  onTrouble: ended,
}).start();
