import { describe, expect, it } from '@jest/globals';
import type { Interruptible } from '#runtime';
import { claims } from './claims.js';
import { crossings } from './crossings.js';
import { detentions } from './detentions.js';
import { given, type Told } from './spec-support.js';
import { sanctions } from './sanctions.js';
import { SubjectReader } from './subject.js';
import { TooMuchWork } from './sqlite/reading-work.js';
import { State } from './state.js';
import { resultOf } from './subject-tasks.js';
import type { Elsewhere } from './subject-work.js';
import { transit } from './transit.js';
import type { View } from './view.js';

/** Units of work that may be done without a break. */
const MOST = 1_000;
/** A state takes 5 units at least. */
const STATES = MOST / 5;
const REPORTS = 300;

const minute = (n: number): string => `${new Date(Date.UTC(2025, 0, 1, 0, n)).toISOString().slice(0, 16)}Z`;
/** Vague times that overlap, each with other bounds. */
const vague = (n: number): string => `${minute(n)}/${minute(10_000 + 30 * n)}`;
const reports = (told: (n: number) => Partial<Told> & Pick<Told, 'type' | 'data'>): Told[] =>
  Array.from({ length: REPORTS }, (_, n) => ({ occurred: vague(n), reportedAt: '2025-06-01', ...told(n) }));

const crossing = 'x';
const closed = (): Told => ({ type: 'crossing.closed', occurred: '2025-01-02', data: { crossing } });
const registered = (n: number): Pick<Told, 'type' | 'data' | 'standing'> => ({
  type: 'subject.registered',
  data: {
    ...{ kind: 'crossing', id: 'x', names: { en: `X ${n}` } },
    crossing: { border: 'LT-BY', sides: ['LT', 'BY'], modes: n % 2 ? ['road'] : ['rail'], operating: true },
  },
  standing: 'reference',
});

/** The result, and the most states that were read here between two breaks. */
async function answered<T>(
  views: ReturnType<typeof given>,
  computation: Interruptible<T>,
): Promise<{ readonly result: T; readonly most: number }> {
  for (let most = 0; ;) {
    let states = 0;
    const count = (): void => void (states += 1);
    const next = views.cells.checked(count, () => computation.next());
    most = Math.max(most, states);
    if (next.done === true) return { result: next.value, most };
    if (next.value) await next.value(undefined);
  }
}

describe('an answer reads few states of a subject here without a break, although it needs many:', () => {
  it.each<[string, View, Told[]]>([
    [
      'vague reports',
      crossings,
      reports((n) => ({ type: n % 2 ? 'crossing.closed' : 'crossing.reopened', data: { crossing } })),
    ],
    ['vague registrations', crossings, [closed(), ...reports(registered)]],
    [
      'stances of many claimants',
      claims,
      reports((n) => ({
        type: 'claim.asserted',
        data: { claim: 'x', proposition: 'p' },
        by: `c${n}`,
        standing: 'claim',
      })),
    ],
    [
      'figures',
      detentions,
      reports((n) => ({
        type: 'detention.counted',
        data: { detention: 'x', count: { value: n }, unit: 'truck' },
        standing: 'claim',
      })),
    ],
    [
      'groups of goods',
      transit,
      reports((n) => ({
        type: 'transit.restricted',
        data: { route: 'x', goods: [{ id: `g${n}`, label: 'g' }] },
      })),
    ],
    [
      'licences',
      sanctions,
      reports((n) => ({
        type: 'sanctions.licensed',
        data: { measure: 'x', licence: `l${n}`, covers: 'c' },
      })),
    ],
  ])('%s', async (_name, view, told) => {
    const views = given(...told);
    const recordedAt = told.length;
    let begun = 0;
    const begin = ({ view: { name }, asked, ...task }: Parameters<Elsewhere['begin']>[0]) => {
      begun += 1;
      const sent = { ...task, view: name, asked: { recordedAt, ...asked } };
      return async (): Promise<unknown> =>
        structuredClone((await answered(views, resultOf(views.reader, sent))).result);
    };
    const here = new State(views.cells, { most: MOST, mostInTurns: Infinity, begin });
    const whole = new State(views.cells);
    const asOf = Date.UTC(2025, 0, 6);
    const questions: ((state: State) => Interruptible<unknown>)[] = [
      (state) => state.itemOf(view, 'x', { asOf }),
      (state) => state.list(view, { asOf }),
      (state) => state.diff({ asOf: asOf - 600_000 }, { asOf }, [view]),
      (state) => state.timeline(view, 'x', {}, { from: asOf, to: asOf + 600_000 }),
      (state) => state.nextChange(view, 'x', { asOf }, asOf + 600_000),
      (state) => state.isKnown(view, 'x', {}),
      (state) => state.isKnown(view, 'x', { recordedAt: 0 }),
    ];
    for (const ask of questions) {
      const { result, most } = await answered(views, ask(here));
      expect(most).toBeLessThanOrEqual(STATES);
      expect(result).toEqual((await answered(views, ask(whole))).result);
    }
    expect(begun).toBeGreaterThan(0);
  });
});

