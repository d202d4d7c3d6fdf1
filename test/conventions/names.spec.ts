import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const SOURCES = ['apps', 'libs', 'events'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|\.d\.ts$|spec-support/.test(file))
    .map((file) => join(folder, file)),
);

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

/** Files by exported name. */
function exporters(): Map<string, Set<string>> {
  const byName = new Map<string, Set<string>>();
  for (const file of SOURCES) {
    for (const name of exportedNames(file)) byName.set(name, (byName.get(name) ?? new Set()).add(file));
  }
  return byName;
}

describe('an exported name', () => {
  it('has one meaning: no two files declare it', () => {
    const shared = [...exporters()].filter(([, files]) => files.size > 1);
    expect(Object.fromEntries(shared.map(([name, files]) => [name, [...files]]))).toEqual({});
  });

  it('uses the terms of the glossary', () => {
    const others = /follower|patience|judge|stray|skipList|setAside|sharedLook|Slots\b|livingFile/i;
    expect([...exporters().keys()].filter((name) => others.test(name))).toEqual([]);
  });
});
