import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NewEvent } from '#log';
import { systemRuntime } from '#runtime';
import { removeDatabase } from '#sqlite';
import { SearchDatabase, Views, ViewsDatabase } from '#views';
import { corpus } from '../questions/asked.js';
import { developments, eventOf, noon } from './drawn.js';
import { answers, consumerOf, dump, withPipelines, type Pipeline } from './pipeline.js';

const CORPUS: NewEvent[] = corpus().flatMap((line) => eventOf(line as never) ?? []);
const QUESTION = { asOf: Date.UTC(2025, 10, 5) };

/** Builds another views file, or another search, from the log, in batches of the given size. */
async function rebuilt(
  pipeline: Pipeline,
  name: string,
  batch = 1000,
  Kind: typeof ViewsDatabase | typeof SearchDatabase = ViewsDatabase,
): Promise<string> {
  const file = join(pipeline.folder, name);
  const database = new Kind(file);
  await consumerOf(pipeline.log, database, { batch }).catchUp();
  database.close();
  return file;
}

describe('a replay', () => {
  it('gives byte-identical views for any size of batch', async () => {
    await fc.assert(
      fc.asyncProperty(developments({ atMost: 40 }), fc.integer({ min: 1, max: 12 }), (events, batch) =>
        withPipelines(1, async (pipeline) => {
          await pipeline.record(events);
          const expected = dump(pipeline.viewsFile);
          expect(dump(await rebuilt(pipeline, 'again.db'))).toEqual(expected);
          expect(dump(await rebuilt(pipeline, 'batched.db', batch))).toEqual(expected);
          const search = dump(await rebuilt(pipeline, 'search.db', 1000, SearchDatabase));
          expect(dump(await rebuilt(pipeline, 'other.db', batch, SearchDatabase))).toEqual(search);
        }),
      ),
      { numRuns: 30 },
    );
  });

  it('gives the same views for the corpus too', () =>
    withPipelines(1, async (pipeline) => {
      for (let from = 0; from < CORPUS.length; from += 50)
        await pipeline.record(CORPUS.slice(from, from + 50));
      const expected = dump(pipeline.viewsFile);
      const search = dump(await rebuilt(pipeline, 'search.db', 50, SearchDatabase));
      expect(search['events']!.split('\n')).toHaveLength(CORPUS.length);
      for (const batch of [1, 7, 1000]) {
        expect(dump(await rebuilt(pipeline, `by-${batch}.db`, batch))).toEqual(expected);
        expect(dump(await rebuilt(pipeline, `search-by-${batch}.db`, batch, SearchDatabase))).toEqual(search);
      }
    }));
});

