import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { SaxesParser } from 'saxes';
import type { EventLog } from '#log';
import { systemRuntime } from '#runtime';
import type { JsonFeed } from '../../apps/server/feeds/feed.js';
import { application, type Application } from './application.js';

const KEY = 'a-key-for-feeds';
let now = Date.parse('2025-11-10T12:00:00Z');
let server: Application;
beforeAll(async () => {
  server = await application([], { BORDERLINE_KEY: KEY }, { ...systemRuntime, now: () => now });
});
afterAll(() => server.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { headers });

let last = 0;
/** Sends a body one minute after the body before, by the clock of the server. Returns the id of the event. */
async function send(path: string, body: object): Promise<string> {
  now += 60_000;
  const response = await fetch(`${server.url}/v1/developments${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { events: { id: string; sequence: number }[] };
  expect(answer).toEqual({ events: expect.anything(), warnings: expect.anything() });
  last = answer.events[0]!.sequence;
  return answer.events[0]!.id;
}

const told = (type: string, occurred: string, data: object, more: object = {}) => ({
  type,
  occurred,
  reportedAt: '2025-11-10T10:00:00Z',
  data,
  source: {
    publisher: 'A press',
    title: 'A title',
    publishedAt: '2025-11-10',
    url: 'https://example.org/?a=1&b=2',
  },
  attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
  ...more,
});
const closed = (crossing: string, more: object = {}, data: object = {}) =>
  told('crossing.closed', '2025-11-09', { crossing, side: 'LT', reopens: true, ...data }, more);
const correct = (id: string, replacement: object) =>
  send(`/${id}/corrections`, {
    kind: 'amended',
    reportedAt: '2025-11-10',
    reason: 'It was moved.',
    replacement,
  });
const retract = (id: string) =>
  send(`/${id}/retractions`, { kind: 'amended', reportedAt: '2025-11-10', reason: 'It was denied.' });

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

/** Parses XML strictly. Throws at an undeclared prefix, a forbidden character, or a tag that is not closed. */
function xmlOf(text: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, uri, attributes }) => {
    expect(uri).toBe('http://www.w3.org/2005/Atom');
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value] as const);
    const node: Node = { name, attributes: Object.fromEntries(values), children: [], text: '' };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on('text', (part) => void (open.at(-1)!.text += part));
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return root.children[0]!;
}

const all = (node: Node, name: string): Node[] => node.children.filter((child) => child.name === name);
const textIn = (node: Node, name: string): string => all(node, name)[0]?.text ?? '';
const linkIn = (node: Node, rel: string): string | undefined =>
  all(node, 'link').find(({ attributes }) => attributes['rel'] === rel)?.attributes['href'];

async function atom(query = ''): Promise<Node> {
  const response = await get(`/v1/feeds/atom.xml?atLeast=${last}${query}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'application/atom+xml; charset=utf-8',
  ]);
  return xmlOf(await response.text());
}

interface CalendarItem {
  readonly uid: string;
  readonly sequence: number;
  readonly status: string;
  readonly summary: string;
  readonly start: string;
  readonly end: string | undefined;
  readonly stamp: string;
}

async function schedule(query = ''): Promise<CalendarItem[]> {
  const response = await get(`/v1/feeds/schedule.ics?atLeast=${last}${query}`);
  expect(response.status).toBe(200);
  const text = await response.text();
  // RFC 5545 §3.1: lines end with CRLF and have at most 75 octets.
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  for (const line of text.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toMatch(/[\r\n]/);
  }
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  expect(calendar.getFirstPropertyValue('method')).toBeNull();
  // RFC 5545 §3.6: a calendar has at least one component.
  expect(calendar.getAllSubcomponents().length).toBeGreaterThan(0);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const valueOf = (name: string) => component.getFirstPropertyValue(name)?.toString();
    return {
      uid: valueOf('uid')!,
      sequence: Number(valueOf('sequence')),
      status: valueOf('status')!,
      summary: valueOf('summary')!,
      start: valueOf('dtstart')!,
      end: valueOf('dtend'),
      stamp: valueOf('dtstamp')!,
    };
  });
}

const of = (crossing: string): string => `&subject=${crossing}`;

