import type { Command } from 'commander';
import type { Client, QueryValues } from '#client';
import { withTarget, type Connect, type Target } from './connection.js';
import { Failure } from './failure.js';
import { tableOf } from './table.js';
import { notice, printable, say, terminalWidth } from './terminal.js';
import {
  webhookLines,
  resultText,
  wantedBy,
  type DeliveryJson,
  type WebhookJson,
} from './views/webhook-text.js';

const HELP = `
A webhook sends events, or changes of state, to an address, signed, at least once and in order. While no server runs on a data
folder, nothing is delivered. A running server applies changes within a second or two.

Examples:
  $ borderline webhooks create https://example.org/hook --type 'crossing.*' --url http://127.0.0.1:3000
  $ borderline webhooks create https://example.org/hook --for changes --border LT-BY --aspect next
  $ borderline webhooks test 019ad0f2-3c00-7d1e-8b6a-5f0c2e9a7d41
  $ borderline webhooks redeliver 019ad0f2-3c00-7d1e-8b6a-5f0c2e9a7d41 --after 120
`;

const EVENT_FILTERS = ['type', 'subject', 'category', 'claimant'] as const;
const CHANGE_FILTERS = ['view', 'subject', 'border', 'aspect'] as const;
const FILTER_NAMES = [...new Set([...EVENT_FILTERS, ...CHANGE_FILTERS])];
type FilterName = (typeof FILTER_NAMES)[number];

interface JsonTarget extends Target {
  readonly json?: true;
}
interface CreateOptions extends JsonTarget, Partial<Record<FilterName, string>> {
  readonly for: string;
  readonly after?: string;
  readonly description?: string;
}

export function addWebhooks(program: Command, connect: Connect): void {
  const webhooks = program
    .command('webhooks')
    .summary('manage the webhooks of a server')
    .description('Manages webhooks.')
    .addHelpText('after', HELP);

  const add = (name: string, description: string): Command =>
    withTarget(webhooks.command(name))
      .description(description)
      .option('--json', 'the answer of the server, unchanged')
      .addHelpText('after', HELP);
  const addOf = (name: string, description: string): Command =>
    add(name, description).argument('<id>', 'as "webhooks list" shows it');

  add('list', 'Lists the webhooks of the key; of an admin key, all.').action((options: JsonTarget) =>
    connect(options, {}, (client) => list(client, options)),
  );
  addCreate(add('create', 'Registers a webhook, and shows its secret this once.'), connect);
  addOf('show', 'Shows a webhook: its state, its place, and the message that fails.').action(
    (id: string, options: JsonTarget) =>
      connect(options, {}, async (client) => show(await client.text(at(id)), options)),
  );
  addOf('test', 'Sends a test message, and prints the outcome.').action((id: string, options: JsonTarget) =>
    connect(options, {}, (client) => test(client, id, options)),
  );
  for (const [name, paused, done] of [
    ['pause', true, 'is paused: its place is kept'],
    ['resume', false, 'is active, from the place that it had'],
  ] as const) {
    addOf(name, paused ? 'Pauses a webhook.' : 'Resumes a webhook that is paused, parked or gone.').action(
      (id: string, options: JsonTarget) =>
        connect(options, {}, async (client) =>
          acknowledge(await request(client, 'PATCH', at(id), { paused }), options, `webhook ${id} ${done}`),
        ),
    );
  }
  addOf('delete', 'Deletes a webhook, with its secrets and its place.').action(
    (id: string, options: JsonTarget) =>
      connect(options, {}, async (client) => {
        await request(client, 'DELETE', at(id));
        notice(`webhook ${id} is deleted`);
      }),
  );
  addOf('rotate', 'Makes a new secret, and shows it this once. The old one signs too, for a time.')
    .option('--overlap <seconds>', 'how long the old secret signs too; 0 if others know it (default: a day)')
    .action((id: string, options: JsonTarget & { readonly overlap?: string }) =>
      connect(options, {}, async (client) => {
        const body = options.overlap === undefined ? {} : { overlap: Number(options.overlap) };
        showSecret(await request(client, 'POST', at(id, 'rotate'), body), options);
      }),
    );
  addRedeliver(addOf('redeliver', 'Sends messages again, beside the new ones.'), connect);
  addOf('skip', 'Gives up the message that fails now.')
    .argument('<message>', 'its id, as "webhooks show" names it')
    .action((id: string, message: string, options: JsonTarget) =>
      connect(options, {}, async (client) =>
        acknowledge(
          await request(client, 'POST', at(id, 'skip'), { message }),
          options,
          `message ${message} is skipped`,
        ),
      ),
    );
  addOf('deliveries', 'Lists the last attempts, the newest first.')
    .option('--limit <number>', 'the greatest number of attempts', '20')
    .action((id: string, options: JsonTarget & { readonly limit: string }) =>
      connect(options, {}, (client) => deliveries(client, id, options)),
    );
}

