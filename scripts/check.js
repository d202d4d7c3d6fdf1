/**
 * `npm run check` checks the format, lint, the types (of the page separately), the dependency rules, unused code, the schemas of the
 * answers and the description of the API. All checks run; the exit code says whether all passed.
 */
import { inPackage, installed, run } from './ready.js';

installed();

const steps = {
  format: [inPackage('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  lint: ['scripts/lint.js'],
  types: [inPackage('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'],
  page: [inPackage('typescript/bin/tsc'), '-p', 'apps/web/tsconfig.json'],
  dependencies: ['scripts/dependencies.js'],
  unused: [inPackage('knip/bin/knip.js'), '--no-progress', '--treat-config-hints-as-errors'],
  schemas: ['scripts/schemas.js', '--check'],
  api: ['scripts/api.js'],
  lock: ['scripts/lock.js'],
};

const only = process.argv.slice(2);
const unknown = only.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  process.stderr.write(`no such check: ${unknown.join(', ')} (there are ${Object.keys(steps).join(', ')})\n`);
  process.exit(1);
}
const failed = Object.entries(steps)
  .filter(([name]) => only.length === 0 || only.includes(name))
  .filter(([name, args]) => {
    const started = Date.now();
    const code = run(process.execPath, args);
    process.stdout.write(
      `check ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
    );
    return code !== 0;
  })
  .map(([name]) => name);

if (failed.length > 0) {
  process.stderr.write(`check failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
