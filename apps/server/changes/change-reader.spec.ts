import { describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { ChangeWalk, START_OF_CHANGES, type ChangeOfState } from '#views';
import { settingsFrom } from '../../settings.js';
import { leafDigits } from '../events/position.js';
import { ChangePlaces } from './change-places.js';
import { ChangeReader } from './change-reader.js';
import { ChangeWatermark } from './change-watermark.js';
import { closed, emptyLog } from '../../../test/support/empty-log.js';

const SUBJECTS = 120;

describe('a page of changes', () => {
  const opened = emptyLog();

  /** A reader for which each look at the clock takes 100 ms. */
  async function slowReader(): Promise<{ reader: ChangeReader; places: ChangePlaces }> {
    const { log, views } = opened;
    await log.append(Array.from({ length: SUBJECTS }, (_, n) => closed(n + 1, `xx-yy.c${n + 1}`)));
    let elapsed = 0;
    const runtime = { ...systemRuntime, elapsed: () => (elapsed += 100) };
    const watermark = new ChangeWatermark(systemRuntime, log, views);
    const walk = new ChangeWalk(log, views, leafDigits);
    const places = new ChangePlaces(log, settingsFrom({}), walk, watermark);
    return { reader: new ChangeReader(walk, places, watermark, runtime), places };
  }

  it.each([
    ['no change', (): boolean => false, {}],
    [
      'the last change',
      ({ subject }: Pick<ChangeOfState, 'subject'>) => subject === `xx-yy.c${SUBJECTS}`,
      {},
    ],
    ['every tenth subject', ({ subject }: Pick<ChangeOfState, 'subject'>) => subject.endsWith('0'), {}],
    ['no subject of the log', (): boolean => true, { categories: ['crossing'], subjects: ['xx-yy.other'] }],
  ])(
    'ends after a while where the filter selects %s, and the next pages have the rest',
    async (_, passes, filter) => {
      const { reader, places } = await slowReader();
      const selection = { filter, passes, concerns: () => true };
      const pages: ChangeOfState[][] = [];
      for (let next: string | null = 'start'; next !== null;) {
        const from = next === 'start' ? START_OF_CHANGES : await places.named(next);
        const page = await reader.page({ from, selection }, 100);
        pages.push([...page.items]);
        next = page.next;
      }
      const whole: ChangeOfState[] = [];
      await reader.all(
        { from: START_OF_CHANGES, selection },
        Infinity,
        async (some) => void whole.push(...some),
      );
      expect(pages.length).toBeGreaterThan(3);
      expect(pages.flat()).toEqual(whole);
    },
  );
});
