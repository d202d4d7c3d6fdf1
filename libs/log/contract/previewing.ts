import { describe, expect, it } from '@jest/globals';
import type { Appended } from '../event-log.js';
import { event, refusal, type Fixture } from './fixture.js';

export function previewing(fixture: Fixture): void {
  describe('a preview', () => {
    it('gives the answer of the append, and writes nothing', async () => {
      await fixture.log.append([event('a')]);
      const batch = [event('b'), event('a'), event('c'), event('b')];
      const expected = { 'crossing-a': 0 };
      const preview = await fixture.log.preview(batch, { expected });
      expect(preview.map(({ sequence, revision, duplicate }) => [sequence, revision, duplicate])).toEqual([
        [2, 1, undefined],
        [1, 0, true],
        [3, 2, undefined],
        [2, 1, true],
      ]);
      expect((await fixture.log.head()).sequence).toBe(1);
      const untimed = (all: readonly Appended[]) => all.map((one) => ({ ...one, recordedAt: 0 }));
      expect(untimed(await fixture.log.append(batch, { expected }))).toEqual(untimed(preview));
      const retry = await fixture.log.preview(batch, { expected });
      expect(retry.every(({ duplicate }) => duplicate)).toBe(true);
      expect(await fixture.log.preview([])).toEqual([]);
    });

    it('is refused where the append would be refused', async () => {
      await fixture.log.append([event('a')]);
      const conflict = fixture.log.preview([event('b'), event('a', { payload: 'another' })]);
      expect(await refusal(conflict)).toEqual({ code: 'id-conflict', id: 'a' });
      const late = fixture.log.preview([event('b')], { expected: { 'crossing-a': -1 } });
      expect(await refusal(late)).toMatchObject({ code: 'wrong-revision' });
      expect(await refusal(fixture.log.preview([event('b', { type: '' })]))).toMatchObject({
        code: 'invalid',
      });
    });
  });
}
