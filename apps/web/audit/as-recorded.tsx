import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { head } from '../data.js';
import { recordedAt } from '../state.js';
import { words } from '../words/index.js';

/** The choice of the third time: the log as it was when it had fewer events. */
export function AsRecorded(): JSX.Element {
  const { value: w } = words;
  const typed = useSignal<string | undefined>(undefined);
  const most = head.value ?? 0;
  // Until the end of the log is known, no sequence can be chosen: the end would replace it.
  const disabled = head.value === undefined;
  const at = /^@\d+$/.test(recordedAt.value ?? '') ? Number(recordedAt.value!.slice(1)) : most;
  const go = (text: string): void => {
    const sequence = Number(text);
    if (!Number.isInteger(sequence) || sequence < 0 || sequence > most || text === '') return;
    recordedAt.value = sequence === most ? undefined : `@${sequence}`;
  };
  return (
    <>
      <h3>{w.auditing.asRecorded}</h3>
      <p class="quiet">{w.auditing.asRecordedMeans}</p>
      <div class="as-recorded">
        <input
          type="range"
          min={0}
          max={most}
          value={at}
          disabled={disabled}
          aria-label={w.auditing.asRecorded}
          aria-valuetext={`@${at}`}
          onChange={({ currentTarget }) => go(currentTarget.value)}
        />
        <label>
          <span aria-hidden="true">@</span>
          <input
            id="recorded-at"
            type="number"
            min={0}
            max={most}
            value={typed.value ?? at}
            disabled={disabled}
            aria-label={w.auditing.asRecorded}
            // What is typed stays when the page is drawn again, because an event arrived for example.
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
            onChange={({ currentTarget }) => {
              typed.value = undefined;
              go(currentTarget.value);
            }}
            onBlur={() => (typed.value = undefined)}
          />
        </label>
        <button
          type="button"
          disabled={recordedAt.value === undefined}
          onClick={() => (recordedAt.value = undefined)}
        >
          {w.auditing.wholeLog}
        </button>
      </div>
    </>
  );
}
