import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { accept, correctionOf, effectsOf, rangeOf, type Accepted, type StoredDevelopment } from '#events';
import { formatInstant, parseInstantOrDay, type Instant } from '#time';
import {
  cellKey,
  cellOf,
  isVisible,
  runAt,
  versionsOf,
  type CellState,
  type KnowledgeCut,
  type KnownEffect,
  type RecordedCorrection,
} from '#timeline';

const SEEDS = ['seed-s0', 'seed-s1', 'seed-s2', 'seed-s3', 'seed-s4'];
const REFERENCE = ['reference-sanctions', 'reference-events'];

/** How many rows each of the five articles has. */
const ROWS = { S0: 12, S1: 7, S2: 11, S3: 8, S4: 11 };
const FACTS = Object.entries(ROWS).flatMap(([article, count]) =>
  Array.from({ length: count }, (_, index) => `${article}.${index + 1}`),
);

const options = {
  defaultZone: 'Europe/Vilnius',
  newId: (): string => {
    throw new Error('every line of the corpus has its id');
  },
};

const lines = [...SEEDS, ...REFERENCE].flatMap((name) =>
  readFileSync(new URL(`${name}.ndjson`, import.meta.url), 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text, index) => ({
      file: name,
      at: `${name}:${index + 1}`,
      taken: accept(JSON.parse(text) as unknown, options),
    })),
);
const isAccepted = (taken: (typeof lines)[number]['taken']): taken is Accepted => !Array.isArray(taken);
const eventsOf = (files: readonly string[]): Accepted[] =>
  lines
    .filter(({ file }) => files.includes(file))
    .map(({ taken }) => taken)
    .filter(isAccepted);

const when = (text: string): Instant => parseInstantOrDay(text, 'Europe/Vilnius');
const knownFrom = ({ payload }: StoredDevelopment): Instant => rangeOf(payload.reportedAt).latest;

const notesAmong = (events: readonly Accepted[]): RecordedCorrection<StoredDevelopment>[] =>
  events.flatMap((event) => {
    const correction = correctionOf(event);
    if (!correction) return [];
    const { target, kind, replacement } = correction;
    const content = replacement && { content: replacement, reported: knownFrom(replacement) };
    return [
      { id: event.id, target, kind, reported: knownFrom(event), ...(content && { replacement: content }) },
    ];
  });

/** The effects of the events after the corrections among them; with empty `notes`, the effects before any correction. */
const effectsAmong = (events: readonly Accepted[], notes = notesAmong(events)): KnownEffect[] =>
  events
    .filter((event) => correctionOf(event) === undefined)
    .flatMap((event) =>
      versionsOf<StoredDevelopment>(
        { id: event.id, content: event, reported: knownFrom(event) },
        notes.filter(({ target }) => target === event.id),
      ),
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
    });

const everything = eventsOf([...SEEDS, ...REFERENCE]);
const all = effectsAmong(everything);
const seeds = effectsAmong(eventsOf(SEEDS));

interface Asked {
  readonly asOf: string;
  readonly knownAt?: string;
  readonly of?: readonly KnownEffect[];
}

type Basis = Omit<Asked, 'asOf'>;

/** The cells of the aspects that match, by aspect and key. */
const cells = (subject: string, aspect: RegExp, { knownAt, of = all }: Basis): Map<string, KnownEffect[]> => {
  const cut: KnowledgeCut = knownAt === undefined ? {} : { knownAt: when(knownAt) };
  const found = new Map<string, KnownEffect[]>();
  for (const effect of of) {
    if (effect.subject !== subject || !aspect.test(effect.aspect) || !isVisible(effect, cut)) continue;
    const key = `${effect.aspect} ${cellKey(effect.rule, effect.standing, effect.claimant)}`;
    found.set(key, [...(found.get(key) ?? []), effect]);
  }
  return found;
};

type Value = Readonly<Record<string, unknown>>;

/** The one value that holds. Claims count only where the facts give no value. Undefined where there is no value, or where it is not certain. */
const one = (subject: string, aspect: string, asked: Asked): Value | undefined => {
  const found = cells(subject, new RegExp(`^${aspect.replaceAll('*', '\\*')}$`), asked);
  for (const key of ['facts', 'claims']) {
    const answer: CellState = cellOf(found.get(`${aspect} ${key}`) ?? []).at(when(asked.asOf));
    if (answer.candidates.length > 0) {
      const statuses = new Set(answer.candidates.map(({ value }) => (value as Value)['status']));
      return statuses.size === 1 && !answer.silent ? (answer.candidates[0]!.value as Value) : undefined;
    }
  }
  return undefined;
};

