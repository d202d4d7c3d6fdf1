import type { JSX } from 'preact';
import type { Crossing } from '../api.js';
import { knownNow } from '../crossings.js';
import { Diamond, Mark, statusWords, knownWords } from '../marks.js';
import { instant, nameIn, words } from '../words/index.js';
import { size } from './view-box.js';

/** A card beside a mark that explains it. The panel of the crossing says the same, so a reader without a pointer misses nothing. */
export function Card({
  item,
  x,
  y,
}: {
  readonly item: Crossing;
  readonly x: number;
  readonly y: number;
}): JSX.Element {
  const { value: w } = words;
  const [width, height] = size.value;
  const now = knownNow.value.get(item.id);
  const style = {
    ...(x < width / 2 ? { left: `${x + 18}px` } : { right: `${width - x + 18}px` }),
    ...(y < height / 2
      ? { top: `${Math.max(8, y - 20)}px` }
      : { bottom: `${Math.max(8, height - y - 20)}px` }),
  };
  const { next } = item;
  return (
    <div class="card" style={style} aria-hidden="true">
      <strong>{nameIn(item.names, item.id)}</strong>
      <p class="status-line">
        <Mark {...item} /> {statusWords(item)}
      </p>
      {item.since && (
        <p>
          {w.subject.since} {instant(item.since, item.sinceEarliest)}
        </p>
      )}
      {next && (
        <p>
          {w.subject.next}: {w.status[next.status as keyof typeof w.status]} ·{' '}
          {instant(next.at, next.earliest)}
        </p>
      )}
      {item.reason && <p class="quiet">{item.reason}</p>}
      {now && (
        <p class="knowledge">
          <Diamond /> {knownWords(now)}
        </p>
      )}
    </div>
  );
}
