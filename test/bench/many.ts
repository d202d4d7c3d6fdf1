import { finished } from '#runtime';
import { State, viewNamed, type Question } from '#views';
import { filled } from './asking.js';
import { atMost, latenciesOf, type Figure } from './measure.js';
import { acceptedEvent, developmentOf, occurredAt } from './population.js';

const PAGE = 100;
/** The number of calls with each filter. */
const CALLS = 100;

const BORDERS = Array.from({ length: 40 }, (_, n) => `${letters(n)}-${letters(n + 40)}`);
const MODES = ['road', 'rail', 'pedestrian'];

const crossings = viewNamed('crossings')!;
const nameOf = (n: number): string => `many.${String(n).padStart(7, '0')}`;

/**
 * A page of a list over many subjects, in process: from any place in the list, at another `asOf` each time. Of the crossings, 1 in 40 is at a border,
 * 1 in 3 is for a mode, and about 1 in 1,500 is in a box; 9 in 10 close and reopen in turn. `days`: the events happen on days, not at instants.
 */
export function manySubjects(file: string, subjects: number, events: number, days: boolean): Figure[] {
  const each = Math.max(2, Math.round(events / subjects));
  const told = each * subjects;
  const begun = performance.now();
  const views = filled(
    file,
    told,
    (n) =>
      acceptedEvent(
        n < subjects
          ? registrationOf(n)
          : {
              ...developmentOf(n, nameOf(n % subjects), n % 10 !== 0 && Math.floor(n / subjects) % 2 === 0),
              ...(days && { occurred: new Date(occurredAt(n)).toISOString().slice(0, 10) }),
            },
      ),
    // The events are recorded subject by subject: in the order of time each event would change another page of the file.
    (index) => (index % each) * subjects + Math.floor(index / each),
  );
  const seconds = (performance.now() - begun) / 1000;
  const state = new State(views.cells);
  const first = performance.now();
  finished(
    state.page(crossings, { asOf: occurredAt(told) }, { border: BORDERS[0]! }, { after: '', limit: 1 }),
  );
  const indexed = performance.now() - first;
  const second = performance.now();
  const none = { status: 'restricted' };
  finished(state.page(crossings, { asOf: occurredAt(told) }, none, { after: '', limit: PAGE }));
  const read = performance.now() - second;
  const now = (n: number): Question => ({ asOf: occurredAt(told) - n * 60_000 });
  /** Each kind of page begins at other subjects. */
  let kind = 0;
  const page = (filters: (n: number) => Readonly<Record<string, string>>, cut = now) => {
    const shift = (kind += 1) * 31;
    return latenciesOf(CALLS, (n) => {
      const after = nameOf(((n + shift * CALLS) * 7919) % subjects);
      return finished(state.page(crossings, cut(n), filters(n), { after, limit: PAGE }));
    });
  };
  const middle = (n: number): number => occurredAt(Math.floor(told / 2)) - n * 3_600_000;
  const plain = page(() => ({}));
  const past = page(
    () => ({}),
    (n) => ({ asOf: middle(n), knownAt: middle(n) }),
  );
  const known = page(
    () => ({}),
    (n) => ({ ...now(n), knownAt: middle(n) }),
  );
  const all = `of ${subjects.toLocaleString('en')} crossings, ${told.toLocaleString('en')} events`;
  const figures: Figure[] = [
    { name: `filling ${all}`, value: told / seconds, unit: 'events/s' },
    { name: 'what finds crossings by border, mode and place: made once', value: indexed, unit: 'ms' },
    { name: 'the status of all of them: read once', value: read, unit: 'ms' },
    { name: `a page ${all}, p50`, value: plain.p50, unit: 'ms', target: atMost(plain.p50, 5) },
    { name: 'the same long ago, p50', value: past.p50, unit: 'ms', target: atMost(past.p50, 5) },
    {
      name: 'the same now, as known long ago, p50',
      value: known.p50,
      unit: 'ms',
      target: atMost(known.p50, 5),
    },
  ];
  const kinds: Readonly<Record<string, (n: number) => Readonly<Record<string, string>>>> = {
    border: (n) => ({ border: BORDERS[n % BORDERS.length]! }),
    mode: (n) => ({ mode: MODES[n % MODES.length]! }),
    'status=open': () => ({ status: 'open' }),
    'status=closed': () => ({ status: 'closed' }),
    bbox: (n) => ({ bbox: [(n % 300) - 150, (n % 120) - 60, (n % 300) - 145, (n % 120) - 57].join() }),
    'border and status': (n) => ({ border: BORDERS[n % BORDERS.length]!, status: 'closed' }),
  };
  for (const [name, filters] of Object.entries(kinds)) {
    const found = page(filters);
    figures.push({
      name: `the same by ${name}, p50`,
      value: found.p50,
      unit: 'ms',
      floor: { value: plain.p50, what: 'without a filter' },
      ratio: plain.p50 / found.p50,
      target: atMost(found.p50, 5),
    });
  }
  views.close();
  return figures;
}

function registrationOf(n: number): object {
  const [east = 0, north = 0] = [((n * 137) % 3600) / 10 - 180, ((n * 89) % 1500) / 10 - 75];
  const border = BORDERS[n % BORDERS.length]!;
  return {
    type: 'subject.registered',
    occurred: new Date(occurredAt(n)).toISOString(),
    reportedAt: new Date(occurredAt(n)).toISOString(),
    data: {
      kind: 'crossing',
      id: nameOf(n),
      names: { en: `Crossing ${n}` },
      crossing: { border, sides: border.split('-'), modes: [MODES[n % MODES.length]!], operating: true },
      location: { type: 'Point', coordinates: [east, north] },
    },
    source: {
      publisher: 'Border Guard',
      title: `Register ${n}`,
      publishedAt: new Date(occurredAt(n)).toISOString(),
    },
    attribution: { claimant: 'lt.vsat', standing: 'reference', reliability: 'A1' },
  };
}

function letters(n: number): string {
  return String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26));
}
