import { join } from 'node:path';
import { renameSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyFolder } from '#data-folder';
import { systemRuntime } from '#runtime';
import { serve, type Running } from '../../apps/server/serve.js';
import { settingsFrom } from '../../apps/settings.js';
import { loadCorpus } from '../bench/serving.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { asEarlierFormat } from '../support/earlier-format.js';

describe('a data folder whose log is of an earlier format', () => {
  let data: string;
  beforeEach(() => {
    data = temporaryFolder();
  });
  afterEach(() => removeFolder(data));

  const start = (): Promise<Running> =>
    serve(
      settingsFrom({
        BORDERLINE_DATA: data,
        PORT: '0',
        BORDERLINE_LOG_LEVEL: 'silent',
        BORDERLINE_KEY: 'bench',
      }),
      systemRuntime,
    );
  const answered = async ({ url }: Running, path: string): Promise<string> =>
    (await fetch(`${url}${path}`)).text();

  it.each([1, 2] as const)(
    '%s has the same tree, answers and events when it is served again',
    async (format) => {
      const paths = ['/v1/audit/checkpoint', '/v1/crossings?asOf=2025-11-05', '/v1/events?limit=500'];
      const before = await start();
      await loadCorpus(before.url);
      const tree = await answered(before, '/v1/audit/checkpoint');
      const said = await Promise.all(paths.map((path) => answered(before, path)));
      await before.stop();
      renameSync(join(data, 'log.db'), join(data, 'now.db'));
      await asEarlierFormat(join(data, 'now.db'), join(data, 'log.db'), format);

      const quiet = (): void => undefined;
      expect(await verifyFolder(systemRuntime, data, quiet, quiet)).toMatchObject({
        faults: [],
        treeDiffers: false,
      });
      const after = await start();
      expect(await Promise.all(paths.map((path) => answered(after, path)))).toEqual(said);
      expect(said[0]).toBe(tree);
      await after.stop();
      expect(await verifyFolder(systemRuntime, data, quiet, quiet)).toMatchObject({
        faults: [],
        treeDiffers: false,
      });
    },
  );
});
