import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const FILES = [
  ...['apps', 'libs', 'events', 'scripts', 'test', 'docs', 'deploy'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  ),
  ...readdirSync('.'),
]
  .filter((file) => /\.(?:tsx?|m?js|md|ya?ml|cfg|css|html)$|Dockerfile$/.test(file))
  // The built client may come from earlier sources.
  .filter((file) => !file.startsWith(join('libs', 'client', 'dist')))
  .filter((file) => !file.endsWith('prose.spec.ts'));

/** The text with each comment and each paragraph in one line. */
const unwrapped = (text: string): string => text.replace(/\n[ \t]*(?:\*(?!\/)|\/\/|#)?[ \t]*(?=\S)/g, ' ');

/** Forms that are hard to understand for a reader with another first language, each with a plain form. */
const STUMBLING: readonly (readonly [RegExp, string])[] = [
  [/\bwho(?:so)?ever\b|\bwhomever\b/i, 'any client, or the noun'],
  [/\bof late\b/i, 'recently'],
  [/\b(?:is|are|be|was|were) held to\b/i, 'is compared with'],
  [/\bput right\b/i, 'corrected'],
  [/\btold of\b/i, 'gets'],
  [/\bstands? on\b/i, 'rests on'],
  [/\btaken in\b/i, 'added'],
  [/\bpassed over\b/i, 'skipped'],
  [/\banew\b/i, 'again'],
  [/\bperhaps\b/i, 'may'],
  [/\b(?:lest|as it were|thereof|thereby|whence)\b/i, 'a sentence of its own'],
  [/\b(?:is|are) looked for\b/i, 'is found'],
  [/\bthat (?:is|are) none\b|\bwhat is no(?:ne)?\b/i, 'invalid'],
  [/\b(?:begins|ends|same|way|to|for) (?:for|to) who\b/i, 'for a client that'],
  [/\bbut for\b/i, 'except'],
  [/\bhas not (?:a|the|its)\b/i, 'does not have'],
  [/\bthose who\b/i, 'the noun: readers, clients'],
  [/\b(?:of|in|by|from|not|for|to) those (?:that|which|whose)\b/i, 'the noun again'],
  [/\bneed be\b/i, 'where needed'],
  [/\bever later\b/i, 'after longer and longer waits'],
  [/\bat once\b/i, 'immediately, at the same time, or together'],
  [/\b(?:go|goes|going|went) on\b/i, 'continues'],
  [/\ball the same\b/i, 'still'],
  [/\bfor good\b/i, 'for ever'],
  [/\bno matter\b/i, 'for any'],
  [/\btells? (?:\w+ )?apart\b/i, 'distinguishes'],
  [/\b(?:that|those) of\b/i, 'the noun again'],
  [/\b(?:set|sets) aside\b/i, 'parks'],
  [/\bwork(?:s|ed)? out\b/i, 'computes'],
  [
    /\b(?:at most|after|for|by|in|than) so (?:many|much|long)\b/i,
    'this number of, or the name of the parameter',
  ],
  [
    /\b(?:what|whatever)\b[^.;:,()]*\b(?:what|whatever|those)\b[^.;:,()]*\b(?:what|those)\b/i,
    'two sentences',
  ],
];

const TEXTS = FILES.map((file) => [file, unwrapped(readFileSync(file, 'utf8'))] as const);

describe('prose', () => {
  it.each(STUMBLING)('has no %s: write “%s”', (form) => {
    const found = TEXTS.flatMap(([file, text]) =>
      [...text.matchAll(new RegExp(form.source, 'gi'))].map(
        ({ index }) => `${file}: ${text.slice(Math.max(0, index - 40), index + 60)}`,
      ),
    );
    expect(found).toEqual([]);
  });
});
