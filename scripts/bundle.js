/**
 * Joins the compiled program with the packages that it uses into a few files in `dist/program`: a server loads a dozen files instead of 1,500, and
 * starts in half the time. This is a part of `npm run build`, after `nest build`. The output of `nest build` stays, because the fingerprint of the
 * views, the specs and the benchmarks read it.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { inPackage, root } from './ready.js';

const compiled = join(root, 'dist');
const folder = join(compiled, 'program');

/** The module that hashes the compiled code of the views. The bundle has the hash itself: each thread of a server would compute it at each start. */
const FINGERPRINT = join(compiled, 'libs', 'views', 'fingerprint.js');
const { fingerprintNow } = await import(pathToFileURL(FINGERPRINT).href);

/** The files that a process starts with: the command, the thread of a consumer, and the two parts of the command that `test/cli/host.mjs` runs. */
const ENTRIES = {
  main: 'apps/main.js',
  'consumer-worker': 'apps/server/consumers/consumer-worker.js',
  'run-command': 'apps/cli/program.js',
  serve: 'apps/server/serve.js',
};

/**
 * Packages that stay outside: packages with a binary, optional packages, and packages that Fastify loads only for schemas of its own and for injected
 * requests. `@opentelemetry/api` must be the same package that an SDK uses, where we use it; prom-client, which asks it for the active span only, gets a
 * copy, because each start loads prom-client.
 */
const OUTSIDE = [
  'better-sqlite3',
  '@kurrent/kurrentdb-client',
  '@opentelemetry/api',
  'class-validator',
  'class-transformer',
  'class-transformer/storage.js',
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  'light-my-request',
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  '@nestjs/microservices',
  '@nestjs/microservices/microservices-module.js',
  '@nestjs/platform-express',
  '@nestjs/websockets/socket-module.js',
];

/** Packages that our code imports as ES modules, so that unused parts are left out: most of class-validator is telephone numbers of all countries. */
const IN_PARTS = ['class-validator', 'class-transformer'];
/** RxJS as ES modules, for Nest too: it gives Node another form, of which no part can be left out. */
const RXJS = {
  rxjs: 'rxjs/dist/esm/index.js',
  'rxjs/operators': 'rxjs/dist/esm/operators/index.js',
  'rxjs/internal/Observable': 'rxjs/dist/esm/internal/Observable.js',
};

const isCopied = (name, importer) => name === '@opentelemetry/api' && importer.includes('/prom-client/');

const inParts = (name, importer) => IN_PARTS.includes(name) && importer?.startsWith(compiled) === true;

/** A path with the slashes of an import or a URL. */
const slashed = (path) => path.replaceAll('\\', '/');

/** Keeps `import.meta` of a module: the module finds the files beside its compiled file. The address of an entry becomes its file in the bundle. */
function addressesKept(code, id) {
  const at = slashed(relative(folder, id));
  const beside = slashed(relative(folder, dirname(id)));
  const entryAt = (path) =>
    Object.keys(ENTRIES).find((name) => join(compiled, ENTRIES[name]) === join(dirname(id), path));
  return code.replace(/(?:new URL\('([^']+)', )?import\.meta\.(url|dirname)/g, (_, path, member) => {
    if (member === 'dirname') return `(import.meta.dirname + '/${beside}')`;
    if (path === undefined) return `new URL('${at}', import.meta.url).href`;
    const entry = entryAt(path);
    return `new URL('${entry === undefined ? `${beside}/${path}` : `./${entry}.js`}', import.meta.url`;
  });
}

/**
 * Gives our own modules the source maps that the compiler wrote, so that a stack trace names the source. Packages get no maps, because Node
 * reads all maps when it loads a file.
 */
const ours = {
  name: 'ours',
  resolveId: (name, importer) => {
    const file = inParts(name, importer) ? `${name}/esm2015/index.js` : RXJS[name];
    return file === undefined ? null : inPackage(file);
  },
  load(id) {
    if (!id.endsWith('js') || !existsSync(id)) return null;
    if (id === FINGERPRINT) return `export const fingerprintNow = () => '${fingerprintNow()}';`;
    const code = readFileSync(id, 'utf8');
    if (!id.startsWith(compiled)) return { code, map: { mappings: '' } };
    return { code: addressesKept(code, id), map: JSON.parse(readFileSync(`${id}.map`, 'utf8')) };
  },
};

rmSync(folder, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(compiled, file)])),
  external: (name, importer) =>
    OUTSIDE.includes(name) && !inParts(name, importer) && !isCopied(name, slashed(importer ?? '')),
  platform: 'node',
  plugins: [ours],
});
await bundle.write({
  dir: folder,
  // V8 needs two bytes for each character of a file that has a character outside ASCII.
  charset: 'ascii',
  keepNames: true,
  comments: false,
  minify: { compress: false, mangle: false, codegen: true },
  sourcemap: true,
  sourcemapExcludeSources: true,
});
