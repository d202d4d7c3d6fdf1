import type { JSX } from 'preact';
import type { DryRun, Recorded } from '../api.js';
import { nameOf } from '../events.js';
import { Diamond } from '../marks.js';
import { event } from '../state.js';
import { stateWords } from '../rectangles.js';
import { aspectWords, valueWords } from '../values.js';
import { asOfWords, end, instant, words } from '../words/index.js';
import { labelOf } from './labels.js';
import { Preview } from './preview.js';
import { faults, outcome } from './send.js';

/** The faults of the draft, each with a link to its field. */
export function Faults(): JSX.Element | null {
  if (faults.value.length === 0) return null;
  return (
    <div class="trouble" role="alert">
      <strong>{words.value.record.faults}</strong>
      <ul>
        {faults.value.map(({ pointer, detail }) => (
          <li key={`${pointer ?? ''}${detail}`}>
            {pointer !== undefined && (
              <button
                type="button"
                class="link"
                onClick={() => document.getElementById(fieldAt(pointer))?.focus()}
              >
                {labelOf(pointer.split('/').slice(1).filter(isName))}
              </button>
            )}{' '}
            {detail}
          </li>
        ))}
      </ul>
    </div>
  );
}

const isName = (part: string): boolean => !/^(\d+|data|source|attribution|replacement)$/.test(part);

/** The field that a pointer into the body is about: `/replacement/data/count/value` is `field-data.count.value`. */
function fieldAt(pointer: string): string {
  const path = pointer
    .split('/')
    .slice(1)
    .filter((part) => !/^(\d+|replacement|source|attribution)$/.test(part));
  return `field-${path.join('.')}`;
}

/** Scrolls to a result, which is below the buttons. */
const show = (box: HTMLElement | null): void => box?.scrollIntoView({ block: 'nearest' });

/** The changes that the report would make, or the report that was recorded. */
export function Result(): JSX.Element | null {
  const { value: result } = outcome;
  if (!result) return null;
  return (
    <div class="outcome" role="status" ref={show}>
      {'dryRun' in result ? <WouldChange {...result} /> : <WasRecorded {...result} />}
      {result.warnings.map(({ code, detail }) => (
        <p key={`${code}${detail}`} class="quiet">
          ⚠ {detail}
        </p>
      ))}
    </div>
  );
}

const WasRecorded = ({ events }: Recorded): JSX.Element => (
  <>
    {events.map(({ id, sequence }) => (
      <p key={id}>
        <strong>{words.value.record.recorded}</strong>{' '}
        <button type="button" class="link" onClick={() => (event.value = id)}>
          {words.value.record.seeReport} (@{sequence})
        </button>
      </p>
    ))}
  </>
);

type Over = NonNullable<DryRun['over']>[number];

/** The stretches of time that the report would change, then the other changes at the time of the page. Crossings are on two maps. */
function WouldChange({ changes = [], over = [] }: DryRun): JSX.Element {
  const { value: w } = words;
  const isOver = new Set(over.map(({ view, subject }) => `${view} ${subject} status`));
  const others = changes.filter(({ view, subject, aspect }) => !isOver.has(`${view} ${subject} ${aspect}`));
  if (over.length + others.length === 0) return <strong>{w.record.noChange}</strong>;
  return (
    <>
      <strong>{w.record.wouldChange}</strong>
      <ul>
        {over.map((one) => (
          <li key={`${one.view} ${one.subject} ${one.from ?? ''}`}>
            <Diamond /> <strong>{nameOf(one.subject)}</strong>, {w.record.over(...spanOf(one))}:{' '}
            {said(one.before)} → <strong>{said(one.after)}</strong>
          </li>
        ))}
      </ul>
      <Preview over={over} />
      {others.length > 0 && (
        <>
          <p>{asOfWords()}:</p>
          <ul>
            {others.map(({ view, subject, aspect, before, after }) => (
              <li key={`${view} ${subject} ${aspect}`}>
                <Diamond /> <strong>{nameOf(subject)}</strong>, {aspectWords(aspect)}: {valueWords(before)} →{' '}
                <strong>{valueWords(after)}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const spanOf = ({ from, to }: Over): [string | undefined, string | undefined] => [
  from === null ? undefined : instant(from),
  to === null ? undefined : end(to),
];

/** A value of a timeline in words. */
function said(one: Over['after']): string {
  if (one === undefined) return words.value.compare.nothing;
  const { status, value, certain, possible = [], claimed = false } = one;
  return status === undefined
    ? valueWords(value)
    : stateWords({ status, certain, claimed, possible: possible.map(String) });
}
