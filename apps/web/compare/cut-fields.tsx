import type { JSX } from 'preact';
import { chosen, compared, type ComparedCut, type SideName } from '../compared.js';
import { dayAt, isDay, type Day } from '../days.js';
import { today, zone } from '../state.js';
import { words } from '../words/index.js';
import { about } from './changes.js';

const dayOf = (bound: string | undefined): Day | undefined =>
  bound === undefined || isDay(bound) ? bound : dayAt(bound, zone.value);

function set(side: SideName, change: Partial<ComparedCut>): void {
  chosen.value = { ...compared.value, [side]: { ...compared.value[side], ...change } };
}

/** The times of one side. */
export function CutFields({ side }: { readonly side: SideName }): JSX.Element {
  const { value: w } = words;
  const { asOf, knownAt, recordedAt } = compared.value[side];
  return (
    <fieldset>
      <legend>{side === 'from' ? w.compare.before : w.compare.after}</legend>
      <label>
        <span class="valid-text">{w.axis.asOf}</span>
        <input
          id={`${side}-asOf`}
          type="date"
          required
          value={dayOf(asOf)}
          onChange={({ currentTarget: { value } }) => isDay(value) && set(side, { asOf: value })}
        />
      </label>
      <label>
        <span class="knowledge">{w.axis.knownAt}</span>
        <input
          id={`${side}-knownAt`}
          type="date"
          value={dayOf(knownAt) ?? ''}
          onChange={({ currentTarget: { value } }) =>
            (value === '' || isDay(value)) && set(side, { knownAt: value === '' ? undefined : value })
          }
        />
      </label>
      {knownAt === undefined ? (
        <small class="quiet">{w.sentence.everything}</small>
      ) : (
        <button type="button" class="link" onClick={() => set(side, { knownAt: undefined })}>
          {w.compare.allKnown}
        </button>
      )}
      {recordedAt !== undefined && (
        <button type="button" class="link" onClick={() => set(side, { recordedAt: undefined })}>
          {w.compare.recordedTo(recordedAt)} ✕
        </button>
      )}
    </fieldset>
  );
}

/** Buttons for the most frequent comparisons of the chosen days, and the choice of the view that is compared. */
export function Presets(): JSX.Element {
  const { value: w } = words;
  const { from, to } = compared.value;
  const earlier = dayOf(from.knownAt) ?? dayOf(from.asOf) ?? today.value;
  const later = dayOf(to.knownAt) ?? dayOf(to.asOf) ?? today.value;
  const presets: readonly (readonly [string, Readonly<Record<SideName, ComparedCut>>])[] = [
    [w.compare.thenAndNow, { from: { asOf: from.asOf, knownAt: from.asOf }, to: { asOf: from.asOf } }],
    [w.compare.twoDays, { from: { asOf: earlier, knownAt: earlier }, to: { asOf: later, knownAt: later } }],
    [
      w.compare.learnedOnly,
      { from: { asOf: to.asOf, knownAt: earlier }, to: { asOf: to.asOf, knownAt: later } },
    ],
    [w.compare.swap, { from: to, to: from }],
  ];
  return (
    <div class="presets">
      {presets.map(([name, sides]) => (
        <button key={name} type="button" onClick={() => (chosen.value = sides)}>
          {name}
        </button>
      ))}
      <label>
        <span>{w.compare.about}</span>{' '}
        <select value={about.value} onChange={({ currentTarget }) => (about.value = currentTarget.value)}>
          <option value="">{w.compare.allViews}</option>
          {Object.entries(w.viewNames).map(([view, name]) => (
            <option key={view} value={view}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
