import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { accept, correctionOf, effectsOf, rangeOf, type Accepted, type StoredDevelopment } from '#events';
import { formatInstant, parseInstantOrDay, type Instant } from '#time';
import {
  cellKey,
  cellOf,
  combine,
  isVisible,
  runAt,
  versionsOf,
  type CellState,
  type KnowledgeCut,
  type KnownEffect,
  type RecordedCorrection,
  type Steps,
} from '#timeline';

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));

interface Line {
  readonly at: string;
  readonly sent: { readonly id?: string };
  readonly taken: ReturnType<typeof accept>;
}

const newId = (): string => {
  throw new Error('every line of the corpus has its id');
};

const lines: Line[] = files.flatMap((file) =>
  readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text, index) => {
      const sent = JSON.parse(text) as Line['sent'];
      return {
        at: `${file}:${index + 1}`,
        sent,
        taken: accept(sent, { defaultZone: 'Europe/Vilnius', newId }),
      };
    }),
);

const isAccepted = (taken: Line['taken']): taken is Accepted => !Array.isArray(taken);
const events = lines.map((line) => line.taken).filter(isAccepted);

interface CrossingStatus {
  readonly status: 'open' | 'restricted' | 'closed';
  readonly exemptions?: readonly string[];
}

const knownFrom = (event: StoredDevelopment): Instant => rangeOf(event.payload.reportedAt).latest;

/** The corrections and retractions in the corpus. */
const notes = events.flatMap((event): RecordedCorrection<StoredDevelopment>[] => {
  const correction = correctionOf(event);
  if (!correction) return [];
  const { target, kind, replacement } = correction;
  const content = replacement && { content: replacement, reported: knownFrom(replacement) };
  return [
    { id: event.id, target, kind, reported: knownFrom(event), ...(content && { replacement: content }) },
  ];
});

/** The effects on crossings of the whole corpus (acts, observations and reference data), after its corrections. */
const effects = events
  .filter((event) => correctionOf(event) === undefined)
  .flatMap((event) =>
    versionsOf<StoredDevelopment>({ id: event.id, content: event, reported: knownFrom(event) }, notes),
  )
  .flatMap(({ content, because, reported }) => {
    const { standing, reliability } = content.payload.attribution;
    return effectsOf(content).map((effect, ordinal): KnownEffect => ({
      ...effect,
      eventId: content.id,
      ordinal,
      because,
      standing,
      reliability,
      reported,
      recorded: { from: 0 },
    }));
  })
  .filter((effect) => effect.subject.startsWith('crossing-'));

const SEVERITY = ['open', 'unknown', 'restricted', 'closed'];

/** The statuses that are possible, sorted. The worst side decides, and then the first mode that lets somebody through. */
type Possible = readonly string[];

const worst = (...sides: readonly Possible[]): Possible =>
  sides.reduce((a, b) => [
    ...new Set(a.flatMap((x) => b.map((y) => (SEVERITY.indexOf(x) > SEVERITY.indexOf(y) ? x : y)))),
  ]);

const possible = ({ candidates, silent }: CellState): Possible =>
  [
    ...new Set([
      ...candidates.map(({ value }) => (value as CrossingStatus).status),
      ...(silent ? ['unknown'] : []),
    ]),
  ].sort();

interface Registered {
  readonly crossing: { readonly border: string; readonly sides: string[]; readonly modes: string[] };
}

const registered = (crossing: string): Registered['crossing'] =>
  (
    effects.find((e) => e.subject === `crossing-${crossing}` && e.aspect === 'registration')!
      .value as Registered
  ).crossing;

const crossingsOf = (border: string): string[] =>
  effects
    .filter((e) => e.aspect === 'registration' && (e.value as Registered).crossing.border === border)
    .map((e) => e.subject.slice('crossing-'.length));

