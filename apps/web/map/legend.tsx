import type { JSX } from 'preact';
import { Diamond, Mark } from '../marks.js';
import { isApart, STATUSES } from '../state.js';
import { words } from '../words/index.js';

export function Legend(): JSX.Element {
  const { value: w } = words;
  return (
    <details class="legend" open={innerWidth > 860}>
      <summary>{w.map.legend}</summary>
      <ul>
        {STATUSES.map((status) => (
          <li key={status}>
            <Mark status={status} certain /> {w.status[status]}
          </li>
        ))}
        <li>
          <Mark status="unknown" certain={false} possible={['open', 'closed']} /> {w.uncertain}
        </li>
        {isApart.value && (
          <li>
            <Diamond /> {w.differs}
          </li>
        )}
      </ul>
      <p class="quiet">
        {w.map.approximate} {w.map.natural}
      </p>
    </details>
  );
}