describe('the calendar of what is due', () => {
  it('has the end of a closure, which stays one item when it is moved, and is cancelled when it is withdrawn', async () => {
    const id = await send('', closed('lt-by.moved', { until: '2025-11-30' }));
    const [item, ...others] = await schedule(of('lt-by.moved'));
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      status: 'CONFIRMED',
      start: '2025-11-30T22:00:00Z',
      end: undefined,
      summary: 'lt-by.moved: closed → open',
      sequence: last,
      stamp: '2025-11-10T12:01:00Z',
    });
    await correct(id, closed('lt-by.moved', { until: '2025-12-15' }));
    expect(await schedule(of('lt-by.moved'))).toEqual([
      { ...item, start: '2025-12-15T22:00:00Z', sequence: last, stamp: '2025-11-10T12:02:00Z' },
    ]);
    await retract(id);
    const [gone] = await schedule(of('lt-by.moved'));
    expect(gone).toMatchObject({
      uid: item!.uid,
      status: 'CANCELLED',
      sequence: last,
      start: '2025-12-15T22:00:00Z',
      summary: 'Cancelled: lt-by.moved: closed → open',
    });
  });

  it('cancels an item that another report overlays, and no longer has the item after 90 days', async () => {
    await send('', closed('lt-by.overlaid', { until: '2025-11-20' }));
    await send('', closed('lt-by.overlaid', { occurred: '2025-11-10', until: '2026-09-30' }));
    expect((await schedule(of('lt-by.overlaid'))).map(({ status, start }) => [status, start])).toEqual([
      ['CANCELLED', '2025-11-20T22:00:00Z'],
      ['CONFIRMED', '2026-09-30T21:00:00Z'],
    ]);
    const before = now;
    now += 92 * 86_400_000;
    expect(await schedule(of('lt-by.overlaid'))).toMatchObject([{ status: 'CONFIRMED' }]);
    now = before;
  });

  it('gives all possible days of a vague item, without their end, and marks it as tentative', async () => {
    await send('', told('crossing.reopened', '2025-12-01/2025-12-03', { crossing: 'lt-by.vague' }));
    await send('', told('crossing.reopened', '../2025-12-05', { crossing: 'lt-by.open-end' }));
    expect(await schedule(of('lt-by.vague'))).toMatchObject([
      {
        status: 'TENTATIVE',
        start: '2025-12-01',
        end: '2025-12-04',
        summary: 'lt-by.vague: open (1–3 December 2025)',
      },
    ]);
    // In New York the first hours of a day in Vilnius belong to the day before.
    expect(await schedule(`${of('lt-by.vague')}&zone=America/New_York`)).toMatchObject([
      { start: '2025-11-30', end: '2025-12-04' },
    ]);
    expect(await schedule(of('lt-by.open-end'))).toMatchObject([
      {
        status: 'TENTATIVE',
        start: '2025-12-05',
        end: '2025-12-06',
        summary: expect.stringMatching(/by 5 Dec/),
      },
    ]);
  });

  it('has phases, decisions and deadlines, and no occurrence whose time is known only as today', async () => {
    const measure = 'eu.test';
    const phase = { measure, phase: 'coal', goods: [{ id: 'coal', label: 'Coal' }] };
    await send('', told('sanctions.phase-scheduled', '2026-01-10T00:00', phase));
    await send(
      '',
      told('sanctions.decision-scheduled', '2025-11-10T09:00', {
        measure,
        decision: 'renewal',
        due: '2026-02-27',
      }),
    );
    await send(
      '',
      told('warning.issued', '2025-11-10T09:00', {
        warning: 'by.test',
        issuer: 'by.government',
        addressees: ['lt.government'],
        threat: 'It will be worse.',
        deadline: '2025-11-20',
      }),
    );
    await send('', told('crossing.closed', '2025-11-10', { crossing: 'lt-by.today' }));
    expect((await schedule('&subject=eu.test,by.test')).map(({ summary }) => summary)).toEqual([
      'by.test: pending → lapsed',
      'eu.test: phase coal: announced → in force',
      'eu.test: decision renewal: due (27 February 2026)',
    ]);
    expect(await schedule('&subject=eu.test&aspect=phase')).toHaveLength(1);
    expect(await schedule('&view=warnings')).toHaveLength(1);
    expect(await schedule(of('lt-by.today'))).toEqual([]);
  });

  it('treats a text that looks like another item as text', async () => {
    const names = { en: 'A; b, c\\nEND:VEVENT "d": ' + 'Ž'.repeat(80) };
    const data = {
      kind: 'crossing',
      id: 'lt-by.hostile',
      names,
      crossing: { border: 'LT-BY', sides: ['LT', 'BY'], modes: ['road'], operating: true },
    };
    await send('', told('subject.registered', '2025-01-01', data));
    await send('', closed('lt-by.hostile', { until: '2025-11-30' }));
    const [item, ...others] = await schedule('&border=LT-BY');
    expect(others).toEqual([]);
    expect(item!.summary.startsWith(`${names.en}: closed`)).toBe(true);
  });

  it('is a valid calendar where nothing is due', async () => {
    expect(await schedule(of('lt-by.nowhere'))).toEqual([]);
  });

  it('is the same text until something changes: 304 by its tag and by its time', async () => {
    now += 60_000;
    const first = await get(`/v1/feeds/schedule.ics?atLeast=${last}`);
    const text = await first.text();
    now += 3_600_000;
    const { headers } = first;
    expect(await (await get('/v1/feeds/schedule.ics')).text()).toBe(text);
    expect((await get('/v1/feeds/schedule.ics', { 'if-none-match': headers.get('etag')! })).status).toBe(304);
    const modified = headers.get('last-modified')!;
    const statusSince = async (since: string) =>
      (await get('/v1/feeds/schedule.ics', { 'if-modified-since': since })).status;
    expect([
      await statusSince(modified),
      await statusSince('Mon, 10 Nov 2025 12:00:00 GMT'),
      await statusSince('?'),
    ]).toEqual([304, 200, 200]);
    await send('', closed('lt-by.later', { until: '2025-12-24' }));
    expect(
      (await get(`/v1/feeds/schedule.ics?atLeast=${last}`, { 'if-none-match': headers.get('etag')! })).status,
    ).toBe(200);
  });
});

