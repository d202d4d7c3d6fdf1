/**
 * Checks the tree by the rules of .dependency-cruiser.js. Then checks the rules by scripts/canary/, a small tree that breaks every rule: a rule that
 * does not report its canary does not work.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import config from '../.dependency-cruiser.js';
import { inPackage, root } from './ready.js';

function violations(directory) {
  const folders = ['apps', 'libs', 'events', 'test'].filter((folder) => existsSync(join(directory, folder)));
  const args = ['--config', join(root, '.dependency-cruiser.js'), '--output-type', 'json', ...folders];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [inPackage('dependency-cruiser/bin/dependency-cruise.mjs'), ...args],
    { cwd: directory, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not answer: ${stderr || stdout}`);
  return JSON.parse(stdout).summary.violations;
}

const found = violations(root);
for (const { rule, from, to, cycle } of found) {
  const path = cycle
    ? [from, ...cycle.map(({ name }) => name)].join(' → ')
    : from === to
      ? from
      : `${from} → ${to}`;
  process.stderr.write(`${rule.name}: ${path}\n`);
}

const reported = new Set(violations(join(root, 'scripts', 'canary')).map(({ rule }) => rule.name));
const silent = config.forbidden.map(({ name }) => name).filter((name) => !reported.has(name));
for (const name of silent) process.stderr.write(`the rule ${name} no longer reports its canary\n`);

process.exitCode = found.length + silent.length === 0 ? 0 : 1;
