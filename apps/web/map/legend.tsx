import type { JSX } from 'preact';
import { Diamond, Mark } from '../marks.js';
import { isApart, STATUSES } from '../state.js';
import { words } from '../words/index.js';

/** The legend below the map: the meaning of the marks. On a phone the legend scrolls sideways. */
export function Legend(): JSX.Element {
  const { value: w } = words;
  return (
    <div class="legend" tabIndex={0} role="group" aria-label={w.map.legend}>
      <ul>
        {STATUSES.map((status) => (
          <li key={status}>
            <Mark status={status} certain /> {w.status[status]}
          </li>
        ))}
        <li>
          <Mark status="unknown" certain={false} possible={['open', 'closed']} /> {w.uncertain}
        </li>
        <li>
          <svg class="inline-mark" viewBox="-9 -9 18 18" aria-hidden="true">
            <path class="route-key" d="M-8 4L8-4" />
          </svg>{' '}
          {w.map.route}
        </li>
        <li>
          <svg class="inline-mark airport" viewBox="-9 -9 18 18" aria-hidden="true">
            <path d="M0-7.5 1.5-2 7.5 1.5v1.6L1.4 2 1 5.4 3 7v1L0 7.2-3 8V7L-1 5.4-1.4 2-7.5 3.1V1.5L-1.5-2z" />
          </svg>{' '}
          {w.map.airport}
        </li>
        {isApart.value && (
          <li>
            <Diamond /> {w.differs}
          </li>
        )}
        <li class="quiet">
          {w.map.approximate} {w.map.natural}
        </li>
      </ul>
    </div>
  );
}
