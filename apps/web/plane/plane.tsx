import { computed, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { dayAt } from '../days.js';
import { eventList, nameOf } from '../events.js';
import { headlineOf, subjectOf } from '../reports.js';
import { event, goTo, knowAt, selected, view, zone } from '../state.js';
import { reportBehind, stateWords, rectanglesOf, VIEWS_WITH_PLANES, type Rectangle } from '../rectangles.js';
import { shortDay, words } from '../words/index.js';
import { PlanePicture } from './picture.js';
import { evenScale, trueScale } from './scale.js';

const isTrueTime = signal(false);
/** The view whose subjects are offered while no subject is selected. */
const offered = signal('crossings');

const hasTiles = (name: string): boolean => VIEWS_WITH_PLANES.some((one) => one === name);
const viewOfPlane = computed(() =>
  selected.value && hasTiles(selected.value.view) ? selected.value.view : offered.value,
);
const rectangles = rectanglesOf(() => (view.value === 'plane' ? viewOfPlane.value : undefined));

/** The selected subject, or else the subject with the most cells. */
const subject = computed(() => {
  const { value: chosen } = selected;
  const { value: all = new Map<string, readonly Rectangle[]>() } = rectangles;
  if (chosen?.view === viewOfPlane.value && all.has(chosen.id)) return chosen.id;
  return [...all].sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
});

const distinct = (values: readonly number[]): number[] =>
  [...new Set(values)].filter(Number.isFinite).sort((a, b) => a - b);

const cells = computed(() =>
  subject.value === undefined ? [] : (rectangles.value?.get(subject.value) ?? []),
);
const scales = computed(() => {
  const make = isTrueTime.value ? trueScale : evenScale;
  return {
    valid: make(distinct(cells.value.flatMap(({ validFrom, validTo }) => [validFrom, validTo]))),
    known: make(distinct(cells.value.flatMap(({ knownFrom, knownTo }) => [knownFrom, knownTo]))),
  };
});

/** Corrections and retractions of reports about the subject. */
const corrections = computed(
  () =>
    new Map(
      eventList.value
        .filter((entry) => entry.type.startsWith('record.') && subjectOf(entry) === subject.value)
        .map((entry) => [Date.parse(entry.reportedAt.latest), entry] as const),
    ),
);

/** Goes to a point of the plane: a day, as known on another day. */
function goToPoint(valid: number, known: number): void {
  goTo(dayAt(valid, zone.value));
  knowAt(dayAt(known, zone.value));
  if (subject.value !== undefined) selected.value = { view: viewOfPlane.value, id: subject.value };
}

/** The plane of one subject: everything that was ever known of it, with valid time across and known time up. */
export function PlaneOfTimes(): JSX.Element {
  const { value: w } = words;
  const ids = [...(rectangles.value?.keys() ?? [])].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return (
    <section class="list plane" aria-label={w.plane.title}>
      <form class="filters" onSubmit={(sent) => sent.preventDefault()}>
        <select
          aria-label={w.plane.view}
          value={viewOfPlane.value}
          onChange={({ currentTarget }) => {
            selected.value = undefined;
            offered.value = currentTarget.value;
          }}
        >
          {VIEWS_WITH_PLANES.map((name) => (
            <option key={name} value={name}>
              {w.viewNames[name]}
            </option>
          ))}
        </select>
        <select
          aria-label={w.plane.subject}
          value={subject.value ?? ''}
          onChange={({ currentTarget }) =>
            (selected.value = { view: viewOfPlane.value, id: currentTarget.value })
          }
        >
          {ids.map((id) => (
            <option key={id} value={id}>
              {nameOf(id)}
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
      <PlanePicture
        cells={cells.value}
        scales={scales.value}
        corrections={corrections.value}
        goTo={goToPoint}
      />
      <details class="behind">
        <summary>{w.plane.table}</summary>
        <CellTable />
      </details>
    </section>
  );
}

const boundText = (bound: number): string =>
  Number.isFinite(bound) ? shortDay(dayAt(bound, zone.value)) : '–';

/** The cells of the plane as a table. */
function CellTable(): JSX.Element {
  const { value: w } = words;
  return (
    <div class="scroller" tabIndex={0} role="group" aria-label={w.plane.table}>
      <table>
        <thead>
          <tr>
            {[
              w.plane.knownFrom,
              w.plane.knownTo,
              w.plane.validFrom,
              w.plane.validTo,
              w.table.status,
              w.plane.report,
            ].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
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

function CellRow({ cell }: { readonly cell: Rectangle }): JSX.Element {
  const entry = corrections.value.get(cell.knownFrom) ?? reportBehind(cell);
  return (
    <tr>
      <td>{boundText(cell.knownFrom)}</td>
      <td>{boundText(cell.knownTo)}</td>
      <td>{boundText(cell.validFrom)}</td>
      <td>{boundText(cell.validTo)}</td>
      <td>
        {stateWords(cell)}
        {cell.says !== undefined && <span class="quiet"> · {cell.says}</span>}
      </td>
      <td>
        {entry && (
          <button type="button" class="link" onClick={() => (event.value = entry.id)}>
            {headlineOf(entry)}
          </button>
        )}
      </td>
    </tr>
  );
}
