import { request } from 'node:http';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#events';
import { application, type Application } from './application.js';

const KEY = 'a-key-of-the-settings';

interface Family {
  type?: string;
  help?: string;
  readonly samples: Map<string, number>;
}

/** Reads the text format of Prometheus 0.0.4. Throws where a line is invalid. */
function parsed(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  const familyOf = (name: string): Family => {
    const family = families.get(name) ?? { samples: new Map<string, number>() };
    families.set(name, family);
    return family;
  };
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const [, keyword, named = '', rest = ''] = /^# (HELP|TYPE) (\w+) (.+)$/.exec(line) ?? [];
    if (keyword !== undefined) {
      familyOf(named)[keyword === 'HELP' ? 'help' : 'type'] = rest;
      continue;
    }
    const sample =
      /^([a-z_][a-z0-9_]*)(\{(?:\w+="(?:[^"\\\n]|\\.)*",?)*\})? (-?[\d.e+-]+|[+-]?Inf|Na[nN])$/.exec(line);
    if (!sample) throw new Error(`no sample: ${line}`);
    const [, name = '', labels = '', value] = sample;
    const base = families.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '');
    families.get(base)!.samples.set(`${name}${labels}`, Number(value));
  }
  return families;
}

let running: Application;
let id = 0;
beforeAll(async () => {
  running = await application([], { BORDERLINE_KEY: KEY });
});
afterAll(() => running.stop());

const get = (path: string, init: RequestInit = {}): Promise<Response> => fetch(running.url + path, init);
/** The current figures: after a pause, because the server remembers its figures for a second. */
async function scraped(): Promise<Map<string, Family>> {
  await pause(1_000);
  return parsed(await (await get('/metrics')).text());
}
const value = (families: Map<string, Family>, sample: string): number =>
  families.get(sample.replace(/\{.*/, ''))?.samples.get(sample) ?? 0;

async function record(body: object): Promise<number> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const response = await get('/v1/developments', { method: 'POST', headers, body: JSON.stringify(body) });
  await response.body?.cancel();
  return response.status;
}
const development = (): object => ({
  ...eventTypes[0]!.example,
  id: `01953f21-8a00-7c3e-9b1d-${String((id += 1)).padStart(12, '0')}`,
});

