import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Slot } from './instance.js';
import { Steps } from './steps.js';
import { World } from './world.js';

/** The number of seeds, and the first seed; or the one seed to run again. */
const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 200);
const FIRST = Number(process.env['SIMULATION_FIRST'] ?? 1);
const ONLY = process.env['SIMULATION_SEED'];
const STEPS = 25;

let slots: Slot[];
beforeAll(async () => {
  slots = [await Slot.make(), await Slot.make()];
});
afterAll(async () => {
  for (const slot of slots) await slot.close();
});

/** Runs two processes on one folder, with all kinds of faults. Throws where a law is broken. Returns the trace. */
async function simulate(seed: number): Promise<readonly string[]> {
  const world = new World(seed, slots);
  const steps = new Steps(world);
  try {
    for (let step = 0; step < STEPS; step += 1) await steps.take();
    await steps.heal();
    return world.trace;
  } catch (error) {
    const again = `SIMULATION_SEED=${seed} npm test -- test/simulation`;
    throw new Error(`${[`Again: ${again}`, ...world.trace].join('\n')}\n${(error as Error).stack}`, {
      cause: error,
    });
  } finally {
    steps.release();
    world.release();
  }
}

describe('a server whose disk, clock and processes fail at random', () => {
  it(
    'loses nothing, changes nothing, answers from its events, and recovers',
    async () => {
      const seeds = ONLY === undefined ? Array.from({ length: SEEDS }, (_, n) => FIRST + n) : [Number(ONLY)];
      const failures: unknown[] = [];
      for (const seed of seeds) await simulate(seed).catch((error: unknown) => failures.push(error));
      expect(failures.map(String).join('\n\n')).toBe('');
    },
    60_000 + SEEDS * 10_000,
  );

  it('does the same for the same seed', async () => {
    const once = await simulate(20251105);
    expect(await simulate(20251105)).toEqual(once);
  });
});
