import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { accept, effectsOf, eventTypes } from '#events';
import { catalogueMarkdown } from './catalogue.js';

const options = { defaultZone: 'Europe/Vilnius', newId: () => '01890a5d-ac96-774b-bcce-b302099a80ee' };

describe('every example', () => {
  it.each(eventTypes.map((t) => [t.type, t] as const))(
    'of %s is accepted and survives JSON',
    (type, { example, version }) => {
      const accepted = accept(example, options);
      expect(accepted).toMatchObject({ type, schemaVersion: version });
      if (Array.isArray(accepted)) return;
      expect(JSON.parse(JSON.stringify(accepted))).toEqual(accepted);
      const effects = effectsOf(accepted);
      expect(effects.length > 0).toBe(!type.startsWith('record.'));
      for (const effect of effects) expect(effect.subject).toBe(accepted.stream);
    },
  );
});

describe('the catalogue page', () => {
  it('is current (UPDATE_CATALOGUE=1 writes it)', () => {
    const file = join(import.meta.dirname, 'README.md');
    const page = catalogueMarkdown();
    if (process.env['UPDATE_CATALOGUE'] === '1') writeFileSync(file, page);
    expect(readFileSync(file, 'utf8')).toBe(page);
  });
});
