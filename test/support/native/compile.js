import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync, version } from '@swc/core';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/specs/', import.meta.url));

const OPTIONS = {
  swcrc: false,
  configFile: false,
  sourceMaps: true,
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
};

mkdirSync(CACHE, { recursive: true });

/**
 * The path of the JavaScript of a TypeScript file, with its source map in the same folder as `.map`. The file is compiled where no earlier run
 * compiled it.
 */
export function compiled(file) {
  const source = readFileSync(file, 'utf8');
  const name = basename(file);
  const facts = [version, JSON.stringify(OPTIONS), name, source];
  const place = join(CACHE, `${createHash('sha256').update(facts.join('\0')).digest('hex')}.js`);
  if (existsSync(place)) return place;
  const { code, map } = transformSync(source, { ...OPTIONS, filename: name });
  kept(`${place}.map`, map);
  kept(place, code);
  return place;
}

/** Writes the file whole or not at all, because several workers compile the same file. */
function kept(place, text) {
  writeFileSync(`${place}.${process.pid}`, text);
  renameSync(`${place}.${process.pid}`, place);
}
