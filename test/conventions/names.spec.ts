import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const SOURCES = ['apps', 'libs', 'events'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.spec\.ts$|\.d\.ts$|spec-support/.test(file))
    .map((file) => join(folder, file)),
);

const isOfPage = (file: string): boolean => file.startsWith(join('apps', 'web'));
/** The page is a program of its own; it shares only types with the service. */
const PROGRAMS = [
  ['the service', SOURCES.filter((file) => !isOfPage(file))],
  ['the page', SOURCES.filter(isOfPage)],
] as const;

/** The names that a file declares and exports. */
function exportedNames(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    const isExported = ts
      .getModifiers(statement as ts.HasModifiers)
      ?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [name.text] : [],
      );
    }
    const { name } = statement as { readonly name?: ts.Identifier };
    return name === undefined ? [] : [name.text];
  });
}

/** The files that export each name. */
function exporters(sources: readonly string[]): Map<string, Set<string>> {
  const byName = new Map<string, Set<string>>();
  for (const file of sources) {
    for (const name of exportedNames(file)) byName.set(name, (byName.get(name) ?? new Set()).add(file));
  }
  return byName;
}

describe('an exported name', () => {
  it.each(PROGRAMS)('has one meaning in %s: no two files declare it', (_, sources) => {
    const shared = [...exporters(sources)].filter(([, files]) => files.size > 1);
    expect(Object.fromEntries(shared.map(([name, files]) => [name, [...files]]))).toEqual({});
  });

  it('uses the terms of the glossary', () => {
    const others =
      /follower|patience|judge|stray|skipList|setAside|sharedLook|Slots\b|livingFile|rehears|told|notes?About|noteOf/i;
    expect([...exporters(SOURCES).keys()].filter((name) => others.test(name))).toEqual([]);
  });
});
