import { computed, signal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Entry, EventPageAnswer } from '../api.js';
import { answerTo, head, pathOf } from '../data.js';
import { dayAt } from '../days.js';
import { correctionsOf, eventList, events, nameOf } from '../events.js';
import { asOfInstant, knownInstant } from '../planes.js';
import { LocalNames } from '../local-names.js';
import { categoryOf, headlineOf, subjectName, subjectOf } from '../reports.js';
import { asOf, event, text, zone } from '../state.js';
import { asOfWords, instant, words } from '../words/index.js';

const family = signal('');

/** The events that the server finds for the words of the search. */
const found = answerTo<EventPageAnswer>(() =>
  text.value.trim() === '' || head.value === undefined
    ? undefined
    : pathOf('/v1/events', { q: text.value.trim(), limit: 200, order: 'desc' }),
);

/** The reports that are shown. The report of the latest happening is first. */
const shown = computed(() => {
  const searched = text.value.trim() !== '';
  const all = searched ? (found.value?.items ?? []) : eventList.value;
  return all
    .filter(
      (entry) =>
        entry.type !== 'subject.registered' && (family.value === '' || categoryOf(entry) === family.value),
    )
    .sort((a, b) => (whenOf(b) < whenOf(a) ? -1 : 1));
});

const whenOf = ({ occurred, reportedAt }: Entry): string => (occurred ?? reportedAt).latest;

/** The latest happening before the first time. */
const here = computed(() =>
  asOf.value === undefined
    ? undefined
    : shown.value.find((entry) => Date.parse(whenOf(entry)) <= asOfInstant.value)?.id,
);

/** Scrolls to the reports of the first time, at the beginning and when this time changes, except in a search. */
function useFollowing(): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null);
  const { value: at } = here;
  const isSearching = text.value !== '';
  useEffect(() => {
    if (at !== undefined && !isSearching)
      scroller.current?.querySelector('.here')?.scrollIntoView({ block: 'start' });
  }, [at, isSearching]);
  return scroller;
}

/** All reports, in the order in which the events happened. The browser does no work for rows that are not in sight (`content-visibility`). */
export function Timeline(): JSX.Element {
  const { value: w } = words;
  const scroller = useFollowing();
  const groups = Map.groupBy(shown.value, (entry) => dayAt(whenOf(entry), zone.value).slice(0, 7));
  return (
    <section class="list timeline" aria-label={w.timeline.title}>
      <form class="filters" onSubmit={(sent) => sent.preventDefault()}>
        <input
          type="search"
          value={text.value}
          placeholder={w.timeline.search}
          aria-label={w.timeline.search}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
        <select
          aria-label={w.timeline.title}
          value={family.value}
          onChange={({ currentTarget }) => (family.value = currentTarget.value)}
        >
          <option value="">{w.timeline.allTypes}</option>
          {Object.entries(w.timeline.families).map(([category, name]) => (
            <option key={category} value={category}>
              {name}
            </option>
          ))}
        </select>
        <output>{w.timeline.count(shown.value.length)}</output>
      </form>
      <div
        class="scroller"
        ref={scroller}
        tabIndex={0}
        role="group"
        aria-label={w.timeline.title}
        onKeyDown={walk}
      >
        {shown.value.length === 0 && <p class="empty">{w.timeline.none}</p>}
        {[...groups].map(([month, entries]) => (
          <section key={month} class="month">
            <h2>{monthName(month)}</h2>
            <ol>
              {entries.map((entry) => (
                <Row key={entry.id} entry={entry} />
              ))}
            </ol>
          </section>
        ))}
      </div>
    </section>
  );
}

const monthName = (month: string): string =>
  new Intl.DateTimeFormat(document.documentElement.lang === 'lt' ? 'lt' : 'en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(`${month}-15T00:00:00Z`));

/** The keys up and down go from report to report. */
function walk(press: KeyboardEvent): void {
  const step = press.key === 'ArrowDown' ? 1 : press.key === 'ArrowUp' ? -1 : 0;
  const { currentTarget, target } = press;
  if (step === 0 || !(target as Element).matches('.row')) return;
  const rows = [...(currentTarget as Element).querySelectorAll<HTMLElement>('.row')];
  rows[rows.indexOf(target as HTMLElement) + step]?.focus();
  press.preventDefault();
}

function Row({ entry }: { readonly entry: Entry }): JSX.Element {
  const { value: w } = words;
  const { occurred, reportedAt, attribution, source } = entry;
  const corrections = correctionsOf.value.get(entry.id) ?? [];
  const isUnknownThen = Date.parse(reportedAt.latest) > knownInstant.value;
  const happened = occurred ?? reportedAt;
  return (
    <li
      class={`entry ${categoryOf(entry)}${isUnknownThen ? ' unknown-then' : ''}${here.value === entry.id ? ' here' : ''}`}
    >
      {here.value === entry.id && <p class="at">{asOfWords()} ↓</p>}
      <button
        type="button"
        class="row"
        aria-current={event.value === entry.id}
        onClick={() => (event.value = entry.id)}
      >
        <span class="when">
          {instant(happened.latest, happened.earliest === happened.latest ? undefined : happened.earliest)}
        </span>
        <span class="what">
          <span class="kind">
            {w.types[entry.type] ?? entry.type} · {subjectName(entry)}
            <LocalNames id={subjectOf(entry)} />
            {isUnknownThen && <em class="knowledge"> · {w.timeline.unknownThen}</em>}
          </span>
          <span class={corrections.length > 0 ? 'struck' : ''} dir="auto">
            {headlineOf(entry)}
          </span>
          {corrections.map((id) => (
            <span key={id} class="knowledge">
              → {events.value.has(id) ? headlineOf(events.value.get(id)!) : id}
            </span>
          ))}
          {typeof source.quote === 'string' && <q dir="auto">{source.quote}</q>}
          <span class="quiet">
            {nameOf(attribution.claimant)}, {w.standings[attribution.standing] ?? attribution.standing},{' '}
            {attribution.reliability} · {source.publisher}
          </span>
        </span>
      </button>
    </li>
  );
}