describe('a consumer', () => {
  it('continues where it stopped, at any event', async () => {
    const stopped = fc.tuple(
      developments({ atMost: 30 }),
      fc.integer({ min: 1, max: 4 }),
      fc.nat({ max: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(stopped, ([events, batch, rest]) =>
        withPipelines(1, async (pipeline) => {
          await pipeline.log.append(events);
          const expected = dump(await rebuilt(pipeline, 'at-once.db'));
          while (pipeline.views.checkpoint < events.length) {
            let left = rest;
            const consumer = consumerOf(pipeline.log, pipeline.views, {
              batch,
              onStatus: ({ state }) => {
                left -= 1;
                if (left < 0 && state !== 'stopped') void consumer.stop();
              },
            });
            await consumer.catchUp();
            pipeline.reopen();
          }
          expect(dump(pipeline.viewsFile)).toEqual(expected);
        }),
      ),
      { numRuns: 30 },
    );
  });

  it('works while another consumer rebuilds the same file', async () => {
    await fc.assert(
      fc.asyncProperty(
        developments({ atLeast: 5, atMost: 30 }),
        fc.integer({ min: 1, max: 4 }),
        (events, batch) =>
          withPipelines(1, async (pipeline) => {
            await pipeline.log.append(events);
            const other = new ViewsDatabase(pipeline.viewsFile);
            await Promise.all([
              pipeline.follow({ batch }),
              consumerOf(pipeline.log, other, { batch: batch + 1 }).catchUp(),
            ]);
            other.close();
            expect(dump(pipeline.viewsFile)).toEqual(dump(await rebuilt(pipeline, 'alone.db')));
          }),
      ),
      { numRuns: 30 },
    );
  });

  it('works while other processes rebuild the same file', () =>
    withPipelines(1, async (pipeline) => {
      const file = join(pipeline.folder, 'shared.db');
      const consumers = Array.from({ length: 2 }, () => {
        const script = join(import.meta.dirname, 'follow.mjs');
        return spawn(
          process.execPath,
          [script, join(pipeline.folder, 'log.db'), file, String(CORPUS.length)],
          {
            env: { ...process.env, NODE_OPTIONS: '' },
            stdio: 'inherit',
          },
        );
      });
      const ended = Promise.all(consumers.map((consumer) => once(consumer, 'close')));
      for (let from = 0; from < CORPUS.length; from += 20) {
        await pipeline.log.append(CORPUS.slice(from, from + 20));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(await ended).toEqual([
        [0, null],
        [0, null],
      ]);
      expect(dump(file)).toEqual(dump(await rebuilt(pipeline, 'alone.db')));
    }));
});

describe('the views file', () => {
  const remove = (file: string): void => {
    removeDatabase(file);
  };

  it('can be deleted: no answer changes', async () => {
    await fc.assert(
      fc.asyncProperty(developments({ atMost: 30 }), fc.integer({ min: 0, max: 24 }), (events, v) =>
        withPipelines(1, async (pipeline) => {
          const file = join(pipeline.folder, 'deletable.db');
          await pipeline.log.append(events);
          const seen: string[] = [];
          for (let time = 0; time < 2; time += 1) {
            const views = await Views.open(systemRuntime, file, pipeline.log);
            await views.catchUp();
            seen.push(answers(views.state, { asOf: noon(v) }));
            await views.close();
            remove(file);
          }
          expect(seen[1]).toBe(seen[0]);
        }),
      ),
      { numRuns: 20 },
    );
  });

  it('of another catalogue serves while a new file is built beside it', () =>
    withPipelines(1, async (pipeline) => {
      const file = join(pipeline.folder, 'stale.db');
      await pipeline.log.append(CORPUS.slice(0, 300));
      const fresh = await Views.open(systemRuntime, file, pipeline.log);
      await fresh.catchUp();
      const expected = answers(fresh.state, QUESTION);
      await fresh.close();
      const built = dump(file);
      const stale = new ViewsDatabase(file);
      stale.fingerprint = 'of another catalogue';
      stale.close();

      const reasons: string[] = [];
      const views = await Views.open(systemRuntime, file, pipeline.log, {
        batch: 5,
        onRebuild: (reason) => reasons.push(reason),
      });
      expect(reasons).toEqual(['the catalogue has changed since the file was built']);
      expect(views.rebuilding).toBe(0);
      expect(answers(views.state, QUESTION)).toBe(expected);
      const [last] = (await pipeline.log.append(CORPUS.slice(300))).slice(-1);
      expect(await views.reached(last!.sequence, { timeout: 30_000 })).toBe(true);
      await views.catchUp();
      expect([views.rebuilding, views.sequence]).toEqual([undefined, CORPUS.length]);
      await views.close();
      const rebuiltNow = dump(file);
      const fingerprint = /^\["fingerprint",.*$/m;
      expect(fingerprint.exec(rebuiltNow['meta']!)![0]).toBe(fingerprint.exec(built['meta']!)![0]);
      const { meta: _, ...tables } = dump(await rebuilt(pipeline, 'alone.db'));
      expect(rebuiltNow).toMatchObject(tables);
    }));

  it('that is not a database is rebuilt', () =>
    withPipelines(1, async (pipeline) => {
      const file = join(pipeline.folder, 'damaged.db');
      copyFileSync(join(import.meta.dirname, 'drawn.ts'), file);
      await pipeline.log.append(CORPUS);
      const reasons: string[] = [];
      const views = await Views.open(systemRuntime, file, pipeline.log, {
        onRebuild: (reason) => reasons.push(reason),
      });
      await views.catchUp();
      expect(views.sequence).toBe(CORPUS.length);
      expect(reasons).toEqual(['the file is of another layout, or damaged']);
      await views.close();
    }));
});
