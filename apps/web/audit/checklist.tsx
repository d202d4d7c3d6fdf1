import type { JSX } from 'preact';
import { words } from '../words/index.js';
import type { Check } from './checks.js';

/** The checks that were made. Each has a sign and a sentence. */
export const Checks = ({ checks }: { readonly checks: readonly Check[] }): JSX.Element => (
  <div role="status">
    <ul class="checks">
      {checks.map(({ code, holds, about = '' }) => (
        <li key={code} class={holds ? 'holds' : 'fails'}>
          <span aria-hidden="true">{holds ? '✓' : '✗'}</span>{' '}
          {(holds ? words.value.auditing.holds[code] : words.value.auditing.fails[code])?.(about) ?? code}
        </li>
      ))}
    </ul>
  </div>
);
