import type { JSX } from 'preact';
import { nameOf } from '../events.js';
import { Diamond } from '../marks.js';
import { event } from '../state.js';
import { aspectWords, valueWords } from '../values.js';
import { words } from '../words/index.js';
import { Preview } from './preview.js';
import { faults, outcome } from './send.js';

/** What is wrong, each with a way to its field. */
export function Faults(): JSX.Element | null {
  if (faults.value.length === 0) return null;
  return (
    <div class="trouble" role="alert">
      <strong>{words.value.record.faults}</strong>
      <ul>
        {faults.value.map(({ pointer, detail }) => (
          <li key={`${pointer ?? ''}${detail}`}>
            {pointer !== undefined && <code>{pointer}</code>} {detail}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What would change, or what was recorded. */
export function Result(): JSX.Element | null {
  const { value: w } = words;
  const { value: result } = outcome;
  if (!result) return null;
  const { changes, warnings = [], events: recorded } = result;
  return (
    <div class="outcome" role="status">
      {recorded?.map(({ id, sequence }) => (
        <p key={id}>
          <strong>{w.record.recorded}</strong>{' '}
          <button type="button" class="link" onClick={() => (event.value = id)}>
            @{sequence}
          </button>
        </p>
      ))}
      {changes && (
        <>
          <strong>{changes.length === 0 ? w.record.noChange : w.record.wouldChange}</strong>
          <ul>
            {changes.map(({ view, subject, aspect, before, after }) => (
              <li key={`${view} ${subject} ${aspect}`}>
                <Diamond /> {nameOf(subject)}, {aspectWords(aspect)}: {valueWords(before)} →{' '}
                <strong>{valueWords(after)}</strong>
              </li>
            ))}
          </ul>
          <Preview changes={changes} />
        </>
      )}
      {warnings.map(({ code, detail }) => (
        <p key={`${code}${detail}`} class="quiet">
          ⚠ {detail}
        </p>
      ))}
    </div>
  );
}
