import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const FILES = ['apps', 'libs', 'events', 'test', 'scripts', 'deploy'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `/${join(folder, file)}`),
);
const DOCUMENTS = [
  ...['README.md', 'CONTRIBUTING.md', 'libs/client/README.md', 'events/README.md'],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

const namesIn = (document: string): string[] =>
  [...readFileSync(document, 'utf8').matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);

const isThere = (name: string): boolean =>
  existsSync(name) || FILES.some((file) => file.endsWith(`/${name}`));

describe('a document', () => {
  it.each(DOCUMENTS)('names only files and folders that exist: %s', (document) => {
    const names = namesIn(document).filter(
      (name) =>
        /^[\w/-][\w./-]*\.(?:tsx?|mjs|cfg)$/.test(name) ||
        /^(?:apps|libs|events|test|scripts|docs)\/[\w./-]+$/.test(name),
    );
    expect(names.filter((name) => !isThere(name))).toEqual([]);
  });

  it.each(DOCUMENTS)('has only links whose targets exist: %s', (document) => {
    const links = [...readFileSync(document, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)];
    const missing = links
      .map(([, link = '']) => link)
      .filter((link) => !existsSync(join(dirname(document), link)));
    expect(missing).toEqual([]);
  });
});

describe('the glossary', () => {
  it('gives the names of the code', () => {
    const code = FILES.filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(`.${file}`, 'utf8'))
      .join('\n');
    const words = new Set(code.match(/\w+/g));
    const glossary = readFileSync('docs/glossary.md', 'utf8');
    const names = [...glossary.matchAll(/^- \*\*[^*]+\*\* \(([^)]*)\)/gm)].flatMap(([, given = '']) =>
      [...given.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !words.has(name))).toEqual([]);
  });
});
