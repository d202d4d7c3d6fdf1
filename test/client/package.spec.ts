import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { application, newEvent, type Application } from '../server/application.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';

const run = promisify(execFile);

/** A program of a user of the package; each wrong use must be an error. */
const USES = `
import { Client, ProblemError, type StreamMessage, type LoggedEvent } from 'borderline-client';
import { observed } from 'borderline-client/rxjs';
import { firstValueFrom } from 'rxjs';

const client = new Client({ url: process.argv[2] ?? '', retries: 0 });

const { items, basis } = await client.get('/v1/crossings', { query: { asOf: '2025-11-05' } });
const statuses: ('open' | 'restricted' | 'closed' | 'unknown')[] = items.map(({ status }) => status);
const ofStream = (message: StreamMessage<LoggedEvent>): string => message.kind;
const told: string[] = [basis.zone, String(statuses.length)];
for await (const message of client.events({ after: 'start' })) {
  told.push(message.kind === 'item' ? message.value.type : ofStream(message));
  if (message.kind === 'caught-up') break;
}
for await (const message of client.changes({ after: 'start', view: ['crossings'], aspect: 'status' })) {
  told.push(message.kind === 'item' ? message.value.view : message.kind);
  if (message.kind === 'caught-up') break;
}
const first = await firstValueFrom(observed(client.events({ after: 'start' })));
told.push(first.kind);
// @ts-expect-error it needs an id
await client.get('/v1/crossings/{id}').catch(() => undefined);
// @ts-expect-error there is no such parameter
await client.get('/v1/crossings', { query: { asof: '2025-11-05' } }).catch((error: unknown) => {
  if (error instanceof ProblemError) told.push(error.code);
});
// @ts-expect-error there is no such address
await client.get('/v1/nowhere').catch(() => undefined);
console.log(JSON.stringify(told));
`;

/** Packing and compiling take several seconds of processor time. */
const LIMIT_MS = 240_000;

describe('the package of the client', () => {
  let folder: string;
  let app: Application;
  let packed: { readonly files: readonly { readonly path: string }[]; readonly filename: string };

  beforeAll(async () => {
    folder = temporaryFolder();
    app = await application();
    await app.log.append([newEvent('crossing-a')]);
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: 'libs/client',
    });
    [packed] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [typeof packed];
    await run('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
    const modules = join(folder, 'node_modules');
    mkdirSync(modules);
    cpSync(join(folder, 'package'), join(modules, 'borderline-client'), { recursive: true });
    for (const name of ['eventsource-parser', 'rxjs', 'tslib', '@types', 'undici-types']) {
      symlinkSync(resolve('node_modules', name), join(modules, name));
    }
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'uses.ts'), USES);
  }, LIMIT_MS);
  afterAll(async () => {
    await app.stop();
    removeFolder(folder);
  });

  it('has the code, its types and a README, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.d.ts']),
    );
    const code = paths.filter((path) => !/^(LICENSE|README\.md|package\.json)$/.test(path));
    expect(code.filter((path) => !/^dist\/[\w-]+\.(js|d\.ts)$/.test(path))).toEqual([]);
    expect(code.filter((path) => path.includes('spec'))).toEqual([]);
  });

  it('depends only on its declared packages, and on no part of Node or of the server', () => {
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(folder, 'package/package.json'), 'utf8'),
    ) as { dependencies: object; peerDependencies: object };
    const declared = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    const imported = packed.files
      .filter(({ path }) => /\.(js|d\.ts)$/.test(path))
      .flatMap(({ path }) => [
        ...readFileSync(join(folder, 'package', path), 'utf8').matchAll(/from '([^']+)'/g),
      ])
      .map(([, name = '']) => name)
      .filter((name) => !name.startsWith('./'));
    expect([...new Set(imported)].sort()).toEqual(declared.sort());
  });

  it(
    'can be used with its types, and runs against a server',
    async () => {
      const program = ts.createProgram([join(folder, 'uses.ts')], {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        outDir: folder,
        types: ['node'],
        typeRoots: [join(folder, 'node_modules/@types')],
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.NodeNext,
        // The types of the language come from TypeScript itself and need no check.
        skipDefaultLibCheck: true,
      });
      const faults = ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
        const line = file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
        return `${file?.fileName}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      });
      expect(faults).toEqual([]);
      program.emit();
      const { stdout } = await run(process.execPath, [join(folder, 'uses.js'), app.url], {
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      expect(JSON.parse(stdout)).toEqual([
        'Europe/Vilnius',
        '0',
        'crossing.closed',
        'caught-up',
        'caught-up',
        'item',
        'unknown-parameter',
      ]);
    },
    LIMIT_MS,
  );
});
