import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  accept,
  areSimilar,
  beginningsOf,
  eventTypes,
  horizonAt,
  nearestId,
  similarWithin,
  subjectsNamed,
  timeWarnings,
  type Accepted,
  type Beginning,
} from '#events';
import { finished } from '#runtime';
import { parseInstant } from '#time';
import { nestedIn, subjectsIn } from './field.js';

const NOW = parseInstant('2025-11-10T12:00:00Z');
type Members = Record<string, unknown>;

let made = 0;
const accepted = (sent: unknown): Accepted => {
  const newId = (): string => `01890a5d-ac96-774b-bcce-${String((made += 1)).padStart(12, '0')}`;
  const result = accept(sent, { defaultZone: 'Europe/Vilnius', newId });
  if (Array.isArray(result)) throw new Error(JSON.stringify(result));
  return result;
};

const closed = (members: Members = {}, data: Members = {}, standing = 'act'): Members => ({
  type: 'crossing.closed',
  occurred: '2025-10-29',
  reportedAt: '2025-10-29',
  data: { crossing: 'lt-by.medininkai', side: 'LT', ...data },
  source: { publisher: 'P', title: 'T', publishedAt: '2025-10-29' },
  attribution: { claimant: 'lt.government', standing, reliability: 'A1' },
  ...members,
});
/** The members of a development without `occurred`. */
const undated = (): Members => {
  const { occurred: _, ...members } = closed();
  return members;
};
const counted = (members: Members = {}, standing = 'observation'): Members => ({
  ...closed(members, {}, standing),
  type: 'detention.counted',
  data: { detention: 'by.trucks', unit: 'truck', count: { value: 5 } },
});
const said = (says: string, title = 'T'): Members => ({
  ...closed({}, {}, 'claim'),
  type: 'statement.made',
  data: { statement: 'border', speaker: 'lt.government', kind: 'remark', says },
  source: { publisher: 'P', title, publishedAt: '2025-10-29' },
});

const ofTimes = (sent: unknown): string[] =>
  timeWarnings(accepted(sent), horizonAt(NOW)).map(({ code, pointer }) => `${code} ${pointer}`);

describe('a time that deserves a second look', () => {
  it('is a report that is certainly in the future', () => {
    expect(ofTimes(counted({ occurred: '2025-11-09', reportedAt: '2025-11-11' }))).toEqual([
      'reported-in-future /reportedAt',
    ]);
    // A report of today may have been published already; and clocks differ by some minutes.
    expect(ofTimes(counted({ occurred: '2025-11-09', reportedAt: '2025-11-10' }))).toEqual([]);
    expect(ofTimes(counted({ occurred: '2025-11-09', reportedAt: '2025-11-10T12:04Z' }))).toEqual([]);
  });

  it('is a report of an observation, or of an act that is an occurrence, before it happened', () => {
    const before = ['reported-before-it-happened /reportedAt'];
    expect(ofTimes(counted({ occurred: '2025-10-30' }))).toEqual(before);
    expect(ofTimes({ ...said('x'), ...{ occurred: '2025-10-30' } })).toEqual([]);
    const release = {
      type: 'release.made',
      data: { release: 'r', by: 'by.lukashenko', who: 'prisoners', released: { value: 1 } },
    };
    expect(ofTimes({ ...closed({ occurred: '2025-10-30' }), ...release })).toEqual(before);
    // No warning: a government decrees a state in advance; a plan is an announcement; and a time within a month may be the day of the report.
    expect(ofTimes(closed({ occurred: '2025-10-30' }))).toEqual([]);
    expect(ofTimes(counted({ occurred: '2025-10-30' }, 'plan'))).toEqual([]);
    expect(ofTimes(counted({ occurred: '2025-10' }))).toEqual([]);
  });

  it('is a year that looks like a typing error, in any member', () => {
    const far = (members: Members): string[] => ofTimes(closed(members));
    expect(far({ occurred: '0025-10-29' })).toEqual(['far-from-now /occurred']);
    expect(far({ occurred: '2205-10-29' })).toEqual(['far-from-now /occurred']);
    expect(far({ until: '9999-12-31' })).toEqual(['far-from-now /until']);
    expect(far({ source: { publisher: 'P', title: 'T', publishedAt: '0205' } })).toEqual([
      'far-from-now /source/publishedAt',
    ]);
    const phase = { measure: 'eu.goods', phase: 'coal', announcedAt: '1022-04-08' };
    expect(ofTimes({ ...closed(), type: 'sanctions.phase-scheduled', data: phase })).toEqual([
      'far-from-now /data/announcedAt',
    ]);
    // The length of a state may be unknown, and its start may be long ago: a treaty of 1945.
    expect(far({ occurred: '1945', until: '2025-10-30/..' })).toEqual([]);
  });

  it('is also found in the replacement of a correction', () => {
    const data = {
      target: '01890a5d-ac96-774b-bcce-b302099a8057',
      kind: 'transcription',
      reason: 'A date.',
      replacement: counted({ occurred: '0025-10-30', reportedAt: '2026-10-29' }),
    };
    expect(ofTimes({ ...undated(), type: 'record.corrected', data })).toEqual([
      'far-from-now /data/replacement/occurred',
      'reported-in-future /data/replacement/reportedAt',
    ]);
  });
});

