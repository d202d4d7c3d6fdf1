import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { head } from './data.js';
import { asOf, asOfDay, recordedAt, view } from './state.js';
import { address } from './url.js';
import { words } from './words/index.js';

const copied = signal(false);

/** The address of the present view. A fixed address has absolute times and a bound of the log, so that it always shows the same. */
function addressToShare(isFixed: boolean): string {
  const url = new URL(address(), location.href);
  if (isFixed) {
    if (asOf.value === undefined) url.searchParams.set('asOf', asOfDay.value);
    if (recordedAt.value === undefined && head.value !== undefined)
      url.searchParams.set('recordedAt', `@${head.value}`);
  }
  return url.href.replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%40', '@');
}

/** A frame with the picture, for other people's pages; undefined where the server allows no frames, or where no picture is shown. */
function frameToShare(): string | undefined {
  const isAllowed = document.querySelector('meta[name="borderline:embed"]') !== null;
  if (!isAllowed || !/^(map|plane|charts)$/.test(view.value)) return undefined;
  const url = addressToShare(false);
  const source = `${url}${url.includes('?') ? '&' : '?'}embed`.replaceAll('&', '&amp;');
  return `<iframe src="${source}" title="Borderline" width="100%" height="520" loading="lazy"></iframe>`;
}

export function Share(): JSX.Element {
  const { value: w } = words;
  const frame = frameToShare();
  return (
    <details class="share" onToggle={() => (copied.value = false)}>
      <summary>{w.share}</summary>
      <div class="sheet">
        {[true, false].map((isFixed) => (
          <label key={String(isFixed)}>
            <strong>{isFixed ? w.shareNow : w.shareMoving}</strong>
            <span class="quiet">{isFixed ? w.shareNowMeans : w.shareMovingMeans}</span>
            <Copied text={addressToShare(isFixed)} />
          </label>
        ))}
        {frame !== undefined && (
          <label>
            <strong>{w.shareFrame}</strong>
            <span class="quiet">{w.shareFrameMeans}</span>
            <Copied text={frame} />
          </label>
        )}
        <output>{copied.value ? w.shared : ''}</output>
      </div>
    </details>
  );
}

/** A text that is copied when the reader clicks or focuses it. */
const Copied = ({ text }: { readonly text: string }): JSX.Element => (
  <input
    type="text"
    readOnly
    value={text}
    onFocus={({ currentTarget }) => {
      currentTarget.select();
      // Where a page may not copy, the text is only selected.
      const { clipboard } = navigator as { readonly clipboard?: Clipboard };
      void clipboard?.writeText(currentTarget.value).then(
        () => (copied.value = true),
        () => undefined,
      );
    }}
  />
);