const cell = (crossing: string, side: string, mode: string, cut: KnowledgeCut): Steps<CellState> => {
  const aspects = ['*', side].flatMap((s) => ['*', mode].map((m) => `status/${s}/${m}`));
  return cellOf(
    effects.filter(
      (effect) =>
        effect.subject === `crossing-${crossing}` &&
        aspects.includes(effect.aspect) &&
        cellKey(effect.rule, effect.standing, effect.claimant) === 'facts' &&
        isVisible(effect, cut),
    ),
  );
};

const when = (text: string): Instant => parseInstantOrDay(text, 'Europe/Vilnius');

const steps = (crossing: string, knownAt?: string, only?: string): Steps<Possible> => {
  const { sides, modes } = registered(crossing);
  const cut = knownAt === undefined ? {} : { knownAt: when(knownAt) };
  const byMode = (mode: string) =>
    combine(
      sides.map((side) => cell(crossing, side, mode, cut)),
      (...answers: CellState[]) => worst(...answers.map(possible)),
    );
  return combine((only ? [only] : modes).map(byMode), (...all: Possible[]) => worst(...all));
};

/** The status at the instant, or at the end of the day; where several statuses are possible, all of them: `closed/open`. */
const status = (crossing: string, asOf: string, knownAt?: string): string =>
  steps(crossing, knownAt).at(when(asOf)).join('/');

const statuses = (border: string, asOf: string, knownAt?: string): Record<string, string> =>
  Object.fromEntries(
    crossingsOf(border).map((id) => [id.slice(border.length + 1), status(id, asOf, knownAt)]),
  );

const closedOf = (border: string, asOf: string): string[] =>
  Object.entries(statuses(border, asOf)).flatMap(([id, at]) => (at === 'closed' ? [id] : []));

/** The next known change: its instant, and the status after it. */
const next = (crossing: string, asOf: string, knownAt: string): [string, string] | undefined => {
  const line = steps(crossing, knownAt);
  const { to } = runAt(line, when(asOf), (a, b) => a.join() === b.join());
  return to === undefined ? undefined : [formatInstant(to), line.at(to).join('/')];
};

const since = (crossing: string, asOf: string): string | undefined => {
  const { from } = runAt(steps(crossing), when(asOf), (a, b) => a.join() === b.join());
  return from === undefined ? undefined : formatInstant(from);
};

const byMode = (crossing: string, mode: string, asOf: string): string =>
  steps(crossing, undefined, mode).at(when(asOf)).join('/');

const detail = (crossing: string, asOf: string): CrossingStatus | undefined =>
  cell(crossing, crossing.slice(0, 2).toUpperCase(), 'road', {}).at(when(asOf)).candidates[0]?.value as
    CrossingStatus | undefined;

describe('the bundled corpus', () => {
  it('has only lines that are accepted', () => {
    expect(lines.filter((line) => !isAccepted(line.taken)).map(({ at, taken }) => ({ at, taken }))).toEqual(
      [],
    );
    expect(events.length).toBeGreaterThan(200);
  });

  it('gives every line an id of its own, a UUID of version 7 that begins with the day of the report', () => {
    const ids = lines.map((line) => line.sent.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, payload } of events) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      const day = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
      const { earliest, latest } = rangeOf(payload.reportedAt);
      expect(day).toBeGreaterThan(earliest - 86_400_000);
      expect(day).toBeLessThanOrEqual(latest);
    }
  });

  it('is written in Unicode normalisation form C', () => {
    for (const file of files) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      expect(text.normalize('NFC') === text).toBe(true);
    }
  });

  it('registers every subject, and every actor that says something', () => {
    const known = new Set(events.filter((e) => e.type === 'subject.registered').map((e) => e.stream));
    const subjects = events.map((e) => e.stream).filter((stream) => !stream.startsWith('record-'));
    const claimants = events.map((e) => `actor-${e.payload.attribution.claimant}`);
    expect([...new Set([...subjects, ...claimants])].filter((stream) => !known.has(stream))).toEqual([]);
  });

  it('puts every crossing where its border is, longitude first', () => {
    const places = events.flatMap(({ payload: { data } }) => (data.kind === 'crossing' ? [data] : []));
    expect(places.length).toBe(36);
    for (const { location, approximate } of places) {
      const [longitude, latitude] = (location as { coordinates: [number, number] }).coordinates;
      expect(longitude).toBeGreaterThan(20);
      expect(longitude).toBeLessThan(31);
      expect(latitude).toBeGreaterThan(51);
      expect(latitude).toBeLessThan(69);
      expect(approximate).toBe(true);
    }
  });
});

