import 'reflect-metadata';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { fingerprintNow, ViewsDatabase } from '#views';
import { appending } from './appending.js';
import { asking } from './asking.js';
import { appendingWithTree, auditing, followingFill } from './auditing.js';
import { changing } from './changing.js';
import { clustering } from './clustering.js';
import { delivering } from './delivering.js';
import { fairness } from './fairness.js';
import { freshCuts, freshOverHttp } from './fresh.js';
import { manySubjects } from './many.js';
import type { Figure } from './measure.js';
import { midnight } from './midnight.js';
import { page } from './page.js';
import { posting } from './posting.js';
import { fill, rebuilding } from './rebuilding.js';
import { serving, startingFull } from './serving.js';
import { subscribing } from './subscribing.js';
import { waiting } from './waiting.js';
import { webhooks } from './webhooks.js';

/** The parts that can be measured alone; `large` is every measurement that needs the log of --events. */
const PARTS = [
  'appending',
  'tree',
  'delivering',
  'serving',
  'posting',
  'fresh',
  'subscribing',
  'webhooks',
  'fairness',
  'changing',
  'midnight',
  'page',
  'many',
  'large',
] as const;
/** Parts that run only where they are named. */
const MORE_PARTS = ['peers'] as const;

type Part = (typeof PARTS)[number] | (typeof MORE_PARTS)[number];

const HELP = `npm run bench -- [--events 1000000] [--delivered 200000] [--subscribers 2000] [--readers 1000] [--history 20000] [--subjects 100000] [--deliveries 10000] [--many-subjects 10000] [--many-events 50000] [--many-days] [--seconds 3] [--only NAMES] [--peers] [--kurrentdb URL] [--folder DIR] [--out bench-results.json]

Prints figures, each against a floor measured in the same run, and writes them as JSON. With --many-days, the many subjects' events happen on days. --only: some parts, for example "fairness,serving"; the parts are ${[...PARTS, ...MORE_PARTS].join(', ')}. With --peers, or
--only peers: the same work on PostgreSQL too, where Debian's package is installed. With --kurrentdb: only the figures of a log in that cluster.
`;

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    delivered: { type: 'string', default: '200000' },
    subscribers: { type: 'string', default: '2000' },
    readers: { type: 'string', default: '1000' },
    history: { type: 'string', default: '20000' },
    subjects: { type: 'string', default: '100000' },
    deliveries: { type: 'string', default: '10000' },
    'many-subjects': { type: 'string', default: '10000' },
    'many-events': { type: 'string', default: '50000' },
    'many-days': { type: 'boolean', default: false },
    seconds: { type: 'string', default: '3' },
    only: { type: 'string', default: PARTS.join(',') },
    peers: { type: 'boolean', default: false },
    kurrentdb: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
    out: { type: 'string', default: 'bench-results.json' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const events = Number(values.events);
const folder = mkdtempSync(join(values.folder, 'borderline-bench-'));
const data = join(folder, 'data');
const corpus = join(folder, 'corpus');
mkdirSync(data);
mkdirSync(corpus);
const figures: Figure[] = [];
const begun = performance.now();

const wanted = [...values.only.split(','), ...(values.peers ? ['peers'] : [])];
const there: readonly string[] = [...PARTS, ...MORE_PARTS];
const unknown = wanted.find((name) => !there.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`no such part: ${unknown} (there are ${there.join(', ')})\n`);
  process.exit(1);
}
const isWanted = (part: Part): boolean => wanted.includes(part);

async function section(name: string, run: () => Figure[] | Promise<Figure[]>): Promise<void> {
  process.stderr.write(`${name}…\n`);
  figures.push(...(await run()));
}

/** The sections of each part except `large`, in the order in which they run. */
function sections(): (readonly [part: Part, name: string, run: () => Figure[] | Promise<Figure[]>])[] {
  const at = (name: string): string => join(folder, name);
  const subscribers = Number(values.subscribers);
  return [
    ['appending', 'appending', () => appending(folder)],
    ['appending', 'appending and waiting for the views', () => waiting(folder)],
    ['tree', 'appending with a tree', () => appendingWithTree(folder)],
    ['delivering', 'delivering', () => delivering(folder, Number(values.delivered))],
    ['serving', 'serving', () => serving(corpus, Number(values.seconds))],
    ['posting', 'posting', () => posting(at('posted'))],
    ['fresh', 'fresh cuts', () => freshCuts(at('fresh.db'), at('fresh-busy.db'))],
    ['fresh', 'fresh cuts over HTTP', () => freshOverHttp(at('fresh'), at('fresh-one'), at('fresh-corpus'))],
    [
      'subscribing',
      'subscribing to events',
      () => subscribing(at('subscribed-events'), subscribers, 'events'),
    ],
    [
      'subscribing',
      'subscribing to changes',
      () => subscribing(at('subscribed-changes'), subscribers, 'changes'),
    ],
    ['midnight', 'midnight', () => midnight(at('midnight'), Number(values.subjects))],
    ['webhooks', 'webhooks', () => webhooks(at('webhooks'), Number(values.deliveries))],
    ['fairness', 'fairness', () => fairness(at('fair'), Number(values.history), Number(values.readers), 10)],
    ['changing', 'changing', () => changing(folder)],
    ['page', 'page', () => page(at('page'))],
    ['peers', 'peers', async () => (await import('./peers.js')).peers(folder)],
    [
      'many',
      'many subjects',
      () =>
        manySubjects(
          at('many.db'),
          Number(values['many-subjects']),
          Number(values['many-events']),
          values['many-days'],
        ),
    ],
  ];
}

async function all(): Promise<void> {
  for (const [part, name, run] of sections()) if (isWanted(part)) await section(name, run);
  if (isWanted('large')) await large();
}

/** Measures everything that needs a log of `events` events. */
async function large(): Promise<void> {
  const [logFile, viewsFile] = [join(data, 'log.db'), join(data, 'views.db')];
  await section('filling', () => followingFill(data, () => fill(logFile, events)));
  await section('rebuilding', () => rebuilding(logFile, viewsFile, events));
  await section('asking', () => {
    const views = new ViewsDatabase(viewsFile);
    views.fingerprint = fingerprintNow();
    const found = asking(views, events, join(folder, 'small.db'), join(folder, 'busy.db'));
    views.close();
    return found;
  });
  await section('auditing', () => auditing(data, events));
  await section('starting', () => startingFull(data, events));
}

try {
  const { kurrentdb } = values;
  if (kurrentdb === undefined) await all();
  else await section('a log in a cluster', () => clustering(folder, kurrentdb));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

print(figures);
const seconds = Math.round((performance.now() - begun) / 1000);
const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model };
writeFileSync(
  values.out,
  `${JSON.stringify({ at: new Date().toISOString(), machine, seconds, events, figures }, null, 2)}\n`,
);
process.stdout.write(`${seconds} s; written to ${values.out}\n`);

function print(found: readonly Figure[]): void {
  const table = new Table({
    head: ['', 'measured', 'floor', 'ratio', 'target', ''],
    style: { head: [], border: [] },
  });
  for (const { name, value, unit, floor, ratio, target } of found) {
    table.push([
      name,
      `${short(value)} ${unit}`,
      floor ? `${short(floor.value)} (${floor.what})` : '',
      ratio === undefined ? '' : ratio.toFixed(2),
      target?.text ?? '',
      target ? (target.met ? 'met' : 'MISSED') : '',
    ]);
  }
  process.stdout.write(`${table.toString()}\n`);
}

function short(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 1 ? value.toFixed(2) : value.toPrecision(2);
}