function addCreate(command: Command, connect: Connect): void {
  command
    .argument('<address>', 'the address for messages: https, unless the server allows more')
    .option('--for <kind>', 'events or changes', 'events')
    .option(
      '--after <place>',
      'the place to begin after: start, end, a place of the stream, an instant or a date (default: end)',
    )
    .option('--description <text>', 'its purpose');
  for (const name of FILTER_NAMES) {
    const isOf = (names: readonly string[]): boolean => names.includes(name);
    const kinds = [isOf(EVENT_FILTERS) && 'events', isOf(CHANGE_FILTERS) && 'changes'].filter(Boolean);
    command.option(`--${name} <names>`, `only of these, comma-separated; for ${kinds.join(' and ')}`);
  }
  command.action((address: string, options: CreateOptions) =>
    connect(options, { create: true }, async (client) => {
      const { after, description } = options;
      const filter = Object.fromEntries(FILTER_NAMES.map((name) => [name, options[name]]));
      const body = { url: address, [kindIn(options.for)]: filter, after, description };
      showSecret(await request(client, 'POST', '/v1/webhooks', body), options);
    }),
  );
}

function addRedeliver(command: Command, connect: Connect): void {
  command
    .option('--after <place>', 'the place to begin after: start, a place of the stream, an instant or a date')
    .option('--end', 'end the redelivery that is under way')
    .action((id: string, options: JsonTarget & { readonly after?: string; readonly end?: true }) =>
      connect(options, {}, async (client) => {
        if (options.end === true) {
          await request(client, 'DELETE', at(id, 'redeliver'));
          notice('the redelivery has ended');
          return;
        }
        if (options.after === undefined) throw new Failure('give --after, or --end');
        const answer = await request(client, 'POST', at(id, 'redeliver'), { after: options.after });
        const { redelivery } = JSON.parse(answer) as WebhookJson;
        acknowledge(
          answer,
          options,
          `messages are sent again, up to ${redelivery?.until ?? 'the present place'}`,
        );
      }),
    );
}

async function list(client: Client, options: JsonTarget): Promise<void> {
  const items: WebhookJson[] = [];
  for (let after: string | null | undefined = undefined; after !== null;) {
    const query: QueryValues = { limit: 1000, ...(after !== undefined && { after }) };
    const page = JSON.parse(await client.text('/v1/webhooks', query)) as {
      readonly items: readonly WebhookJson[];
      readonly next: string | null;
    };
    items.push(...page.items);
    after = page.next;
  }
  if (options.json) say(JSON.stringify({ items }));
  else if (items.length === 0) notice('there are no webhooks');
  else {
    const rows = items.map((webhook) => {
      const { id, url, state, failing } = webhook;
      return [id, failing ? `${state}, failing` : state, wantedBy(webhook), printable(url)];
    });
    say(tableOf(['Id', 'State', 'For', 'Address'], rows, terminalWidth()));
  }
}

function show(answer: string, options: JsonTarget): void {
  if (options.json) return say(answer);
  for (const line of webhookLines(JSON.parse(answer) as WebhookJson)) say(line);
}

async function test(client: Client, id: string, options: JsonTarget): Promise<void> {
  const answer = await request(client, 'POST', at(id, 'test'), {});
  const delivery = JSON.parse(answer) as DeliveryJson;
  if (options.json) say(answer);
  const { delivered, status, duration } = delivery;
  if (!delivered) throw new Failure(`the test message was not delivered: ${resultText(delivery)}`);
  if (!options.json) say(`delivered: the receiver answered ${status} in ${duration} ms`);
}

async function deliveries(
  client: Client,
  id: string,
  options: JsonTarget & { readonly limit: string },
): Promise<void> {
  const answer = await client.text(at(id, 'deliveries'), { limit: options.limit });
  const { items } = JSON.parse(answer) as { readonly items: readonly DeliveryJson[] };
  if (options.json) say(answer);
  else if (items.length === 0) notice('nothing was sent yet');
  else {
    const rows = items.map((delivery) => {
      const { at: sent, message, track, attempt, duration } = delivery;
      return [
        sent,
        message.replace(`${id}_`, ''),
        track,
        String(attempt),
        resultText(delivery),
        `${duration} ms`,
      ];
    });
    say(tableOf(['At', 'Message', 'Track', 'Attempt', 'Result', 'Took'], rows, terminalWidth()));
  }
}

/** Throws the errors of the client. */
function request(client: Client, method: string, address: string, body?: object): Promise<string> {
  const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return client.text(address, {}, { method, ...(body && json) });
}

function acknowledge(answer: string, { json }: JsonTarget, outcome: string): void {
  if (json) say(answer);
  else notice(outcome);
}

function showSecret(answer: string, { json }: JsonTarget): void {
  if (json) return say(answer);
  const { id, url, secret = '' } = JSON.parse(answer) as WebhookJson;
  say(secret);
  notice(`webhook ${id} to ${printable(url)}; its secret is shown this once`);
}

const at = (id: string, what?: string): string =>
  `/v1/webhooks/${encodeURIComponent(id)}${what === undefined ? '' : `/${what}`}`;

function kindIn(text: string): string {
  if (text === 'events' || text === 'changes') return text;
  throw new Failure(`--for must be events or changes, not ${JSON.stringify(text)}`);
}