describe('the subjects that a development names', () => {
  it('are the subjects in its data and its claimant, each with its kind', () => {
    const named = subjectsNamed(accepted(closed({}, { authority: 'lt.cabinet' })));
    expect(named.map(({ pointer, kind, id }) => `${pointer} ${kind} ${id}`)).toEqual([
      '/data/crossing crossing lt-by.medininkai',
      '/data/authority actor lt.cabinet',
      '/attribution/claimant actor lt.government',
    ]);
  });

  it('include the subject of its stream, for every type except registrations and corrections', () => {
    for (const { type, example } of eventTypes) {
      const event = accepted(example);
      const streams = subjectsNamed(event).map(({ kind, id }) => `${kind}-${id}`);
      if (!/^(record|subject)\./.test(type)) expect(streams).toContain(event.stream);
    }
  });

  it('are found at their members of the data', () => {
    for (const { data } of eventTypes)
      for (const nested of nestedIn(data).values()) expect([...subjectsIn(nested)]).toEqual([]);
  });
});

describe('the id that may be meant', () => {
  const ids = [
    'lt-by.medininkai',
    'lt-by.salcininkai',
    'lt-by.lavoriskes',
    'pl-by.kuznica',
    'lt-ru.kybartai',
  ];

  it('is the one that differs by few letters, or that contains the given part', () => {
    expect(nearestId('lt-by.medininkaj', ids)).toBe('lt-by.medininkai');
    expect(nearestId('pl-by.kuznicka', ids)).toBe('pl-by.kuznica');
    expect(nearestId('medininkai', ids)).toBe('lt-by.medininkai');
  });

  it('is absent where no id is near, or several are', () => {
    expect(nearestId('lv-by.paternieki', ids)).toBeUndefined();
    expect(nearestId('lt-by', ids)).toBeUndefined();
    expect(nearestId('', ids)).toBeUndefined();
  });
});

