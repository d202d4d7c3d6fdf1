import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { corpusApplication, type CorpusApplication } from './asked-of-corpus.js';

interface Told {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

let app: CorpusApplication;
beforeAll(async () => {
  app = await corpusApplication();
});
afterAll(() => app.stop());

const replayed = async (query: string, lastEventId?: string): Promise<{ status: number; told: Told[] }> => {
  const { status, answer } = await app.ask(`/v1/replay?${query}`, {
    lastEventId,
    accept: 'text/event-stream',
  });
  const blocks = (typeof answer === 'string' ? answer : '')
    .split('\n\n')
    .filter((block) => block.includes('\ndata: '));
  return {
    status,
    told: blocks.map((block) => {
      const field = (name: string): string => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
      const data = JSON.parse(field('data')) as Told['data'];
      return { id: field('id'), type: field('event'), data };
    }),
  };
};
const MEDININKAI = 'axis=valid&from=2025-10-20&to=2025-11-30&subject=lt-by.medininkai';

describe('a replay', () => {
  it('sends developments and changes, each with its instant, and then its end', async () => {
    const { told } = await replayed(MEDININKAI);
    expect(new Set(told.map(({ type }) => type))).toEqual(new Set(['development', 'change', 'end']));
    const instants = told.map(({ data }) => data['at'] as string);
    expect(instants).toEqual([...instants].sort());
    expect(told.at(-1)?.type).toBe('end');
    for (const { id, type, data } of told) if (type !== 'end') expect(data['id']).toBe(id);
    const statuses = told
      .filter(({ type, data }) => type === 'change' && data['aspect'] === 'status')
      .map(({ data }) => (data['after'] as { status: string }).status);
    expect(statuses).toContain('restricted');
    expect(statuses.at(-1)).toBe('open');
  });

  it('continues after an id with the remaining items, and has no more items after its end', async () => {
    const { told } = await replayed(MEDININKAI);
    const middle = Math.floor(told.length / 2);
    expect((await replayed(MEDININKAI, told[middle]!.id)).told).toEqual(told.slice(middle + 1));
    expect((await replayed(`${MEDININKAI}&after=${told[middle]!.id}`)).told).toEqual(told.slice(middle + 1));
    expect((await replayed(MEDININKAI, told.at(-1)!.id)).status).toBe(204);
  });

  it('is in the order of reports, or in the order of this log', async () => {
    const reported = await replayed('axis=reported&from=2025-10-20&to=2025-11-30&border=LT-BY');
    const knowing = reported.told.filter(({ data }) => data['cause'] === 'event');
    expect(knowing.length).toBeGreaterThan(0);
    for (const { data } of knowing) expect(data['knownSince']).toBe(data['at']);
    const recorded = await replayed('axis=recorded&border=LT-BY');
    const { answer } = await app.ask('/v1/changes?border=LT-BY&limit=1000');
    const { items } = answer as { items: object[] };
    expect(
      recorded.told.filter(({ type }) => type === 'change').map(({ data: { id: _, ...change } }) => change),
    ).toEqual(items.map(withoutId));
  });

  it('takes the time that follows from the speed', async () => {
    const { told } = await replayed(`${MEDININKAI}&speed=300d/s`);
    expect(told).toEqual((await replayed(MEDININKAI)).told);
  });

  it.each([
    ['axis=known', 400],
    ['axis=valid&speed=fast', 400],
    ['axis=valid&speed=0d/s', 400],
    ['axis=valid&after=428', 400],
    ['', 400],
  ])('refuses %s', async (query, status) => {
    expect((await replayed(query)).status).toBe(status);
  });

  it('resets a client that comes from another log', async () => {
    const { told } = await replayed(MEDININKAI);
    const other = told[0]!.id.replace(/.{8}$/, '00000000');
    expect((await replayed(MEDININKAI, other)).told).toMatchObject([
      { id: '', type: 'reset', data: { head: app.size } },
    ]);
  });
});

function withoutId(change: object): object {
  const { id: _, ...rest } = change as { id: string };
  return rest;
}
