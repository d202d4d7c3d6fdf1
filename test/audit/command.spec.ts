import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { borderline, CORPUS } from '../cli/command.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';

// A process takes a second to start, more on a busy machine.
jest.setTimeout(60_000);

describe('borderline verify', () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder();
  });
  afterAll(() => removeFolder(folder));

  it('says that the log is whole, names what somebody changed, and no server starts on the rest', async () => {
    const data = join(folder, 'data');
    expect(
      (await borderline(['import', '--data', data, join(CORPUS, 'reference-crossings.ndjson')])).code,
    ).toBe(0);
    const before = await borderline(['verify', '--data', data]);
    expect(before.stdout).toMatch(/^\d+ events, 1 checkpoint; signed up to @\d+\.\nEvery event is the one/);
    expect(before.code).toBe(0);
    const log = new Database(join(data, 'log.db'));
    log.exec(`UPDATE events SET type = type || '.' WHERE sequence = 3`);
    log.close();
    const after = await borderline(['verify', '--data', data]);
    expect(after.stdout).toMatch(/^event @3: is not what was recorded\n/);
    expect(after.code).toBe(1);
    const refused = await borderline(['as-of', '2025-11-05', '--data', data]);
    expect(refused.stderr).toMatch(
      /^borderline: the log no longer extends its last signed checkpoint: [^\n]*\n$/,
    );
    expect(refused.code).toBe(1);
  });

  it('says that there is no log, or that nothing was signed', async () => {
    expect((await borderline(['verify', '--data', folder])).stderr).toContain('there is no log in');
  });
});