describe('the border of Lithuania and Belarus', () => {
  const rest = {
    sumskas: 'closed',
    tverecius: 'closed',
    lavoriskes: 'closed',
    raigardas: 'closed',
    kena: 'open',
  };

  it('has one crossing shut and one limited to listed travellers on 5 November 2025', () => {
    expect(statuses('LT-BY', '2025-11-05')).toEqual({
      ...rest,
      salcininkai: 'closed',
      medininkai: 'restricted',
    });
    expect(detail('lt-by.medininkai', '2025-11-05')?.exemptions).toHaveLength(6);
  });

  it('has the same statuses on 5 November as known on the 4th', () => {
    expect(statuses('LT-BY', '2025-11-05', '2025-11-04')).toEqual({
      ...rest,
      salcininkai: 'closed',
      medininkai: 'restricted',
    });
  });

  it('has both open on 21 November 2025, and the other four closed', () => {
    expect(statuses('LT-BY', '2025-11-21')).toEqual({ ...rest, salcininkai: 'open', medininkai: 'open' });
  });

  it('knows no end of the closure of Šalčininkai by 28 October', () => {
    expect(status('lt-by.salcininkai', '2025-10-28', '2025-10-28')).toBe('closed');
    expect(next('lt-by.salcininkai', '2025-10-28', '2025-10-28')).toBeUndefined();
  });

  it('expects Šalčininkai and Medininkai to open when November ends, as known from 29 October to 18 November', () => {
    for (const day of ['2025-10-29', '2025-11-10', '2025-11-18']) {
      for (const crossing of ['lt-by.salcininkai', 'lt-by.medininkai']) {
        expect(next(crossing, day, day)).toEqual(['2025-11-30T22:00:00.000Z', 'open']);
      }
    }
    expect(status('lt-by.salcininkai', '2025-12-01', '2025-11-12')).toBe('open');
  });

  it('expects them to open on the 20th once the cabinet has decided so', () => {
    for (const crossing of ['lt-by.salcininkai', 'lt-by.medininkai']) {
      expect(next(crossing, '2025-11-19', '2025-11-19')).toEqual(['2025-11-19T22:00:00.000Z', 'open']);
      expect(since(crossing, '2025-12-24')).toBe('2025-11-19T22:00:00.000Z');
    }
  });

  it('has Medininkai closed at 08:30Z and open at 09:30Z on 25 October', () => {
    expect(status('lt-by.medininkai', '2025-10-25T08:30:00Z')).toBe('closed');
    expect(status('lt-by.medininkai', '2025-10-25T08:59:59.999Z')).toBe('closed');
    expect(status('lt-by.medininkai', '2025-10-25T09:00:00Z')).toBe('open');
    expect(status('lt-by.medininkai', '2025-10-25T09:30:00Z')).toBe('open');
  });

  it('follows the nights of October hour by hour', () => {
    const at = (local: string) => status('lt-by.salcininkai', local);
    expect(at('2025-10-22T01:00:00+03:00')).toBe('open');
    expect(at('2025-10-22T02:30:00+03:00')).toBe('closed/open');
    expect(at('2025-10-22T08:59:00+03:00')).toBe('closed');
    expect(at('2025-10-22T09:00:00+03:00')).toBe('open');
    expect(at('2025-10-24')).toBe('closed');
    expect(at('2025-10-25T20:00:00+03:00')).toBe('closed/open');
    expect(at('2025-10-26T02:30:00+03:00')).toBe('closed');
    expect(at('2025-10-26T12:00:00+02:00')).toBe('open');
    expect(at('2025-10-26')).toBe('closed');
  });

  it('does not decide which of the two 3:00 was meant in the night when the clocks were put back', () => {
    expect(status('lt-by.medininkai', '2025-10-25T23:59:59Z')).toBe('closed');
    expect(status('lt-by.medininkai', '2025-10-26T00:30:00Z')).toBe('closed/open');
    expect(status('lt-by.medininkai', '2025-10-26T01:00:00Z')).toBe('open');
  });

  it('keeps pedestrians out of the two crossings from March 2024 on, whatever is open to vehicles', () => {
    for (const crossing of ['lt-by.salcininkai', 'lt-by.medininkai']) {
      expect(byMode(crossing, 'pedestrian', '2024-02-29')).toBe('open');
      expect(byMode(crossing, 'pedestrian', '2024-03-01')).toBe('closed');
      expect(status(crossing, '2024-03-01')).toBe('open');
      expect(byMode(crossing, 'pedestrian', '2025-11-21')).toBe('closed');
    }
  });

  it('shuts the four small crossings two by two', () => {
    expect(closedOf('LT-BY', '2023-08-17')).toEqual([]);
    expect(closedOf('LT-BY', '2023-08-18')).toEqual(['sumskas', 'tverecius']);
    expect(next('lt-by.raigardas', '2024-02-25', '2024-02-25')).toEqual([
      '2024-02-29T22:00:00.000Z',
      'closed',
    ]);
    expect(closedOf('LT-BY', '2024-03-01')).toEqual(['lavoriskes', 'raigardas', 'sumskas', 'tverecius']);
  });
});