describe('similar reports', () => {
  const similar = (one: unknown, other: unknown): boolean => {
    const [of, to] = [beginningsOf(accepted(one)), beginningsOf(accepted(other))];
    return of.some((beginning) => to.some((another) => areSimilar(beginning, another)));
  };

  it('are of one type, subject and claimant, and may have begun together', () => {
    expect(similar(closed(), closed({ reportedAt: '2025-11-11' }))).toBe(true);
    expect(similar(closed(), closed({ occurred: '2025-10-29T12:00' }))).toBe(true);
    expect(similar(closed(), closed({ occurred: '2025-10~' }))).toBe(true);
    expect(similar(closed(), closed({ occurred: '2025-10-30' }))).toBe(false);
    expect(similar(closed(), closed({}, { crossing: 'lt-by.salcininkai' }))).toBe(false);
    expect(similar(closed(), closed({}, { side: 'BY' }))).toBe(false);
    expect(similar(closed(), closed({}, {}, 'claim'))).toBe(false);
    expect(similar(closed(), { ...closed(), type: 'crossing.reopened' })).toBe(false);
    const other = { claimant: 'pbk.lt', standing: 'act', reliability: 'A1' };
    expect(similar(closed(), closed({ attribution: other }))).toBe(false);
  });

  it('are not a term and its prolongation, which begins when the term ends, or later than the term', () => {
    const term = closed({ occurred: '2025-10-29', until: '2025-11-30' });
    expect(similar(term, closed({ occurred: '2025-12-01', until: '2025-12-31' }))).toBe(false);
    expect(similar(term, closed({ occurred: '2025-11-20', until: '2025-12-31' }))).toBe(false);
  });

  it('are occurrences with the same words, or from different documents', () => {
    expect(similar(said('one thing'), said('one thing'))).toBe(true);
    expect(similar(said('one thing'), said('another'))).toBe(false);
    expect(similar(said('one thing'), said('another', 'Another article'))).toBe(true);
  });

  it('are not a correction and its target, but a correction and another report', () => {
    const first = accepted(closed());
    const data = { target: first.id, kind: 'transcription', reason: 'So.', replacement: closed() };
    const correction = accepted({ ...undated(), type: 'record.corrected', data });
    const [own, its] = [beginningsOf(first)[0]!, beginningsOf(correction)[0]!];
    expect(areSimilar(own, its)).toBe(false);
    expect(areSimilar(beginningsOf(accepted(closed()))[0]!, its)).toBe(true);
    expect(
      beginningsOf(
        accepted({
          ...undated(),
          type: 'record.retracted',
          data: { target: first.id, kind: 'amended', reason: 'So.' },
        }),
      ),
    ).toEqual([]);
  });

  const beginning = fc
    .record({
      subject: fc.constantFrom('crossing-a', 'crossing-b'),
      at: fc.nat(20),
      vague: fc.nat(6),
      entry: fc.constantFrom('1', '2'),
      document: fc.constantFrom('p', 'q'),
    })
    .map(({ at, vague, ...of }) => ({
      ...{
        ...of,
        group: of.subject,
        type: 'statement.made',
        aspect: 'said',
        key: 'facts' as const,
        claimant: 'c',
      },
      from: { earliest: at, latest: at + vague },
    }));
  const occurrences = fc
    .array(beginning, { maxLength: 12 })
    .map((all) => all.map((one, index) => ({ ...one, about: `${index}` })));
  const states = occurrences.map((all) => all.map(({ entry: _, ...state }): Beginning => state));

  it('of a batch are the same as by comparing each with each: only similar reports, and at least one of each similar pair', () => {
    fc.assert(
      fc.property(fc.oneof(occurrences, states), (beginnings) => {
        const found = finished(similarWithin(beginnings.map((beginning, index) => ({ index, beginning }))));
        const pairs = [...found].flatMap(([later, all]) =>
          [...all].map((earlier) => [earlier, later] as const),
        );
        for (const [earlier, later] of pairs) {
          expect(earlier).toBeLessThan(later);
          expect(areSimilar(beginnings[earlier]!, beginnings[later]!)).toBe(true);
        }
        const told = new Set(pairs.flat());
        for (const [index, one] of beginnings.entries())
          for (const [other, another] of beginnings.entries())
            if (areSimilar(one, another)) expect(told.has(index) || told.has(other)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the corpus', () => {
  const files = [
    'subjects',
    'reference-crossings',
    'reference-sanctions',
    'reference-events',
    ...['seed-s0', 'seed-s1', 'seed-s2', 'seed-s3', 'seed-s4'],
  ];
  const events = files.flatMap((name) =>
    readFileSync(new URL(`corpus/${name}.ndjson`, import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => accepted(JSON.parse(line))),
  );

  it('has no time that deserves a second look', () => {
    expect(events.flatMap((event) => timeWarnings(event, horizonAt(NOW + 31_557_600_000)))).toEqual([]);
  });

  it('registers every subject and actor that it names', () => {
    const registered = new Set(
      events.filter(({ type }) => type === 'subject.registered').map(({ stream }) => stream),
    );
    const named = events.flatMap(subjectsNamed).map(({ kind, id }) => `${kind}-${id}`);
    expect(named.filter((stream) => !registered.has(stream))).toEqual([]);
  });

  it('is compared in as many steps as it has reports', () => {
    const [beginning] = events.flatMap(beginningsOf);
    const batch = Array.from({ length: 500 }, (_, index) => ({ index, beginning: beginning! }));
    expect([...similarWithin(batch)]).toHaveLength(500);
  });

  it('reports three happenings twice, from two documents each, and no others', () => {
    const batch = events.flatMap((event, index) =>
      beginningsOf(event).map((beginning) => ({ index, beginning })),
    );
    const row = (index: number): unknown => events[index]!.payload.source.row;
    const pairs = [...finished(similarWithin(batch))].map(([later, all]) =>
      [...[...all].map(row), row(later)].join(' '),
    );
    expect(pairs.sort()).toEqual([
      // Šalčininkai closed until the end of November: the decision, and an article two weeks later.
      'O.LT-BY.8 S4.2',
      // The EU’s limits on transit to Kaliningrad of June 2022: a report of 2022, and a report of a year later without a day.
      'S0.3 S1.4',
      // The US list of 2 December 2021: one of its entities, and an article on the whole list.
      'U.4 S3.1',
    ]);
  });
});