describe('the feeds of developments', () => {
  it('has everything that RFC 4287 requires, with permanent ids, and moves a corrected item to the front', async () => {
    const id = await send('', closed('lt-by.amended'));
    const before = await atom('&subject=lt-by.amended');
    const [entry] = all(before, 'entry');
    for (const node of [before, entry!])
      for (const name of ['id', 'title', 'updated', 'author']) expect(all(node, name)).toHaveLength(1);
    expect(textIn(entry!, 'id')).toBe(`urn:uuid:${id}`);
    expect(textIn(before, 'updated')).toBe(textIn(entry!, 'published'));
    await send('', closed('lt-by.other'));
    await correct(id, closed('lt-by.amended', { occurred: '2025-11-08' }));
    const [first, second] = all(await atom('&limit=2'), 'entry');
    expect([textIn(first!, 'id'), textIn(first!, 'published')]).toEqual([
      `urn:uuid:${id}`,
      textIn(entry!, 'published'),
    ]);
    expect(textIn(first!, 'updated') > textIn(second!, 'updated')).toBe(true);
    expect([textIn(first!, 'title'), textIn(first!, 'content')]).toEqual([
      'Corrected: Crossing closed, lt-by.amended: A title',
      expect.stringContaining('Corrected: It was moved.\nWhen: 8 November 2025'),
    ]);
    await retract(id);
    const [retracted] = all(await atom('&subject=lt-by.amended'), 'entry');
    expect(textIn(retracted!, 'title')).toBe('Retracted: Crossing closed, lt-by.amended: A title');
    expect(linkIn(retracted!, 'via')).toBe('https://example.org/?a=1&b=2');
  });

  it('has every development once over its pages of any size, and the same in both forms', async () => {
    const ids = async (limit: number, query: string): Promise<string[]> => {
      const found: string[] = [];
      for (let page: Node | undefined = await atom(`&limit=${limit}${query}`); page;) {
        found.push(...all(page, 'entry').map((entry) => textIn(entry, 'id')));
        const next: string | undefined = linkIn(page, 'next');
        page = next === undefined ? undefined : xmlOf(await (await fetch(next)).text());
        if (page) expect(linkIn(page, 'self')).toBe(next);
      }
      return found;
    };
    for (const query of ['', '&type=crossing.*', '&claimant=lt.government&category=crossing', '&q=title']) {
      const whole = await ids(500, query);
      expect(new Set(whole).size).toBe(whole.length);
      expect(whole.length).toBeGreaterThan(1);
      expect(await ids(1, query)).toEqual(whole);
      expect(await ids(3, query)).toEqual(whole);
      const json = (await (await get(`/v1/feeds/feed.json?limit=500${query}`)).json()) as JsonFeed;
      expect(json.version).toBe('https://jsonfeed.org/version/1.1');
      expect(json.items.map((item) => item.id)).toEqual(whole);
    }
    expect(await ids(5, '&type=record.corrected')).toEqual([]);
  });

  it('treats any text as text', async () => {
    const title = 'A <b> & "c" ]]> &amp; \t𝄞\ufffe é';
    const source = { publisher: 'P', title, publishedAt: '2025-11-10' };
    await send('', closed('lt-by.titled', { source }));
    const [entry] = all(await atom('&subject=lt-by.titled'), 'entry');
    const said = `Crossing closed, lt-by.titled: ${title.replace('\ufffe', '')}`;
    expect(textIn(entry!, 'title')).toBe(said);
    const { items } = (await (await get('/v1/feeds/feed.json?subject=lt-by.titled')).json()) as JsonFeed;
    expect(items[0]!.title).toBe(said);
  });

  it('is the same text until something is recorded, and 304', async () => {
    now += 60_000;
    for (const path of ['/v1/feeds/atom.xml', '/v1/feeds/feed.json']) {
      const first = await get(path);
      const [text, tag] = [await first.text(), first.headers.get('etag')!];
      now += 60_000;
      expect(await (await get(path)).text()).toBe(text);
      expect((await get(path, { 'if-none-match': tag })).status).toBe(304);
      const modified = first.headers.get('last-modified')!;
      expect((await get(path, { 'if-modified-since': modified })).status).toBe(304);
      expect((await get(`${path}?claimant=nobody`)).status).toBe(200);
    }
  });
});

