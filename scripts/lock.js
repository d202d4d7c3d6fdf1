/** Checks that `npm ci` works everywhere with package-lock.json: the file has no addresses of registries, and an entry for every platform's build. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ready.js';

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const faults = Object.entries(packages).flatMap(([path, { resolved, optionalDependencies = {} }]) => [
  ...(resolved === undefined ? [] : [`${path} names an address: ${resolved}`]),
  ...Object.keys(optionalDependencies)
    .filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
    .map((name) => `${path} wants ${name}, which has no entry`),
]);
for (const fault of faults) process.stderr.write(`package-lock.json: ${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
