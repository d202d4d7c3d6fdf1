import type { JSX } from 'preact';
import { dayOfNumber } from '../days.js';
import { changeDays, learnedDays } from '../planes.js';
import { asOf, asOfDay, goTo, knowAt, knownDay, link, mode, today, type KnowledgeMode } from '../state.js';
import { month, words } from '../words/index.js';
import { isPlaying, pause, play, speed, SPEEDS } from './play.js';
import { TimeSlider } from './slider.js';
import { happened, nextIn, pan, reported, dayWindow, stretch } from './window.js';

/** The two times, with their sliders and buttons. */
export function Dock(): JSX.Element {
  return (
    <section class="dock" aria-label={words.value.tagline}>
      <Tools />
      <TimeSlider
        axis="asOf"
        day={asOfDay.value}
        density={happened.value}
        changes={changeDays.value}
        set={goTo}
      />
      <Scale />
      <TimeSlider
        axis="knownAt"
        day={knownDay.value ?? today.value}
        isOff={knownDay.value === undefined}
        density={reported.value}
        changes={learnedDays.value}
        set={knowAt}
      />
    </section>
  );
}

const MODES: readonly KnowledgeMode[] = ['day', 'all', 'own'];

function Tools(): JSX.Element {
  const { value: w } = words;
  const to = (by: 1 | -1) => (): void => {
    pause();
    const next = nextIn(changeDays.value, asOfDay.value, by);
    if (next !== undefined) goTo(next);
  };
  return (
    <div class="tools">
      <div class="group">
        <button type="button" onClick={to(-1)} aria-label={w.previousChange} title={w.previousChange}>
          ⇤
        </button>
        <button
          type="button"
          class="play"
          onClick={play}
          aria-label={isPlaying.value ? w.pause : w.play}
          title={isPlaying.value ? w.pause : w.play}
        >
          {isPlaying.value ? '❚❚' : '▶'}
        </button>
        <button type="button" onClick={to(1)} aria-label={w.nextChange} title={w.nextChange}>
          ⇥
        </button>
        <select
          aria-label={w.speed}
          value={speed.value}
          onChange={({ currentTarget }) =>
            (speed.value = SPEEDS.find((one) => one === Number(currentTarget.value)) ?? 7)
          }
        >
          {SPEEDS.map((one) => (
            <option key={one} value={one}>
              {one === 0 ? w.byEvent : w.perSecond(one)}
            </option>
          ))}
        </select>
        <button
          type="button"
          class="text"
          disabled={asOf.value === undefined}
          onClick={() => goTo(undefined)}
        >
          {w.today}
        </button>
      </div>
      <fieldset class="modes">
        <legend>{w.axis.knownAt}</legend>
        {MODES.map((one) => (
          <label key={one} title={w.modesMean[one]}>
            <input type="radio" name="mode" checked={mode.value === one} onChange={() => link(one)} />
            <span>{w.modes[one]}</span>
          </label>
        ))}
      </fieldset>
      <div class="group">
        <button type="button" onClick={() => pan(-0.5)} aria-label={w.earlier} title={w.earlier}>
          «
        </button>
        <button type="button" onClick={() => stretch(0.5)} aria-label={w.narrower} title={w.narrower}>
          +
        </button>
        <button type="button" onClick={() => stretch(2)} aria-label={w.wider} title={w.wider}>
          −
        </button>
        <button type="button" onClick={() => pan(0.5)} aria-label={w.later} title={w.later}>
          »
        </button>
      </div>
    </div>
  );
}

/** A label after this part of the scale has no room. */
const LABELLED_UNTIL = 0.92;

/** The months or years of both sliders, between the two. */
function Scale(): JSX.Element {
  const { from, to } = dayWindow.value;
  const length = to - from;
  const room = innerWidth > 860 ? 1 : 3;
  const every = room * (length > 4_000 ? 24 : length > 1_400 ? 6 : length > 700 ? 2 : 1);
  const marks: { at: number; text: string; isYear: boolean }[] = [];
  for (let day = from; day <= to; day += 1) {
    const text = dayOfNumber(day);
    if (!text.endsWith('-01')) continue;
    const months = Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
    if (months % every !== 0) continue;
    const isYear = text.endsWith('-01-01');
    marks.push({
      at: (day - from) / length,
      text: isYear || every > 6 ? text.slice(0, 4) : month(text, false),
      isYear,
    });
  }
  return (
    <div class="axis scale" aria-hidden="true">
      <span />
      <div class="track">
        {marks.map(({ at, text, isYear }) => (
          <span
            key={at}
            class={isYear ? 'year' : ''}
            style={{ insetInlineStart: `calc(var(--thumb) / 2 + (100% - var(--thumb)) * ${at})` }}
          >
            {at < LABELLED_UNTIL && text}
          </span>
        ))}
      </div>
      <span />
    </div>
  );
}
