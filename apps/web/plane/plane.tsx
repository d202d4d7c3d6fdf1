import { computed, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { crossings } from '../crossings.js';
import { dayAt } from '../days.js';
import { statusWords } from '../marks.js';
import { planes, type Cell } from '../planes.js';
import { goTo, knowAt, selected, zone } from '../state.js';
import { nameIn, shortDay, words } from '../words/index.js';
import { PlanePicture } from './picture.js';
import { evenScale, trueScale } from './scale.js';

const isTrueTime = signal(false);

/** The crossing that is selected, or else the one of which most was said. */
const subject = computed(() => {
  const { value: chosen } = selected;
  if (chosen?.view === 'crossings' && planes.value.has(chosen.id)) return chosen.id;
  return [...planes.value].sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
});

const distinct = (values: readonly number[]): number[] =>
  [...new Set(values)].filter(Number.isFinite).sort((a, b) => a - b);

const cells = computed(() => (subject.value === undefined ? [] : (planes.value.get(subject.value) ?? [])));
const scales = computed(() => {
  const make = isTrueTime.value ? trueScale : evenScale;
  return {
    valid: make(distinct(cells.value.flatMap(({ validFrom, validTo }) => [validFrom, validTo]))),
    known: make(distinct(cells.value.flatMap(({ knownFrom, knownTo }) => [knownFrom, knownTo]))),
  };
});

/** Goes to a point of the plane: a day, as known on another. */
function goToPoint(valid: number, known: number): void {
  goTo(dayAt(valid, zone.value));
  knowAt(dayAt(known, zone.value));
  if (subject.value !== undefined) selected.value = { view: 'crossings', id: subject.value };
}

/** All that was ever known of one crossing: valid time across, known time up. */
export function PlaneOfTimes(): JSX.Element {
  const { value: w } = words;
  const items = [...crossings.value].sort((a, b) =>
    nameIn(a.names, a.id).localeCompare(nameIn(b.names, b.id)),
  );
  return (
    <section class="list plane" aria-label={w.plane.title}>
      <form class="filters" onSubmit={(sent) => sent.preventDefault()}>
        <select
          aria-label={w.plane.subject}
          value={subject.value ?? ''}
          onChange={({ currentTarget }) => (selected.value = { view: 'crossings', id: currentTarget.value })}
        >
          {items.map(({ id, names }) => (
            <option key={id} value={id}>
              {nameIn(names, id)}
            </option>
          ))}
        </select>
        <label class="check">
          <input
            type="checkbox"
            checked={isTrueTime.value}
            onChange={({ currentTarget }) => (isTrueTime.value = currentTarget.checked)}
          />{' '}
          {w.plane.trueTime}
        </label>
        <p class="quiet">{w.plane.intro}</p>
      </form>
      <PlanePicture cells={cells.value} scales={scales.value} goTo={goToPoint} />
      <details class="behind">
        <summary>{w.plane.table}</summary>
        <CellTable />
      </details>
    </section>
  );
}

const boundText = (bound: number): string =>
  Number.isFinite(bound) ? shortDay(dayAt(bound, zone.value)) : '–';

/** The same as a table. */
function CellTable(): JSX.Element {
  const { value: w } = words;
  return (
    <div class="scroller" tabIndex={0} role="group" aria-label={w.plane.table}>
      <table>
        <thead>
          <tr>
            {[w.plane.knownFrom, w.plane.knownTo, w.plane.validFrom, w.plane.validTo, w.table.status].map(
              (name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {cells.value.map((cell) => (
            <CellRow key={`${cell.knownFrom} ${cell.validFrom}`} cell={cell} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CellRow = ({ cell }: { readonly cell: Cell }): JSX.Element => (
  <tr>
    <td>{boundText(cell.knownFrom)}</td>
    <td>{boundText(cell.knownTo)}</td>
    <td>{boundText(cell.validFrom)}</td>
    <td>{boundText(cell.validTo)}</td>
    <td>{statusWords(cell)}</td>
  </tr>
);
