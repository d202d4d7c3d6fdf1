import { describe, expect, it } from '@jest/globals';
import { collect, event, ids, type Fixture } from './fixture.js';

export function severalStreams(fixture: Fixture): void {
  describe('an append over several streams', () => {
    const mixed = ['x', 'y', 'x', 'z'].map((stream, n) => event(`e${n}`, { stream: `crossing-${stream}` }));
    const expected = { 'crossing-x': -1, 'crossing-y': -1, 'crossing-unwritten': -1 };

    it('is stored whole and in its own order', async () => {
      expect(
        (await fixture.log.append(mixed, { expected })).map(({ sequence, revision }) => [sequence, revision]),
      ).toEqual([
        [1, 0],
        [2, 0],
        [3, 1],
        [4, 0],
      ]);
      expect(ids(await collect(fixture.log.read()))).toEqual(['e0', 'e1', 'e2', 'e3']);
    });

    it('is not refused for events that are there already', async () => {
      for (const one of mixed.slice(0, 3)) await fixture.log.append([one]);
      const answer = await fixture.log.append(mixed);
      expect(answer.map(({ sequence, duplicate }) => [sequence, duplicate])).toEqual([
        [1, true],
        [2, true],
        [3, true],
        [4, undefined],
      ]);
    });
  });
}