describe('the border of Lithuania and Kaliningrad', () => {
  it('has three crossings idle since the pandemic', () => {
    expect(closedOf('LT-RU', '2025-11-05')).toEqual(['ramoniskiai', 'nida', 'rambynas']);
  });

  it('stops the pedestrians of Panemunė for four hours', () => {
    expect(status('lt-ru.panemune', '2025-09-29T06:59:00Z')).toBe('open');
    expect(status('lt-ru.panemune', '2025-09-29T07:00:00Z')).toBe('closed');
    expect(status('lt-ru.panemune', '2025-09-29T11:00:00Z')).toBe('open');
    expect(byMode('lt-ru.panemune', 'road', '2025-09-29')).toBe('closed');
  });
});

describe('the border of Poland and Belarus', () => {
  const idle = ['bobrowniki', 'kuznica', 'polowce', 'slawatycze'];

  it('has half its crossings shut before September 2025, and Belarusian lorries barred from Kukuryki', () => {
    expect(closedOf('PL-BY', '2025-09-11')).toEqual(idle);
    expect(status('pl-by.kukuryki', '2023-02-21T17:59:00Z')).toBe('open');
    expect(status('pl-by.kukuryki', '2025-09-11')).toBe('restricted');
    expect(status('pl-by.kuznica', '2021-11-09T05:59:00Z')).toBe('open');
    expect(status('pl-by.kuznica', '2021-11-09T06:00:00Z')).toBe('closed');
    expect(status('pl-by.bobrowniki', '2023-02-10T10:59:00Z')).toBe('open');
    expect(status('pl-by.bobrowniki', '2023-02-10T11:00:00Z')).toBe('closed');
  });

  it('is shut altogether on 20 September 2025, with no end known by then', () => {
    expect(closedOf('PL-BY', '2025-09-20')).toEqual(
      crossingsOf('PL-BY').map((id) => id.slice('pl-by.'.length)),
    );
    expect(next('pl-by.terespol', '2025-09-20', '2025-09-20')).toBeUndefined();
    expect(next('pl-by.terespol', '2025-09-23', '2025-09-23')).toEqual(['2025-09-24T22:00:00.000Z', 'open']);
  });

  it('has the crossings that worked before open again on 25 September', () => {
    expect(closedOf('PL-BY', '2025-10-01')).toEqual(idle);
    expect(statuses('PL-BY', '2025-10-01')).toMatchObject({
      terespol: 'open',
      kukuryki: 'restricted',
      'kuznica-rail': 'open',
      siemianowka: 'open',
    });
    expect(since('pl-by.terespol', '2025-10-01')).toBe('2025-09-24T22:00:00.000Z');
  });

  it('has two crossings shut on 18 November 2025', () => {
    expect(closedOf('PL-BY', '2025-11-18')).toEqual(['polowce', 'slawatycze']);
    expect(since('pl-by.bobrowniki', '2025-11-18')).toBe('2025-11-16T23:00:00.000Z');
  });
});