describe('a timeline of very many short steps', () => {
  const COUNTS = 100;
  const counts = reports((n) => ({
    type: 'detention.counted',
    data: { detention: 'x', count: { value: n }, unit: 'truck' },
    standing: 'claim',
  }));
  const views = given(...counts.slice(0, COUNTS));
  const question = { asOf: Date.UTC(2025, 0, 6) };
  /** The work that was done here, the tasks that were begun elsewhere, and the result. */
  const asked = async <T>(mostInTurns: number, ask: (state: State) => Interruptible<T>) => {
    const begun: string[] = [];
    const begin: Elsewhere['begin'] = ({ task }) => {
      begun.push(task.what);
      return () => Promise.resolve('elsewhere');
    };
    const before = views.cells.work.spent;
    const { result } = await answered(
      views,
      ask(new State(views.cells, { most: Infinity, mostInTurns, begin })),
    );
    return { result, begun, work: views.cells.work.spent - before };
  };
  const timeline = (state: State) => state.timeline(detentions, 'x', {});

  it('is given up here after some work in all, and done elsewhere', async () => {
    const whole = await asked(Infinity, timeline);
    expect(whole.begun).toEqual([]);
    expect(whole.result.length).toBeGreaterThan(COUNTS);
    const part = await asked(whole.work / 10, timeline);
    expect(part).toMatchObject({ begun: ['timeline'], result: 'elsewhere' });
    expect(part.work).toBeLessThan(whole.work / 5);
  });

  it('does not send away other questions about the subject', async () => {
    await asked(1_000, timeline);
    const item = await asked(1_000, (state) => state.itemOf(detentions, 'x', question));
    expect(item).toMatchObject({ begun: [], result: { item: { id: 'x' } } });
  });
});

describe('the registration of a subject', () => {
  it('takes one state of one cell, however many registrations and reports there are', () => {
    const views = given(
      ...reports(registered),
      ...reports((n) => ({ type: n % 2 ? 'crossing.closed' : 'crossing.reopened', data: { crossing } })),
    );
    const state = new State(views.cells);
    const question = { asOf: Date.UTC(2025, 0, 1, 0, 1) };
    let states = 0;
    const count = (): void => void (states += 1);
    const found = views.cells.checked(count, () => state.registration(crossings, 'x', question));
    expect(found?.crossing?.border).toBe('LT-BY');
    expect(states).toBeLessThanOrEqual(2);
    expect(state.item(crossings, 'x', question)).toMatchObject({ border: 'LT-BY' });
    expect(state.registration(crossings, 'y', question)).toBeUndefined();
  });
});

describe('the cells of a subject', () => {
  /** Whether a cell of a detention needs no more work after its cells were read ahead. */
  const readAhead = (claimants: number): boolean => {
    const counts = Array.from({ length: claimants }, (_, n) => ({
      type: 'detention.counted' as const,
      data: { detention: 'x', count: { value: n }, unit: 'truck' },
      by: `c${n}`,
      standing: 'claim' as const,
    }));
    const { cells } = given(...counts);
    cells.load('detention', ['x']);
    const [row] = cells.rowsOf('detention', 'x');
    try {
      cells.work.limited(0, () => cells['opener'].open(row!, {}));
      return true;
    } catch (error) {
      if (error instanceof TooMuchWork) return false;
      throw error;
    }
  };

  it('are read ahead together, unless they are many: then the work to read each of them counts', () => {
    expect([readAhead(2), readAhead(256), readAhead(257)]).toEqual([true, true, false]);
  });
});

describe('the aspects of a subject', () => {
  it('are looked up a few times for each licence, however many licences there are', () => {
    const licences = Array.from({ length: REPORTS }, (_, n) => ({
      type: 'sanctions.licensed' as const,
      occurred: '2025-01-02',
      data: { measure: 'x', licence: `l${n}`, covers: 'c' },
    }));
    const { cells } = given(...licences);
    let lookUps = 0;
    const counted = cells.opened('measure', 'x', {}).map((cell) => {
      const aspect = () => {
        lookUps += 1;
        return cell.aspect;
      };
      return Object.create(cell, { aspect: { get: aspect } }) as typeof cell;
    });
    const item = sanctions.item(new SubjectReader('x', counted), Date.UTC(2025, 0, 6));
    expect(item?.licences).toHaveLength(REPORTS);
    expect(lookUps).toBeLessThan(20 * REPORTS);
  });
});
