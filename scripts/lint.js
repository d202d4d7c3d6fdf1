/**
 * Lints the tree. Then checks the rules by scripts/canary/: each line of these files uses a forbidden name, so a line without a report is a gap in
 * the rules.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { inPackage, root, run } from './ready.js';

/** For each file of forbidden names, a file of the tree where these names are forbidden. */
const CANARIES = { 'runtime.ts': 'apps/server/serve.ts', 'machine.ts': 'events/accept.ts' };
const RULES = /^no-restricted-(?:globals|properties|syntax|imports)$/;

const eslint = new ESLint({ cwd: root });

async function silentLines(canary, room) {
  const text = readFileSync(join(root, 'scripts', 'canary', canary), 'utf8');
  const { rules } = await eslint.calculateConfigForFile(join(root, room));
  const restricted = Object.fromEntries(Object.entries(rules).filter(([name]) => RULES.test(name)));
  const config = { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, rules: restricted };
  const reported = new Set(new Linter().verify(text, [config], canary).map(({ line }) => line));
  return text
    .split('\n')
    .flatMap((code, at) =>
      /^\s*(?:\/\/|$)/.test(code) || reported.has(at + 1) ? [] : [`${canary}:${at + 1}`],
    );
}

const tree = run(process.execPath, [inPackage('eslint/bin/eslint.js'), '--max-warnings', '0', '.']);
const silent = await Promise.all(Object.entries(CANARIES).map(([canary, room]) => silentLines(canary, room)));
for (const place of silent.flat())
  process.stderr.write(`scripts/canary/${place}: no rule of lint reports it\n`);

process.exitCode = silent.flat().length === 0 ? tree : 1;
