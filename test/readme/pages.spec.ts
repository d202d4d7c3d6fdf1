import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));

const TREE = ['apps', 'libs', 'events', 'test', 'docs', 'scripts'].flatMap(below);
const PAGES = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...TREE.filter((path) => path.startsWith('docs') && path.endsWith('.md')),
  'events/corpus/README.md',
];

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('links to existing pages', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(resolve(dirname(page), link)))).toEqual([]);
  });

  it('names existing source files', () => {
    const named = [...text.matchAll(/`([\w./-]+\.(?:ts|js))`/g)].map(([, name = '']) => name);
    const known = [...TREE, ...readdirSync('.')];
    expect(named.filter((name) => !known.some((path) => `/${path}`.endsWith(`/${name}`)))).toEqual([]);
  });
});
