import type { JSX } from 'preact';
import { nameOf } from '../events.js';
import { event } from '../state.js';
import { words } from '../words/index.js';
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

const statusIn = (value: unknown): string => {
  const { value: w } = words;
  const { status, possible } = (value ?? {}) as {
    readonly status?: string;
    readonly possible?: readonly string[];
  };
  if (status === undefined) return value === undefined || value === null ? '–' : JSON.stringify(value);
  const name = (one: string): string => w.status[one as keyof typeof w.status] ?? one;
  return possible ? w.either(possible.map(name)) : name(status);
};

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
            {changes.map(({ view, subject, before, after }, index) => (
              <li key={`${view} ${subject} ${index}`}>
                {nameOf(subject)}: {statusIn(before)} → <strong>{statusIn(after)}</strong>
              </li>
            ))}
          </ul>
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