describe('the metrics', () => {
  it('are in the text format, with conventional names', async () => {
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const families = parsed(await response.text());
    expect(families.size).toBeGreaterThan(30);
    for (const [name, { type, help, samples }] of families) {
      expect([name, type, help]).toEqual([
        name,
        expect.stringMatching(/^(counter|gauge|histogram|summary)$/),
        expect.any(String),
      ]);
      if (!name.startsWith('borderline_')) continue;
      expect([name, /_total$/.test(name)]).toEqual([name, type === 'counter']);
      expect(name).toMatch(
        /_(total|seconds|bytes|events|info|sequence|streams|subscriptions|requests|retrying)$/,
      );
      for (const amount of samples.values()) expect(Number.isFinite(amount)).toBe(true);
    }
    for (const name of [
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      expect([name, families.has(name)]).toEqual([name, true]);
  });

  it('are the families that the documentation explains', async () => {
    const told = readFileSync('docs/metrics.md', 'utf8').matchAll(
      /^\| `(\w+)` +\| (\w+) +\| ([\w, ]*?) +\|/gm,
    );
    const families = await scraped();
    const ours = [...families].filter(([name]) => name.startsWith('borderline_'));
    const types = new Map([...told].map(([, name = '', type = '', labels = '']) => [name, { type, labels }]));
    expect([...types.keys()].sort()).toEqual(ours.map(([name]) => name).sort());
    for (const [name, { type, samples }] of ours) {
      expect([name, types.get(name)?.type]).toEqual([name, type]);
      const labels = [...samples.keys()].flatMap((sample) =>
        [...sample.matchAll(/(\w+)="/g)].map(([, label]) => label),
      );
      const known = [...(types.get(name)?.labels.split(', ') ?? []), 'le'];
      expect(known).toEqual(expect.arrayContaining(labels));
    }
  });

  it('count requests by the pattern of the route, for any number of addresses', async () => {
    const before = await scraped();
    for (let n = 0; n < 20; n += 1) await (await get(`/v1/crossings/c${n}?asOf=2025-11-05`)).text();
    for (let n = 0; n < 20; n += 1) await (await get(`/nowhere/${n}`)).text();
    const after = await scraped();
    const grown = (sample: string) => value(after, sample) - value(before, sample);
    const requests = 'borderline_http_requests_total';
    expect(grown(`${requests}{method="GET",route="/v1/crossings/:id",status="404"}`)).toBe(20);
    expect(grown(`${requests}{method="GET",route="none",status="404"}`)).toBe(20);
    const series = after.get(requests)!.samples.size - before.get(requests)!.samples.size;
    expect(series).toBeLessThanOrEqual(3);
    const durations = after.get('borderline_http_request_duration_seconds')!.samples;
    const labels = 'method="GET",route="/v1/crossings/:id"';
    const name = 'borderline_http_request_duration_seconds';
    expect(durations.get(`${name}_count{${labels}}`)).toBe(20);
    const buckets = [...durations].filter(
      ([key]) => key.startsWith(`${name}_bucket`) && key.includes('/v1/crossings/:id"'),
    );
    const amounts = buckets.map(([, amount]) => amount);
    expect(amounts).toEqual([...amounts].sort((a, b) => a - b));
    expect(amounts.at(-1)).toBe(20);
  });

  it('count recorded, repeated and refused events', async () => {
    const before = await scraped();
    const [one, two] = [development(), development()];
    expect(await record({ developments: [one, two] })).toBe(201);
    expect(await record(one)).toBe(201);
    expect(await record({ ...one, occurred: '1999' })).toBe(409);
    expect(await record({ type: 'none' })).toBe(422);
    expect((await get('/v1/developments?dryRun=true', { method: 'POST' })).status).toBe(401);
    const after = await scraped();
    const grown = (name: string) => value(after, `borderline_${name}`) - value(before, `borderline_${name}`);
    expect(grown('appends_total')).toBe(2);
    expect(grown('events_recorded_total')).toBe(2);
    expect(grown('events_duplicate_total')).toBe(1);
    expect(grown('appends_refused_total{code="id-conflict"}')).toBe(1);
    expect(grown('appends_refused_total{code="invalid-development"}')).toBe(1);
    expect(grown('log_sequence')).toBe(2);
  });

  it('say how far behind the consumers are, and how large the files', async () => {
    const { sequence } = await running.log.head();
    await (await get(`/v1/state?atLeast=${sequence}`)).text();
    await (await get('/v1/audit/checkpoint')).text();
    const families = await scraped();
    for (const consumer of ['views', 'search', 'audit']) {
      for (const name of ['lag_events', 'lag_seconds', 'retrying'])
        expect(
          families
            .get(`borderline_consumer_${name}`)!
            .samples.get(`borderline_consumer_${name}{consumer="${consumer}"}`),
        ).toBe(0);
    }
    for (const file of ['log.db', 'views.db', 'views-search.db', 'audit.db'])
      expect(value(families, `borderline_file_size_bytes{file="${file}"}`)).toBeGreaterThan(4_000);
    expect(value(families, 'borderline_disk_free_bytes')).toBeGreaterThan(1_000_000);
  });

  it('count streams while they are open, and leave their latency out', async () => {
    const leaving = new AbortController();
    const stream = await get('/v1/events/stream?after=end', { signal: leaving.signal });
    expect(stream.status).toBe(200);
    const events = 'borderline_open_streams{kind="events"}';
    expect(value(await scraped(), events)).toBe(1);
    leaving.abort();
    let families = await scraped();
    while (value(families, events) > 0) families = await scraped();
    const counted = 'borderline_http_requests_total{method="GET",route="/v1/events/stream",status="200"}';
    expect(value(families, counted)).toBe(1);
    const { samples } = families.get('borderline_http_request_duration_seconds')!;
    expect([...samples.keys()].filter((key) => key.includes('/v1/events/stream"'))).toEqual([]);
  });

  it('have no label that a client chooses', async () => {
    for (const method of ['PROPFIND', 'M-SEARCH', 'TRACE']) {
      await new Promise<void>((resolve, reject) => {
        request(`${running.url}/v1/x"y`, { method }, (response) => {
          response.resume().on('end', resolve);
        })
          .on('error', reject)
          .end();
      });
    }
    const families = await scraped();
    const routes = [...families.get('borderline_http_requests_total')!.samples.keys()];
    expect(routes.filter((sample) => sample.includes('x'))).toEqual(
      routes.filter((sample) => /text|explain/.test(sample)),
    );
  });

  it('are computed once a second, for any number of requests', async () => {
    const texts = await Promise.all(Array.from({ length: 50 }, async () => (await get('/metrics')).text()));
    // Each second makes another text, and fifty answers may take more than a second on a busy machine.
    expect(new Set(texts).size).toBeLessThan(10);
    expect((await get('/metrics?colour=red')).status).toBe(400);
  });
});

it('the metrics need the same key as reading', async () => {
  const closed = await application([], { BORDERLINE_KEY: KEY, BORDERLINE_READ: 'key' });
  const status = async (headers: Record<string, string>) => {
    const response = await fetch(`${closed.url}/metrics`, { headers });
    await response.body?.cancel();
    return response.status;
  };
  const { key } = await closed.keys.create('reporter', ['report']);
  expect(await status({})).toBe(401);
  expect(await status({ authorization: `Bearer ${key}` })).toBe(403);
  expect(await status({ authorization: `Bearer ${KEY}` })).toBe(200);
  await closed.stop();
});
