/**
 * Makes a checkout ready to run: installs the packages of package-lock.json, and builds the project where a source has changed.
 * This file uses only Node's own modules, because it runs before any package is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const SOURCES = [
  'apps',
  'libs',
  'events',
  'test/bench',
  'scripts/bundle.js',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];
/** A file that a successful build writes. Its time is the start of the build, so a change during the build is built the next time. */
const STAMP = join(root, 'dist', '.built');

/** Runs a command, and returns its exit code. The output of the command goes to the output of this process. */
export function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw error;
  return signal ? 1 : (status ?? 1);
}

/** The path of a file in an installed package. Node runs the file without a shell, without `npx` and without a look-up of PATH. */
export const inPackage = (path) => join(root, 'node_modules', path);

/** Installs the packages if needed. Ends the process with one line where the installation fails. */
export function installed() {
  if (isInstalled()) return;
  say('installing (once; about a minute)…');
  const npm = process.env.npm_execpath;
  const code = npm
    ? run(process.execPath, [npm, 'ci'])
    : run('npm', ['ci'], { shell: process.platform === 'win32' });
  if (code !== 0) fail('npm ci failed, see above');
}

/** Builds if a source is newer than the last build. */
export function built() {
  const newest = newestOf(SOURCES.map((source) => join(root, source)));
  if (existsSync(STAMP) && statSync(STAMP).mtimeMs >= newest) return;
  say('building…');
  const started = new Date();
  const steps = [
    [inPackage('@nestjs/cli/bin/nest.js'), 'build'],
    [join(root, 'scripts', 'bundle.js')],
    [inPackage('vite/bin/vite.js'), 'build', '-c', 'apps/web/vite.config.ts', '--logLevel', 'warn'],
  ];
  if (!steps.every((step) => run(process.execPath, step) === 0)) fail('the build failed, see above');
  writeFileSync(STAMP, '');
  utimesSync(STAMP, started, started);
}

/** Whether every package of the lock file is installed in its version. Optional packages of other platforms may be missing. */
function isInstalled() {
  const there = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!there) return false;
  const wanted = packagesOf(join(root, 'package-lock.json')) ?? {};
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || there[path]?.version === version || (!there[path] && (optional || devOptional)),
  );
}

function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : undefined;
}

/** The newest time of change of some paths. Folders count too: the time of a folder changes when a file in it is removed. */
function newestOf(paths) {
  return paths.filter(existsSync).reduce((newest, path) => {
    const stat = statSync(path);
    const within = stat.isDirectory() ? newestOf(readdirSync(path).map((name) => join(path, name))) : 0;
    return Math.max(newest, stat.mtimeMs, within);
  }, 0);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
