import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { catalogueMarkdown } from './generate-readme.js';

describe('the catalogue page', () => {
  it('is current (UPDATE_CATALOGUE=1 writes it)', () => {
    const file = join(import.meta.dirname, 'README.md');
    const page = catalogueMarkdown();
    if (process.env['UPDATE_CATALOGUE'] === '1') writeFileSync(file, page);
    expect(readFileSync(file, 'utf8')).toBe(page);
  });
});
