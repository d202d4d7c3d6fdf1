import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

/**
 * The plan of a statement may depend on its limit. So where the limit is a parameter, SQLite compiles the statement again whenever the parameter is
 * bound, which takes longer than most statements run. It does not look into `(SELECT ?)`.
 */
it('no limit of a SQL statement is a bare parameter', () => {
  const sources = readdirSync('libs', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\bsqlite\b.*\.ts$/.test(file),
  );
  const bare = sources.filter((file) => /\bLIMIT\s+[?@]/.test(readFileSync(join('libs', file), 'utf8')));
  expect(sources.length).toBeGreaterThan(10);
  expect(bare).toEqual([]);
});
