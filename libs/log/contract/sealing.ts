import { describe, expect, it } from '@jest/globals';
import { event, events, reaches, type Fixture } from './fixture.js';

export function sealing(fixture: Fixture): void {
  describe('sealing', () => {
    it('records nothing before the returned instant, through any handle', async () => {
      const { log } = fixture;
      await log.append([event('a')]);
      const { recordedAt } = await log.head();
      const sealed = await log.seal(recordedAt + 5_000);
      expect(sealed).toBeGreaterThanOrEqual(recordedAt);
      const another = await fixture.another();
      const [later] = await another.append([event('b', { recordedAt: 1 })]);
      expect(later!.recordedAt).toBeGreaterThanOrEqual(sealed);
      expect(await another.sealed()).toBeGreaterThanOrEqual(sealed);
    });

    it('is never undone', async () => {
      const { log } = fixture;
      await log.append([event('a')]);
      const { recordedAt } = await log.head();
      const sealed = await log.seal(recordedAt + 5_000);
      expect(await log.seal(recordedAt - 5_000)).toBeGreaterThanOrEqual(sealed);
      expect(await log.sealed()).toBeGreaterThanOrEqual(sealed);
    });

    it('is at least the last recorded instant, and 0 in an empty log', async () => {
      const { log } = fixture;
      expect(await log.sealed()).toBe(0);
      await log.append(events(3, 'e'));
      await reaches(log, 3);
      expect(await log.sealed()).toBeGreaterThanOrEqual((await log.head()).recordedAt);
    });

    it('works beside concurrent appends: each is recorded before the seal, or not before its instant', async () => {
      const { log } = fixture;
      await log.append([event('first')]);
      const at = (await log.head()).recordedAt + 60_000;
      const appends = Array.from({ length: 20 }, (_, n) => log.append([event(`e${n}`)]));
      const sealed = await log.seal(at);
      const { sequence } = await log.head();
      await Promise.all(appends);
      for await (const { recordedAt, sequence: later } of log.read({ after: sequence }))
        expect([later, recordedAt >= sealed]).toEqual([later, true]);
    });
  });
}
