import type { JSX } from 'preact';
import { SIDES } from '../compared.js';
import { nameOf } from '../events.js';
import { selected } from '../state.js';
import { TwoMaps } from '../two-maps.js';
import { words } from '../words/index.js';
import { Change } from './change.js';
import { changes, counted, crossingsBySide, difference, groups, moved, type Kind } from './changes.js';
import { CutFields, Presets } from './cut-fields.js';
import { comparisonTitle, sideTitle } from './title.js';

const KINDS: readonly Kind[] = ['changed', 'added', 'gone'];

/** Two cuts side by side, and the differences between them, each with the reports that caused it. */
export function Compare(): JSX.Element {
  const { value: w } = words;
  const isThere = difference.value !== undefined;
  return (
    <section class="list compare" aria-label={w.views.compare} aria-busy={!isThere}>
      <div class="scroller" tabIndex={0} role="group" aria-label={w.views.compare}>
        <h1 class="sentence">{comparisonTitle()}</h1>
        {isThere && (
          <p class="tally" role="status">
            {changes.value.length === 0
              ? w.compare.none
              : KINDS.filter((kind) => counted(kind) > 0)
                  .map((kind) => w.compare.tally[kind](counted(kind)))
                  .join(', ')}
          </p>
        )}
        <form class="two-cuts" onSubmit={(sent) => sent.preventDefault()}>
          {SIDES.map((side) => (
            <CutFields key={side} side={side} />
          ))}
          <Presets />
        </form>
        <TwoMaps
          sides={SIDES.map((side) => ({
            title: sideTitle(side),
            items: crossingsBySide[side].value?.items ?? [],
          }))}
          moved={moved.value}
        />
        {changes.value.length > 0 && <Differences />}
      </div>
    </section>
  );
}

function Differences(): JSX.Element {
  const { value: w } = words;
  return (
    <table class="differences">
      <caption class="unseen">{comparisonTitle()}</caption>
      <thead>
        <tr>
          <th scope="col">{w.compare.what}</th>
          <th scope="col">
            {w.compare.before} <small>{sideTitle('from')}</small>
          </th>
          <th scope="col">
            {w.compare.after} <small>{sideTitle('to')}</small>
          </th>
          <th scope="col">{w.subject.why}</th>
        </tr>
      </thead>
      {groups.value.map(({ view, subjects }) => (
        <tbody key={view}>
          <tr class="view">
            <th scope="rowgroup" colSpan={4}>
              {w.viewNames[view] ?? view}
            </th>
          </tr>
          {subjects.flatMap(([id, some]) => [
            <tr key={id} class="subject-row">
              <th scope="rowgroup" colSpan={4}>
                <button type="button" class="link" onClick={() => (selected.value = { view, id })}>
                  {nameOf(id)}
                </button>
              </th>
            </tr>,
            ...some.map((one) => <Change key={one.aspect} change={one} />),
          ])}
        </tbody>
      ))}
    </table>
  );
}