describe('the borders of Latvia', () => {
  it('shuts Silene at 20:00 and leaves Pāternieki open', () => {
    expect(status('lv-by.silene', '2023-09-19T16:59:00Z')).toBe('open');
    expect(status('lv-by.silene', '2023-09-19T17:00:00Z')).toBe('closed');
    expect(statuses('LV-BY', '2025-11-05')).toEqual({ paternieki: 'open', silene: 'closed', indra: 'open' });
  });

  it('shuts Vientuļi and Pededze on 16 October 2023', () => {
    expect(closedOf('LV-RU', '2023-10-15')).toEqual([]);
    expect(closedOf('LV-RU', '2023-10-16')).toEqual(['vientuli', 'pededze']);
  });

  it('bars pedestrians from March 2025 where vehicles still cross', () => {
    for (const crossing of ['lv-ru.terehova', 'lv-ru.grebneva', 'lv-by.paternieki']) {
      expect(byMode(crossing, 'pedestrian', '2025-02-28')).toBe('open');
      expect(byMode(crossing, 'pedestrian', '2025-04-01')).toBe('closed');
      expect(status(crossing, '2025-04-01')).toBe('open');
    }
  });
});

describe('the border of Finland and Russia', () => {
  const southEast = ['vaalimaa', 'nuijamaa', 'imatra', 'niirala'];
  const all = [...southEast, 'vartius', 'kuusamo', 'salla', 'raja-jooseppi'];

  it('closes in steps', () => {
    expect(closedOf('FI-RU', '2023-11-17')).toEqual([]);
    expect(closedOf('FI-RU', '2023-11-20')).toEqual(southEast);
    expect(closedOf('FI-RU', '2023-11-25')).toEqual(all.slice(0, -1));
    expect(closedOf('FI-RU', '2023-11-30')).toEqual(all);
  });

  it('has two crossings open for less than two days', () => {
    expect(closedOf('FI-RU', '2023-12-14T12:00:00+02:00')).toEqual(
      all.filter((id) => id !== 'vaalimaa' && id !== 'niirala'),
    );
    expect(next('fi-ru.vaalimaa', '2023-12-14T12:00:00+02:00', '2023-12-14')).toEqual([
      '2023-12-15T18:00:00.000Z',
      'closed',
    ]);
    expect(closedOf('FI-RU', '2023-12-16')).toEqual(all);
  });

  it('was expected to open again, and has stayed shut until further notice', () => {
    expect(next('fi-ru.imatra', '2023-12-20', '2023-12-20')).toEqual(['2024-01-14T22:00:00.000Z', 'open']);
    expect(next('fi-ru.imatra', '2024-05-01', '2024-05-01')).toBeUndefined();
    expect(closedOf('FI-RU', '2025-11-05')).toEqual(all);
    expect(since('fi-ru.raja-jooseppi', '2025-11-05')).toBe('2023-11-29T22:00:00.000Z');
    expect(since('fi-ru.imatra', '2025-11-05')).toBe('2023-11-17T22:00:00.000Z');
  });
});
