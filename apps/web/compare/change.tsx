import type { JSX } from 'preact';
import type { Changed } from '../api.js';
import { events } from '../events.js';
import { headlineOf } from '../reports.js';
import { event } from '../state.js';
import { aspectWords, sideWords } from '../values.js';
import { words } from '../words/index.js';
import { kindOf } from './changes.js';

const SIGNS = { added: '+', changed: '≠', gone: '−' } as const;
const MOST_REASONS = 3;

/** One difference: a sign with its word, the value on each side, and the reports that caused the difference. */
export function Change({ change }: { readonly change: Changed }): JSX.Element {
  const { value: w } = words;
  const kind = kindOf(change);
  const { before, after, because } = change;
  return (
    <tr class={`change ${kind}`}>
      <th scope="row">
        <span class="kind-sign" aria-hidden="true">
          {SIGNS[kind]}
        </span>{' '}
        {aspectWords(change.aspect)} <small>{w.compare.kinds[kind]}</small>
      </th>
      <td data-label={w.compare.before} dir="auto">
        {sideWords(change, before)}
      </td>
      <td data-label={w.compare.after} dir="auto">
        {sideWords(change, after)}
      </td>
      <td data-label={w.subject.why}>
        <Reasons ids={because.slice(0, MOST_REASONS)} />
        {because.length > MOST_REASONS && (
          <details>
            <summary>{w.compare.moreReasons(because.length - MOST_REASONS)}</summary>
            <Reasons ids={because.slice(MOST_REASONS)} />
          </details>
        )}
      </td>
    </tr>
  );
}

const Reasons = ({ ids }: { readonly ids: readonly string[] }): JSX.Element => (
  <ul class="reasons">
    {ids.map((id) => (
      <li key={id}>
        <button type="button" class="link" dir="auto" onClick={() => (event.value = id)}>
          {events.value.has(id) ? headlineOf(events.value.get(id)!) : id}
        </button>
      </li>
    ))}
  </ul>
);
