import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { picture, PICTURES, type PictureName } from '../state.js';
import { words } from '../words/index.js';
import { Claims } from './claims.js';
import { HeldByClaimant } from './held.js';
import { Measures } from './measures.js';
import { Nights } from './nights.js';
import { watchRoom } from './room.js';
import { StatusesOverTime } from './statuses.js';
import { LedgerOfTalks } from './talks.js';
import { Warnings } from './warnings.js';

const DRAWN: Readonly<Record<PictureName, () => JSX.Element | null>> = {
  statuses: StatusesOverTime,
  held: HeldByClaimant,
  measures: Measures,
  warnings: Warnings,
  nights: Nights,
  talks: LedgerOfTalks,
  claims: Claims,
};

/** The pictures of the state at the cut, each with its figures as a table: all pictures, or the chosen picture. */
export function Charts(): JSX.Element {
  const { value: w } = words;
  const { value: chosen } = picture;
  return (
    <section class="list charts" aria-label={w.views.charts}>
      <nav class="chooser" aria-label={w.figure.choose}>
        {[undefined, ...PICTURES].map((name) => (
          <button
            key={name ?? 'all'}
            type="button"
            aria-pressed={chosen === name}
            onClick={() => (picture.value = name)}
          >
            {name === undefined ? w.figure.all : w.pictures[name]}
          </button>
        ))}
      </nav>
      <div class="scroller" tabIndex={0} role="group" aria-label={w.views.charts}>
        <Pictures />
      </div>
    </section>
  );
}

/** The chosen picture, or all of them. A picture of which nothing is known at the cut is left out. */
export function Pictures(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => watchRoom(box.current!), []);
  const { value: chosen } = picture;
  return (
    <div class="pictures" ref={box}>
      {PICTURES.filter((name) => chosen === undefined || chosen === name).map((name) => {
        const Drawn = DRAWN[name];
        return <Drawn key={name} />;
      })}
      <p class="empty nothing">{words.value.figure.nothing}</p>
    </div>
  );
}
