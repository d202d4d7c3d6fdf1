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

const parsed = new Map<string, ts.NodeArray<ts.Statement>>();

function statementsOf(file: string): ts.NodeArray<ts.Statement> {
  const statements =
    parsed.get(file) ??
    ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest).statements;
  parsed.set(file, statements);
  return statements;
}

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

/** The names that a file declares; exported names, or names for itself alone. */
function namesIn(file: string, exported: boolean): string[] {
  return statementsOf(file).flatMap((statement) => {
    if (isExported(statement) !== exported) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [name.text] : [],
      );
    }
    const { name } = statement as { readonly name?: ts.Identifier };
    return name === undefined ? [] : [name.text];
  });
}

const isType = (
  statement: ts.Statement,
): statement is ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration =>
  ts.isInterfaceDeclaration(statement) ||
  ts.isTypeAliasDeclaration(statement) ||
  ts.isClassDeclaration(statement);

/** The names of the types that a file declares; exported types, or types for itself alone. */
const typesIn = (file: string, exported: boolean): string[] =>
  statementsOf(file)
    .filter(isType)
    .flatMap((type) => (isExported(type) === exported && type.name ? [type.name.text] : []));

/** The client is published alone: no reader of the service sees the types of its files. */
const isOfClient = (file: string): boolean => file.startsWith(join('libs', 'client'));

/** A name with its room: a folder of `apps` or of `libs`, or `events`. */
const inRoom = (file: string, name: string): string =>
  `${/^(?:apps|libs)\/[^/]+|^events/.exec(file)![0]} ${name}`;

/** The files that export each name. */
function exporters(sources: readonly string[]): Map<string, Set<string>> {
  const byName = new Map<string, Set<string>>();
  for (const file of sources) {
    for (const name of namesIn(file, true)) byName.set(name, (byName.get(name) ?? new Set()).add(file));
  }
  return byName;
}

describe('an exported name', () => {
  it.each(PROGRAMS)('has one meaning in %s: no two files declare it', (_, sources) => {
    const shared = [...exporters(sources)].filter(([, files]) => files.size > 1);
    expect(Object.fromEntries(shared.map(([name, files]) => [name, [...files]]))).toEqual({});
  });

  it.each(PROGRAMS)(
    'has one meaning in %s: no file has another type of this name for itself',
    (_, sources) => {
      const files = sources.filter((file) => !isOfClient(file));
      const types = new Set(files.flatMap((file) => typesIn(file, true)));
      const others = files.flatMap((file) =>
        typesIn(file, false).flatMap((name) => (types.has(name) ? [`${file}: ${name}`] : [])),
      );
      expect(others).toEqual([]);
    },
  );

  it('has one meaning in its room: no other file of the room declares it for itself', () => {
    const files = SOURCES.filter((file) => !isOfPage(file) && !isOfClient(file));
    const exported = new Set(files.flatMap((file) => namesIn(file, true).map((name) => inRoom(file, name))));
    const others = files.flatMap((file) =>
      namesIn(file, false).flatMap((name) => (exported.has(inRoom(file, name)) ? [`${file}: ${name}`] : [])),
    );
    expect(others).toEqual([]);
  });

  it('uses the terms of the glossary', () => {
    const others =
      /follower|patience|judge|stray|skipList|setAside|sharedLook|Slots\b|livingFile|rehears|told|notes?About|noteOf/i;
    expect([...exporters(SOURCES).keys()].filter((name) => others.test(name))).toEqual([]);
  });
});
