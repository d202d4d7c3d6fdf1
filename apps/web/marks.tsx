import type { JSX } from 'preact';
import type { CrossingState } from './api.js';
import type { KnownNow } from './crossings.js';
import type { Marked } from './marked.js';
import { words } from './words/index.js';

const SHAPES: Record<CrossingState, JSX.Element> = {
  open: <circle r="6.5" />,
  restricted: <path d="M0-7.6 8 6.2H-8z" stroke-linejoin="round" />,
  closed: <rect x="-6.5" y="-6.5" width="13" height="13" rx="2" />,
  unknown: <circle r="6" class="ring" />,
};
const SIGNS: Record<CrossingState, JSX.Element | null> = {
  open: null,
  restricted: <path class="sign" d="M0-2.4V2M0 4v.4" />,
  closed: <path class="sign" d="M-3-3 3 3M3-3-3 3" />,
  unknown: <path class="query" d="M-1.9-1.7a2 2 0 1 1 2.9 1.7q-1 .5-1 1.6M0 3.2v.3" />,
};

/** The shape of a status, centred on 0,0 and 16 units wide. Its colour, its shape and its sign say the same. */
export function Shape({ status, certain, possible = [], claimed }: Marked): JSX.Element {
  if (!certain && possible.length > 1) {
    const [first, second] = possible as [CrossingState, CrossingState];
    return (
      <g class="mark">
        <g class={`half ${first}`}>
          <path d="M0-7.5A7.5 7.5 0 0 0 0 7.5z" />
        </g>
        <g class={`half ${second}`}>
          <path d="M0-7.5A7.5 7.5 0 0 1 0 7.5z" />
        </g>
        <path class="hatch" d="M-6.5 2 2-6.5M-5 5.5 5.5-5M-2 6.5 6.5-2" />
        <path class="seam" d="M0-7.5v15" />
      </g>
    );
  }
  return (
    <g class={`mark ${status}${claimed ? ' claimed' : ''}`}>
      {SHAPES[status]}
      {SIGNS[status]}
    </g>
  );
}

/** A mark in running text. The words beside the mark say the same. */
export const Mark = (marked: Marked): JSX.Element => (
  <svg class="inline-mark" viewBox="-9 -9 18 18" aria-hidden="true">
    <Shape {...marked} />
  </svg>
);

/** The diamond at the upper right of a mark. */
export const DIFFERS = 'M8.500-13 13.500-8 8.500-3 3.500-8z';

export const Diamond = (): JSX.Element => (
  <svg class="inline-mark" viewBox="-9 -9 18 18" aria-hidden="true">
    <path class="differs" d="M0-7 7 0 0 7-7 0z" />
  </svg>
);

/** The status in words: `closed`, `uncertain: open or closed`, `open (only claimed)`. */
export function statusWords({ status, certain, possible, claimed }: Marked): string {
  const { value: w } = words;
  if (!certain) return w.either((possible ?? []).map((one) => w.status[one]));
  return claimed ? `${w.status[status]} (${w.claimedOnly})` : w.status[status];
}

/** The state as known now, in words, for a place beside the state as known at the cut. */
export const knownWords = (now: KnownNow): string =>
  now.isSameStatus ? words.value.detailsDiffer : `${words.value.subject.knownNow}: ${statusWords(now)}`;
