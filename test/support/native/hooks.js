/**
 * How Node loads the specs: TypeScript is compiled, the imports with `#` lead to the sources, and `@jest/globals` are the functions of this process.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compiled } from './compile.js';

const GLOBALS = new URL('./globals.js', import.meta.url).href;
const ours = (url) => url?.endsWith('.ts') && !url.includes('/node_modules/');

export function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
  if (ours(specifier) && specifier.startsWith('file:')) return source(specifier);
  if (!ours(context.parentURL)) return next(specifier, context);
  if (specifier.startsWith('.') && specifier.endsWith('.js')) {
    const url = new URL(`${specifier.slice(0, -2)}ts`, context.parentURL);
    if (existsSync(url)) return source(url.href);
  }
  // `types` is the condition under which package.json names the source.
  if (specifier.startsWith('#'))
    return next(specifier, { ...context, conditions: ['types', ...context.conditions] });
  return next(specifier, context);
}

const source = (url) => ({ url, format: 'module', shortCircuit: true });

export function load(url, context, next) {
  if (!ours(url)) return next(url, context);
  return { format: 'module', source: readFileSync(compiled(fileURLToPath(url)), 'utf8'), shortCircuit: true };
}
