import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Application } from './application.js';

let running: Application;
let last: number;

const told = (title: string, occurred: string, until?: string): object => ({
  type: 'crossing.closed',
  occurred,
  ...(until !== undefined && { until }),
  reportedAt: '2026-02-01',
  data: { crossing: 'xx-yy.found' },
  source: { publisher: 'A test', title, publishedAt: '2026-02-01' },
  attribution: { claimant: 'a.test', standing: 'act', reliability: 'A1' },
});

const DEVELOPMENTS = [
  told('some time in November', '2025-11'),
  told('between the 5th and the 25th', '2025-11-05/2025-11-25'),
  told('by the end of November', '../2025-11-30'),
  told('all year', '2025-01-01', '2025-12-31'),
  told('up to noon of the 15th', '2025-11-10', '2025-11-15T12:00'),
  told('on the 14th', '2025-11-14'),
  told('on the 21st', '2025-11-21'),
  told('on the 10th, with a vague end', '2025-11-10', '2025-11-12/2025-11-18'),
  told('Дзяржаўны пагранічны йод'.normalize('NFD'), '1999-01-01'),
];

beforeAll(async () => {
  running = await application();
  const { key } = await running.keys.create('editor', ['report']);
  const response = await fetch(`${running.url}/v1/developments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ developments: DEVELOPMENTS }),
  });
  const { events } = (await response.json()) as { events: { sequence: number }[] };
  last = events.at(-1)!.sequence;
});
afterAll(() => running.stop());

async function titles(query: Record<string, string>): Promise<string[]> {
  const asked = new URLSearchParams({ ...query, atLeast: String(last) });
  const response = await fetch(`${running.url}/v1/events?${asked.toString()}`);
  const { items } = (await response.json()) as { items: { source: { title: string } }[] };
  return items.map(({ source }) => source.title);
}

describe('a window of valid time', () => {
  it('finds all that may have been true within the window', async () => {
    expect(await titles({ axis: 'valid', from: '2025-11-15', to: '2025-11-20' })).toEqual([
      'some time in November',
      'between the 5th and the 25th',
      'by the end of November',
      'all year',
      'up to noon of the 15th',
      'on the 10th, with a vague end',
    ]);
  });

  it('finds a closure of a year in its middle, and not after the instant at which it ended', async () => {
    expect(await titles({ axis: 'valid', from: '2025-06-10', to: '2025-06-10' })).toEqual([
      'by the end of November',
      'all year',
    ]);
    expect(await titles({ axis: 'valid', from: '2026-01-01' })).toEqual([]);
  });
});

describe('words', () => {
  it.each(['йод', 'дзяржаўны', '"дзяржаўны пагранічны"', 'дзяржаў*'])(
    'find %s in any Unicode composition of its letters',
    async (words) => {
      for (const form of ['NFC', 'NFD']) expect(await titles({ q: words.normalize(form) })).toHaveLength(1);
    },
  );

  it.each(['йод\0', '\0йод', '"дзяржаўны\0пагранічны"', 'дзяржаўны\0пагранічны', 'дзяржаў\0*'])(
    'are separated by a NUL too: %j',
    async (words) => {
      expect(await titles({ q: words })).toHaveLength(1);
    },
  );
});

describe('a query with a mistake', () => {
  it.each([
    ['category=sanctions', 'category', /\bsanctions\b.*\bmeasure\b/],
    ['type=crossing.clsoed', 'type', /crossing\.clsoed.*crossing\.closed/],
  ])('is refused, with the values that exist: %s', async (query, parameter, detail) => {
    const response = await fetch(`${running.url}/v1/events?${query}`);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ parameter, detail: expect.stringMatching(detail) as unknown }] },
    ]);
  });

  it.each([
    ['/v1/events', `q="${'load '.repeat(2_000)}"`, 'q', '200 characters'],
    ['/v1/events', `q=${'l*%2B'.repeat(30)}`, 'q', '12 different words'],
    ['/v1/feeds/atom.xml', 'q=l*', 'q', '2 letters'],
    ['/v1/feeds/feed.json', 'q=aa*+bb*+cc*', 'q', '2 prefixes'],
    ['/v1/events', `subject=${'x,'.repeat(100)}x`, 'subject', '100 members'],
    ['/v1/feeds/feed.json', `claimant=${'x,'.repeat(100)}x`, 'claimant', '100 members'],
  ])('is refused where the search would be costly: %s %s', async (path, query, parameter, limit) => {
    const response = await fetch(`${running.url}${path}?${query}`);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ parameter, detail: expect.stringContaining(limit) as unknown }] },
    ]);
  });

  it('is refused where a percent sign begins no byte', async () => {
    const response = await fetch(`${running.url}/v1/events?q=Med%`);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ parameter: 'q' }] }]);
  });
});
