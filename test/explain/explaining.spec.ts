import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Asking } from '../questions/asked.js';
import { answering } from './answering.js';

interface Explained {
  readonly basis: object;
  readonly answer: { readonly status: string; readonly because: readonly string[] };
  readonly effects: readonly { readonly verdict: string; readonly aspect: string; readonly event: string }[];
  readonly total: number;
  readonly next: number | null;
}

let asking: Asking;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ asking, stop } = await answering(/\.ndjson$/));
});
afterAll(() => stop());

const MEDININKAI = '/v1/explain?view=crossings&subject=lt-by.medininkai';
const ask = (rest: string): Promise<Explained> => asking.ask(`${MEDININKAI}${rest}`);

describe('GET /v1/explain', () => {
  it('lists the effects behind an answer, the overlaid effects, and the effects that were not public yet', async () => {
    const { basis, answer, effects } = await ask(
      '&aspect=status&asOf=2025-11-05&knownAt=2025-11-04&limit=1000',
    );
    const item = await asking.ask('/v1/crossings/lt-by.medininkai?asOf=2025-11-05&knownAt=2025-11-04');
    expect(basis).toMatchObject({ asOf: '2025-11-05T21:59:59.999Z', knownAt: '2025-11-04T21:59:59.999Z' });
    expect(answer.status).toBe(item.status);
    const held = effects.filter(({ verdict }) => verdict === 'holds').map(({ event }) => event);
    expect(held).toEqual(expect.arrayContaining([...item.because]));
    const verdicts = new Set(effects.map(({ verdict }) => verdict));
    expect([...verdicts]).toEqual(expect.arrayContaining(['holds', 'overlaid', 'notYetKnown']));
    expect(effects.every(({ aspect }) => aspect.startsWith('status/'))).toBe(true);
  });

  it('lists all aspects of a subject, page by page', async () => {
    const all = await ask('&asOf=2025-11-05&limit=1000');
    expect(new Set(all.effects.map(({ aspect }) => aspect.split('/')[0]))).toContain('registration');
    expect(all).toMatchObject({ total: all.effects.length, next: null });
    const first = await ask('&asOf=2025-11-05&limit=2');
    expect(first).toMatchObject({ total: all.total, next: 2 });
    const rest = await ask('&asOf=2025-11-05&limit=1000&after=2');
    expect([...first.effects, ...rest.effects]).toEqual(all.effects);
  });

  it('lists the effects that were recorded after a pinned cut', async () => {
    const { effects } = await ask('&recordedAt=@1');
    expect(new Set(effects.map(({ verdict }) => verdict))).toContain('notYetRecorded');
  });

  it.each([
    ['', 'view'],
    ['?view=crossings', 'subject'],
    ['?view=roads&subject=lt-by.medininkai', 'view'],
    ['?view=crossings&subject=lt-by.medininkai&limit=0', 'limit'],
    ['?view=crossings&subject=lt-by.medininkai&aspct=status', 'aspct'],
  ])('refuses %j, naming %s', async (query, parameter) => {
    const response = await asking.respond(`/v1/explain${query}`);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ parameter }] }]);
  });

  it.each(['subject=lt-by.atlantis', 'subject=lt-by.medininkai&aspect=colour'])(
    'finds nothing for %s',
    async (query) => {
      const response = await asking.respond(`/v1/explain?view=crossings&${query}`);
      expect([response.status, await response.json()]).toMatchObject([404, { type: '/problems/not-found' }]);
    },
  );
});
