import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { head } from './data.js';
import { asOf, asOfDay, recordedAt } from './state.js';
import { address } from './url.js';
import { words } from './words/index.js';

const copied = signal(false);

/** The address of what is shown. Fixed: with absolute times and the log as far as it is shown, so that it never shows anything else. */
function addressToShare(isFixed: boolean): string {
  const url = new URL(address(), location.href);
  if (isFixed) {
    if (asOf.value === undefined) url.searchParams.set('asOf', asOfDay.value);
    if (recordedAt.value === undefined && head.value !== undefined)
      url.searchParams.set('recordedAt', `@${head.value}`);
  }
  return url.href.replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%40', '@');
}

export function Share(): JSX.Element {
  const { value: w } = words;
  return (
    <details class="share" onToggle={() => (copied.value = false)}>
      <summary>{w.share}</summary>
      <div class="sheet">
        {[true, false].map((isFixed) => (
          <label key={String(isFixed)}>
            <strong>{isFixed ? w.shareNow : w.shareMoving}</strong>
            <span class="quiet">{isFixed ? w.shareNowMeans : w.shareMovingMeans}</span>
            <input
              type="text"
              readOnly
              value={addressToShare(isFixed)}
              onFocus={({ currentTarget }) => {
                currentTarget.select();
                // Where a page may not copy, the text is at least selected.
                const { clipboard } = navigator as { readonly clipboard?: Clipboard };
                void clipboard?.writeText(currentTarget.value).then(
                  () => (copied.value = true),
                  () => undefined,
                );
              }}
            />
          </label>
        ))}
        <output>{copied.value ? w.shared : ''}</output>
      </div>
    </details>
  );
}
