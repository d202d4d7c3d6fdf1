import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import { crossings, knownNow } from './crossings.js';
import { Diamond, Mark } from './marks.js';
import { isApart, recordedAt, status, STATUSES } from './state.js';
import { asOfWords, knowledge, words } from './words/index.js';

const counts = computed(() => {
  const items = crossings.value;
  return STATUSES.map((one) => ({
    status: one,
    count: items.filter((item) => item.status === one && item.certain).length,
  })).filter(({ count }) => count > 0);
});
const uncertain = computed(() => crossings.value.filter(({ certain }) => !certain).length);

/** The content of the map in a sentence: the heading of the page, and the text for readers who do not see the map. */
export function Sentence(): JSX.Element {
  const { value: w } = words;
  return (
    <h1 class="sentence">
      <span class="when">{asOfWords()},</span> <span class="known">{knowledge()}:</span>{' '}
      <span class="counts">
        {counts.value.map(({ status: one, count }) => (
          <button
            key={one}
            type="button"
            class={`count ${one}`}
            aria-pressed={status.value === one}
            onClick={() => (status.value = status.value === one ? undefined : one)}
          >
            <Mark status={one} certain /> {w.counted(count, w.status[one])}
          </button>
        ))}
        {uncertain.value > 0 && (
          <span class="count unsure">
            <Mark status="unknown" certain={false} possible={['open', 'closed']} />{' '}
            {w.uncertainCount(uncertain.value)}
          </span>
        )}
        {recordedAt.value !== undefined && (
          <button type="button" class="count" onClick={() => (recordedAt.value = undefined)}>
            {w.compare.recordedTo(recordedAt.value)} ✕
          </button>
        )}
        {isApart.value && knownNow.value.size > 0 && (
          <span class="count knowledge">
            <Diamond /> {w.differing(knownNow.value.size)}
          </span>
        )}
      </span>
    </h1>
  );
}
