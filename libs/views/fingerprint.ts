import { createHash } from 'node:crypto';
import { accept, effectsOf, eventTypes } from '#events';
import { canonical } from '#timeline';
import { LAYOUT } from './sqlite/database.js';

const NOBODY = '00000000-0000-7000-8000-000000000000';

/**
 * What a views file depends on besides the log: the layout of its tables and what every event type makes of its example.
 * A file with another fingerprint is built anew, so a changed effect needs no version number to be remembered.
 */
export function fingerprintNow(): string {
  const effects = eventTypes.map(({ type, version, example }) => {
    const accepted = accept(example, { defaultZone: 'UTC', newId: () => NOBODY });
    if (Array.isArray(accepted))
      throw new Error(`The example of ${type} is not valid: ${canonical(accepted)}`);
    return { type, version, effects: effectsOf(accepted) };
  });
  return createHash('sha256')
    .update(canonical({ layout: LAYOUT, effects }))
    .digest('hex');
}