/** Counts the calls of a log, until `restore`. */
function countCalls(log: EventLog) {
  const readStream = log.readStream.bind(log);
  const find = log.find.bind(log);
  const calls = { readStream: 0, find: 0 };
  log.readStream = (...asked) => {
    calls.readStream += 1;
    return readStream(...asked);
  };
  log.find = (...asked) => {
    calls.find += 1;
    return find(...asked);
  };
  return { calls, restore: () => Object.assign(log, { readStream, find }) };
}

describe('a development with many corrections', () => {
  const MANY = 120;
  const authorized = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const retraction = (target: string, n: number) =>
    told(
      'record.retracted',
      '2025-11-09',
      { target, kind: 'amended', reason: `Reason ${n}.` },
      { occurred: undefined },
    );
  let id: string;

  beforeAll(async () => {
    id = await send('', closed('lt-by.often'));
    const developments = Array.from({ length: MANY }, (_, n) => retraction(id, n));
    const response = await fetch(`${server.url}/v1/developments`, {
      method: 'POST',
      headers: authorized,
      body: JSON.stringify({ developments }),
    });
    last = ((await response.json()) as { events: { sequence: number }[] }).events.at(-1)!.sequence;
  });

  it('has its corrections read once for a page, and the reasons of the last ones', async () => {
    const { calls, restore } = countCalls(server.log);
    const turns = server.log.turns.count;
    try {
      const [entry] = all(await atom('&limit=5'), 'entry');
      expect(textIn(entry!, 'title')).toBe('Retracted: Crossing closed, lt-by.often: A title');
      const lines = textIn(entry!, 'content').split('\n');
      expect(lines.slice(0, 2)).toEqual([`Retracted: Reason ${MANY - 1}.`, `Retracted: Reason ${MANY - 2}.`]);
      expect(lines[20]).toBe(`Earlier corrections: ${MANY - 20}`);
      expect(calls.readStream).toBeLessThan(2 * MANY);
      expect(calls.find).toBeLessThan(20);
      expect(server.log.turns.count - turns).toBeGreaterThan(MANY / 32);
    } finally {
      restore();
    }
  });

  it('is answered with the first of them, and with the path of all', async () => {
    const read = async (path: string) =>
      (await (await get(path)).json()) as {
        corrections?: object[];
        allCorrections?: string;
        items?: object[];
      };
    const { corrections, allCorrections } = await read(`/v1/events/${id}`);
    expect(corrections).toHaveLength(100);
    const { items } = await read(`${allCorrections ?? ''}&limit=1000&atLeast=${last}`);
    expect(items).toHaveLength(MANY);
    expect(items).toEqual(expect.arrayContaining(corrections!));
    const only = await correct(await send('', closed('lt-by.seldom')), {
      occurred: '2025-11-08',
      data: { crossing: 'lt-by.seldom', side: 'LT', reopens: true },
    });
    expect(await read(`/v1/events/${only}`)).not.toHaveProperty('allCorrections');
  });
});