const goods = (status: string, asked: Asked, route = 'kaliningrad.rail'): string[] => {
  const aspects = new Set(
    [...cells(`route-${route}`, /^goods\//, asked).keys()].map((k) => k.split(' ')[0]!),
  );
  return [...aspects]
    .filter((aspect) => one(`route-${route}`, aspect, asked)?.['status'] === status)
    .map((aspect) => aspect.slice('goods/'.length))
    .sort();
};

const warningsPending = (asked: Asked): string[] =>
  [...new Set(all.filter((e) => e.subject.startsWith('warning-')).map((e) => e.subject))]
    .filter((subject) => one(subject, 'status', asked)?.['status'] === 'pending')
    .sort();

/** The latest values of each claimant, by claimant: the cells of different claimants are never merged. */
const byClaimant = (subject: string, aspect: RegExp, asked: Asked): Record<string, Value[]> => {
  const latest: Record<string, Value[]> = {};
  for (const [key, effects] of cells(subject, aspect, asked)) {
    const { candidates, silent } = cellOf(effects).at(when(asked.asOf));
    if (silent) continue;
    const claimant = key.split(' by:')[1]!;
    latest[claimant] = [...(latest[claimant] ?? []), ...candidates.map(({ value }) => value as Value)];
  }
  return latest;
};

const trucks = (asked: Asked): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(byClaimant('detention-by.lt-trucks-2025', /^count\//, asked)).map(
      ([claimant, figures]) => [
        claimant,
        figures.map(({ count, unit }) => {
          const { value, min, max, qualifier = '' } = count as Record<string, number | string>;
          return `${qualifier} ${value ?? [min, max].filter((bound) => bound !== undefined).join('–')} ${String(unit)}`.trim();
        }),
      ],
    ),
  );

const stances = (claim: string, asked: Asked): Record<string, string> =>
  Object.fromEntries(
    Object.entries(byClaimant(`claim-${claim}`, /^stance$/, asked)).map(([claimant, [stance]]) => [
      claimant,
      String(stance!['stance']),
    ]),
  );

/** The stances that claimants take on a claim: both, where they disagree. */
const stancesOn = (claim: string, asked: Asked): string[] =>
  [...new Set(Object.values(stances(claim, asked)))].sort();

/** The status of a measure and, where the measure ends, the time of its end, as known at the cut. */
const measure = (id: string, asked: Asked): [unknown, string | undefined] => {
  const cell = cellOf(cells(`measure-${id}`, /^status$/, asked).get('status facts') ?? []);
  const status = ({ candidates }: CellState): unknown =>
    (candidates[0]?.value as Value | undefined)?.['status'];
  const { value, to } = runAt(cell, when(asked.asOf), (a, b) => status(a) === status(b));
  return [status(value), to === undefined ? undefined : formatInstant(to)];
};

const crossing = (id: string, asOf: string, knownAt?: string): unknown =>
  one(`crossing-lt-by.${id}`, 'status/LT/road', { asOf, of: seeds, ...(knownAt && { knownAt }) })?.['status'];

describe('the lines from the articles and the reference', () => {
  it('are all accepted', () => {
    expect(lines.filter(({ taken }) => !isAccepted(taken)).map(({ at, taken }) => ({ at, taken }))).toEqual(
      [],
    );
  });

  it('hold every row of the five articles, in the file of its article, and no other', () => {
    for (const name of SEEDS) {
      const article = name.slice('seed-'.length).toUpperCase();
      const rows = new Set(eventsOf([name]).map(({ payload }) => payload.source.row));
      expect([...rows].sort()).toEqual(FACTS.filter((row) => row.startsWith(`${article}.`)).sort());
    }
    expect(FACTS).toHaveLength(49);
  });

  it('say which row of the collection each was entered from', () => {
    expect(everything.filter(({ payload }) => payload.source.row === undefined)).toEqual([]);
  });

  it('quote a dozen words at most', () => {
    for (const { payload } of everything) {
      const words = payload.source.quote?.split(/\s+/) ?? [];
      expect(words.length).toBeLessThanOrEqual(12);
    }
  });

  it('stand in the order of their reports', () => {
    for (const name of [...SEEDS, ...REFERENCE]) {
      const days = eventsOf([name]).map(({ payload }) =>
        payload.reportedAt.edtf.replace(/^\[/, '').slice(0, 7),
      );
      expect(days).toEqual([...days].sort());
    }
  });

  it('cite a document by its hash and its title, one for each article', () => {
    for (const name of SEEDS) {
      const hashes = new Set(eventsOf([name]).flatMap(({ payload }) => payload.source.sha256 ?? []));
      expect(hashes.size).toBe(1);
    }
  });
});

describe('goods barred from Kaliningrad transit', () => {
  const second = ['alcohol', 'cement', 'glass', 'paper', 'steel-iron', 'wood'];

  it('are the goods of the first two phases on 12 July 2022, by rail', () => {
    expect(goods('barred', { asOf: '2022-07-12' })).toEqual(second);
    expect(goods('barred', { asOf: '2022-07-12', knownAt: '2022-07-12' })).toEqual(second);
    expect(goods('barred', { asOf: '2022-07-09' })).toEqual(['steel-iron']);
    expect(goods('barred', { asOf: '2022-06-16' })).toEqual([]);
  });

  it('are three groups by the article alone', () => {
    expect(goods('barred', { asOf: '2022-07-12', of: seeds })).toEqual(['alcohol', 'cement', 'wood']);
  });

  it('include coal on 15 August as known on 12 July, under a quota as known on 1 August', () => {
    expect(goods('barred', { asOf: '2022-08-15', knownAt: '2022-07-12' })).toEqual(
      [...second, 'coal'].sort(),
    );
    expect(goods('barred', { asOf: '2022-08-15', knownAt: '2022-08-01' })).toEqual(['military-dual-use']);
    expect(goods('quota', { asOf: '2022-08-15', knownAt: '2022-08-01' })).toEqual([...second, 'coal'].sort());
    expect(goods('quota', { asOf: '2022-12-05' })).toEqual([...second, 'coal', 'oil'].sort());
  });

  it('may pass by rail and not by road once the Commission has said so', () => {
    expect(goods('allowed', { asOf: '2022-07-14' })).toEqual(second);
    expect(goods('barred', { asOf: '2022-07-14' }, 'kaliningrad.road')).toEqual(
      [...second, 'military-dual-use'].sort(),
    );
    expect(goods('barred', { asOf: '2023-01-01' }, 'kaliningrad.road')).toHaveLength(9);
  });

  it('are barred since the act, not since the railway or the customs stopped them', () => {
    for (const [id, day] of [
      ['steel-iron', '2022-06-16T21:00:00.000Z'],
      ['wood', '2022-07-09T21:00:00.000Z'],
    ] as const) {
      const cell = cellOf(cells('route-kaliningrad.rail', /./, {}).get(`goods/${id} facts`)!);
      const same = (a: CellState, b: CellState) =>
        JSON.stringify(a.candidates[0]?.value) === JSON.stringify(b.candidates[0]?.value);
      expect(formatInstant(runAt(cell, when('2022-07-12'), same).from!)).toBe(day);
    }
  });
});

describe('warnings', () => {
  it('of 4 and 8 July are pending on 12 July 2022, as known then and as known now', () => {
    const both = ['warning-ru.2022-07-04', 'warning-ru.2022-07-08'];
    expect(warningsPending({ asOf: '2022-07-12', knownAt: '2022-07-12' })).toEqual(both);
    expect(warningsPending({ asOf: '2022-07-12' })).toEqual(both);
    expect(warningsPending({ asOf: '2022-07-07' })).toEqual(['warning-ru.2022-07-04']);
    expect(warningsPending({ asOf: '2022-07-12', knownAt: '2022-07-10' })).toEqual([]);
  });

  it('are met when the trains run again; from the articles alone the vague deadline lapses by the end of July', () => {
    expect(warningsPending({ asOf: '2022-07-23' })).toEqual([]);
    expect(one('warning-ru.2022-07-08', 'status', { asOf: '2022-08-01', of: seeds })?.['status']).toBe(
      'lapsed',
    );
    expect(warningsPending({ asOf: '2022-09-01', of: seeds })).toEqual(['warning-ru.2022-07-04']);
  });
});

describe('the blockade', () => {
  const voices = {
    'ru.kremlin': 'asserts',
    'ru.peskov': 'asserts',
    'by.lukashenko': 'asserts',
    'lt.mfa': 'denies',
  };

  it('is contested: Russia and Belarus assert it, Lithuania and the United States deny it', () => {
    expect(stances('kaliningrad.blockade', { asOf: '2025-11-05' })).toEqual({
      ...voices,
      'us.state': 'denies',
    });
  });

  it('was contested by 12 July 2022, before the United States spoke', () => {
    expect(stances('kaliningrad.blockade', { asOf: '2022-07-12', knownAt: '2022-07-12' })).toEqual(voices);
    expect(stancesOn('kaliningrad.blockade', { asOf: '2022-07-12', of: seeds })).toEqual([
      'asserts',
      'denies',
    ]);
  });

  it('is one of four claims on which both sides stay on record', () => {
    for (const claim of [
      'kaliningrad.widening',
      'lt.belarus-potash-transit',
      'eu.belarus.renewal-2026-unchanged',
    ]) {
      expect([claim, ...stancesOn(claim, { asOf: '2026-03-01' })]).toEqual([claim, 'asserts', 'denies']);
    }
    expect(stancesOn('by.lukashenko-hospital-2023', { asOf: '2023-06-06' })).toEqual(['asserts']);
  });
});

describe('the trucks held in Belarus', () => {
  it('are counted by each claimant for himself on 27 November 2025', () => {
    const known = trucks({ asOf: '2025-11-27' });
    expect(known).toEqual({
      'by.customs': ['1100 vehicle'],
      'by.lukashenko': ['1100–1200 truck'],
      'lt.budrys': ['about 1000 truck'],
      'by.valfovich': ['moreThan 1800 truck'],
      'lt.government': ['about 280 truck'],
    });
    expect(trucks({ asOf: '2025-11-27', knownAt: '2025-11-27' })).toEqual(known);
  });

  it('are about 1,000 by Budrys, beside the Belarusian figures, as known on 11 November', () => {
    expect(trucks({ asOf: '2025-11-27', knownAt: '2025-11-11' })).toEqual({
      'by.customs': ['1100 vehicle'],
      'by.lukashenko': ['1100–1200 truck'],
      'lt.budrys': ['about 1000 truck'],
    });
    expect(trucks({ asOf: '2025-11-05', knownAt: '2025-11-05' })).toEqual({
      'by.customs': ['about 5000 vehicle'],
    });
  });

  it('are about 1,000 and nothing else by the articles alone', () => {
    expect(trucks({ asOf: '2025-11-27', of: seeds })).toEqual({ 'lt.budrys': ['about 1000 truck'] });
    expect(trucks({ asOf: '2025-11-27', knownAt: '2025-11-11', of: seeds })).toEqual({
      'lt.budrys': ['about 1000 truck'],
    });
  });

  it('are counted in units that are never mixed', () => {
    expect(trucks({ asOf: '2026-03-10' })).toMatchObject({
      'lt.customs': ['261 vehicle'],
      'lt.linava': ['1071 vehicle', '496 tractor', '575 semi-trailer', '30 other'],
      'by.bamap': ['1000 tractor', '1730 semi-trailer'],
    });
  });

  it('are held: by Belarus’s own ban, by the articles alone as known after them', () => {
    const status = (asked: Asked) => one('detention-by.lt-trucks-2025', 'status', asked)?.['status'];
    expect(status({ asOf: '2025-11-05' })).toBe('held');
    expect(status({ asOf: '2025-11-27', of: seeds })).toBe('held');
    expect(status({ asOf: '2026-03-11' })).toBe('held');
  });
});

describe('the closure of October 2025, by the articles alone', () => {
  it('is expected to last to the end of November, as known on 12 November', () => {
    for (const id of ['medininkai', 'salcininkai']) {
      expect(crossing(id, '2025-11-05', '2025-11-12')).toBe('closed');
      expect(crossing(id, '2025-11-30', '2025-11-12')).toBe('closed');
      expect(crossing(id, '2025-12-01', '2025-11-12')).toBe('open');
    }
  });

  it('ends on 20 November, as known later', () => {
    for (const id of ['medininkai', 'salcininkai']) {
      expect(crossing(id, '2025-11-19')).toBe('closed');
      expect(crossing(id, '2025-11-20')).toBe('open');
    }
  });

  it('leaves Lithuania’s condition abandoned, not met', () => {
    const condition = (asked: Asked) => one('condition-lt.reopening-2025', 'status', asked);
    expect(condition({ asOf: '2025-11-12' })).toMatchObject({ status: 'pending' });
    expect(condition({ asOf: '2025-11-27' })).toMatchObject({
      status: 'abandoned',
      requirements: [{ id: 'trucks', outcome: 'unmet' }],
    });
    expect(condition({ asOf: '2025-11-27', knownAt: '2025-11-24' })).toMatchObject({ status: 'pending' });
  });
});

describe('sanctions', () => {
  it('of the EU on Belarus are in force without a gap from March 2021 to February 2027', () => {
    expect(measure('eu.belarus', { asOf: '2005-12-31' })[0]).toBeUndefined();
    expect(measure('eu.belarus', { asOf: '2010-01-01' })[0]).toBe('inForce');
    for (let day = when('2021-03-01'); day < when('2027-02-28'); day += 43_200_000) {
      const asOf = formatInstant(day);
      expect([asOf, ...measure('eu.belarus', { asOf })]).toEqual([
        asOf,
        'inForce',
        '2027-02-28T22:00:00.000Z',
      ]);
    }
    expect(measure('eu.belarus', { asOf: '2027-03-01' })[0]).toBe('expired');
  });

  it('of the EU on Belarus end on 28 February 2026, as known on 25 November 2025', () => {
    const known = { asOf: '2025-11-25', knownAt: '2025-11-25' };
    expect(measure('eu.belarus', known)).toEqual(['inForce', '2026-02-28T22:00:00.000Z']);
    expect(measure('eu.belarus', { ...known, asOf: '2026-03-01' })[0]).toBe('expired');
  });

  it('have a decision due in February 2026, as Budrys says', () => {
    const due = one('measure-eu.belarus', 'decision/renewal-2026', { asOf: '2025-12-01', of: seeds });
    expect(due).toMatchObject({ status: 'due', due: { edtf: '2026-02' } });
  });

  it('come in phases, each announced before its day', () => {
    const phase = (id: string, asOf: string) =>
      one('measure-eu.russia.kaliningrad-transit', `phase/${id}`, { asOf })?.['status'];
    expect(['2022-07-10', '2022-08-10', '2022-12-05'].map((id) => phase(id, '2022-07-12'))).toEqual([
      'inForce',
      'announced',
      'announced',
    ]);
  });

  it('are licensed in part until a day, the day included', () => {
    const licence = (asOf: string) => one('measure-us.belarus', 'licence/gl-5', { asOf })?.['status'];
    expect(licence('2022-04-01')).toBe('valid');
    expect(licence('2022-04-02')).toBe('expired');
  });
});

describe('the airport of Vilnius', () => {
  const airport = (asOf: string) => one('area-lt.vilnius-airport', 'status', { asOf })?.['status'];

  it('is shut in the nights of the balloons, and nothing is said of it afterwards', () => {
    expect(airport('2025-10-05T01:49:00Z')).toBe('closed');
    expect(airport('2025-10-05T01:50:00Z')).toBeUndefined();
    expect(airport('2025-10-27')).toBeUndefined();
    expect(airport('2025-10-30')).toBe('closed');
  });
});

describe('the reports that were wrong', () => {
  const recorded = effectsAmong(everything, []);

  it('are of both kinds of correction, and one is retracted', () => {
    const corrections = everything.flatMap((event) => correctionOf(event) ?? []);
    expect(
      corrections.map(({ kind, replacement }) => `${kind}${replacement ? '' : ', retracted'}`).sort(),
    ).toEqual(['amended', 'transcription', 'transcription', 'transcription', 'transcription, retracted']);
    const ids = new Set(everything.map(({ id }) => id));
    expect(corrections.filter(({ target }) => !ids.has(target))).toEqual([]);
  });

  it('show the coal ban of the wrong day until it was corrected, among claims only', () => {
    const claimed = (knownAt: string) =>
      cells('route-kaliningrad.rail', /^goods\/coal$/, { knownAt })
        .get('goods/coal claims')
        ?.map(({ from }) => formatInstant(from.earliest));
    expect(claimed('2022-08-09')).toEqual(['2022-08-21T21:00:00.000Z']);
    expect(claimed('2022-08-10')).toEqual(['2022-08-09T21:00:00.000Z']);
  });

  it('are seen only on the recorded axis where the report was written down wrong here', () => {
    const bobrowniki = (of: readonly KnownEffect[]) =>
      of
        .filter(({ subject }) => subject === 'crossing-pl-by.bobrowniki')
        .map(({ from }) => formatInstant(from.earliest));
    expect(bobrowniki(recorded)).toEqual(['2023-02-11T11:00:00.000Z']);
    expect(bobrowniki(all)).toEqual(['2023-02-10T11:00:00.000Z']);
    const silene = (of: readonly KnownEffect[]) =>
      of.filter(({ subject }) => subject === 'crossing-lv-by.silene');
    expect(silene(recorded)).toHaveLength(1);
    expect(silene(all)).toHaveLength(0);
  });
});
