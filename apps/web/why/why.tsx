import type { JSX } from 'preact';
import type { ExplanationAnswer, Weighed } from '../api.js';
import { answerTo, pathOf, restingCut } from '../data.js';
import { events, nameOf } from '../events.js';
import { headlineOf } from '../reports.js';
import { event, selected } from '../state.js';
import { stateName } from '../rectangles.js';
import { end, instant, words } from '../words/index.js';

/** The server's explanation of the answer about the selected subject at the cut. */
const explanation = answerTo<ExplanationAnswer>(() => {
  const { value: subject } = selected;
  const { value: cut } = restingCut;
  if (!subject || !cut) return undefined;
  return pathOf('/v1/explain', { view: subject.view, subject: subject.id, limit: 200, ...cut });
});

/**
 * The verdicts on reports that are shown first: they decide the answer, or are not seen at the cut. Reports with another verdict are folded
 * away.
 */
const SHOWN = /^(holds|mayHold|notYetKnown|corrected|retracted|notStarted)$/;

/** The explanation of an answer: every report that was weighed, and its verdict. */
export function Why(): JSX.Element | null {
  const { value: w } = words;
  const effects = (explanation.value?.effects ?? []).filter(({ aspect }) => aspect !== 'registration');
  if (effects.length === 0) return null;
  const others = effects.filter(({ verdict }) => !SHOWN.test(verdict));
  return (
    <section class="why" aria-label={w.why.title}>
      <h3>{w.why.title}</h3>
      <p class="quiet">{w.why.intro}</p>
      <Effects effects={effects.filter(({ verdict }) => SHOWN.test(verdict))} />
      {others.length > 0 && (
        <details>
          <summary>{w.why.more(others.length)}</summary>
          <Effects effects={others} />
        </details>
      )}
    </section>
  );
}

const Effects = ({ effects }: { readonly effects: readonly Weighed[] }): JSX.Element => (
  <ol class="effects">
    {effects.map((effect, index) => (
      <Effect key={`${effect.event} ${effect.aspect} ${index}`} effect={effect} />
    ))}
  </ol>
);

function Effect({ effect }: { readonly effect: Weighed }): JSX.Element {
  const { value: w } = words;
  const { verdict, from, until, claimant, standing, reliability, reported } = effect;
  const entry = events.value.get(effect.event);
  const isVague = from.earliest !== from.latest;
  return (
    <li class={`effect ${verdict}`}>
      <p class="verdict">
        {w.verdicts[verdict]} <ValueOf value={effect.value} />
      </p>
      <button type="button" class="link" onClick={() => (event.value = effect.event)}>
        {entry ? headlineOf(entry) : effect.event}
      </button>
      <p class="quiet">
        {nameOf(claimant)} · {w.standings[standing]} · {reliability} ·{' '}
        {instant(from.latest, isVague ? from.earliest : undefined)}
        {until && !until.latest.startsWith('9999') && ` → ${end(until.latest)}`} ·{' '}
        {w.why.reportedOn(instant(reported.from))}
        {effect.by && effect.by.length > 0 && (
          <>
            {' '}
            · {w.why.by}{' '}
            {effect.by.map((id) => (
              <button key={id} type="button" class="link" onClick={() => (event.value = id)}>
                {events.value.has(id) ? headlineOf(events.value.get(id)!) : id}
              </button>
            ))}
          </>
        )}
      </p>
    </li>
  );
}

/** The value of an effect, where the value is a status. */
function ValueOf({ value }: { readonly value: unknown }): JSX.Element | null {
  const status = (value as { readonly status?: string } | null)?.status;
  if (status === undefined) return null;
  return <strong>{stateName(status)}</strong>;
}
