import { describe, expect, it } from '@jest/globals';
import { claims } from './claims.js';
import { crossings } from './crossings.js';
import { given, type Told } from './spec-support.js';
import { SubjectReader } from './subject.js';
import { talks } from './talks.js';
import { timelineOf } from './timeline-of.js';
import type { View } from './view.js';
import { warnings } from './warnings.js';

const REPORTS = 600;
/** More states than a search reads before it uses outlines, and fewer than the reports have bounds. */
const FEW = 300;
const minute = (n: number): string => `${new Date(Date.UTC(2025, 0, 1, 0, n)).toISOString().slice(0, 16)}Z`;
/** Vague times that overlap, each with other bounds. */
const vague = (n: number, from = 0): string => `${minute(from + n)}/${minute(from + 5_000 + 30 * n)}`;

const reports = (told: (n: number) => Partial<Told> & Pick<Told, 'type' | 'data'>): Told[] =>
  Array.from({ length: REPORTS }, (_, n) => ({ occurred: vague(n), reportedAt: '2025-06-01', ...told(n) }));
const crossing = 'lt-by.medininkai';
const inTurns = (n: number): string => (n % 2 === 0 ? 'crossing.closed' : 'crossing.reopened');

describe('an item of many vague reports that overlap is found without the state at each of their bounds:', () => {
  it.each<[string, View, Told[]]>([
    ['one status', crossings, reports(() => ({ type: 'crossing.closed', data: { crossing } }))],
    [
      'one status for many reasons',
      crossings,
      reports((n) => ({ type: 'crossing.closed', data: { crossing, reason: `reason ${n}` } })),
    ],
    ['two statuses in turns', crossings, reports((n) => ({ type: inTurns(n), data: { crossing } }))],
    [
      'vague ends too',
      crossings,
      reports((n) => ({ type: inTurns(n), data: { crossing }, until: vague(n, 50_000) })),
    ],
    [
      'acts that also reopen it',
      crossings,
      reports((n) => ({
        type: 'crossing.closed',
        data: { crossing, reopens: true },
        until: vague(n, 50_000),
      })),
    ],
    [
      'two sides, and a mode',
      crossings,
      reports((n) => ({
        type: inTurns(n),
        data: { crossing, side: n % 3 === 0 ? 'LT' : 'BY', ...(n % 5 === 0 && { modes: ['rail'] }) },
      })),
    ],
    [
      'claims of two sources, beside acts',
      crossings,
      reports((n) => ({
        type: inTurns(n),
        data: { crossing },
        by: n % 4 === 0 ? 'bns' : 'ap',
        standing: n % 2 === 0 ? 'act' : 'claim',
      })),
    ],
    [
      'registrations with other modes in turns',
      crossings,
      [
        { type: 'crossing.closed', occurred: '2025-01-01', reportedAt: '2025-06-01', data: { crossing } },
        ...reports((n) => ({
          type: 'subject.registered',
          data: {
            ...{ kind: 'crossing', id: crossing, names: { en: `Medininkai ${n}` } },
            crossing: {
              ...{ border: 'LT-BY', sides: ['LT', 'BY'], modes: n % 2 === 0 ? ['road'] : ['rail', 'road'] },
              operating: true,
            },
          },
          standing: 'reference',
        })),
      ],
    ],
    [
      'a warning that nobody issued',
      warnings,
      reports(() => ({ type: 'warning.resolved', data: { warning: 'x', outcome: 'met' } })),
    ],
    [
      'stances of an actor',
      talks,
      reports((n) => ({
        type: n % 2 === 0 ? 'talks.offered' : 'talks.refused',
        data: { talks: 'x', by: 'lt', to: 'by' },
      })),
    ],
    [
      'stances on a claim',
      claims,
      reports((n) => ({
        type: n % 2 === 0 ? 'claim.asserted' : 'claim.denied',
        data: { claim: 'x', proposition: 'p' },
        standing: n % 2 === 0 ? 'claim' : 'denial',
      })),
    ],
  ])('%s', (_name, view, told) => {
    const views = given(...told);
    let states = 0;
    const read = (): void => {
      states += 1;
    };
    for (const asOf of ['2025-01-06T12:00Z', '2025-01-10T12:00Z', '2025-02-08T12:00Z', '2025-06-01T12:00Z']) {
      states = 0;
      expect(views.cells.checked(read, () => views.item(view, asOf))).toBeDefined();
      expect(states).toBeLessThan(FEW);
    }
  });
});

it('a timeline of many vague reports joins its pieces in turns with other work', () => {
  const { cells } = given(...reports(() => ({ type: 'crossing.closed', data: { crossing } })));
  const subject = new SubjectReader(crossing, cells.cellsOf('crossing', crossing, {}));
  const turns = [...timelineOf(crossings, subject, {})].length;
  // A turn for each bound, and a turn for each piece: each report has a bound where it may start, the next millisecond, and where it surely starts.
  expect(turns).toBeGreaterThan(4 * REPORTS);
});
