import { effect, signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import type { Entry } from './api.js';
import { Charts } from './charts/charts.js';
import { Compare } from './compare/compare.js';
import { chosen, type ComparedCut } from './compared.js';
import { crossings } from './crossings.js';
import { events } from './events.js';
import { failure, key, useKey } from './data.js';
import { dayAt } from './days.js';
import { arrived, connection } from './live.js';
import { load } from './load.js';
import { RegionMap } from './map/map.js';
import { PlaneOfTimes } from './plane/plane.js';
import { planes } from './planes.js';
import { Report } from './report.js';
import { correctionDraft, draft, retractionDraft } from './record/draft.js';
import { RecordForm } from './record/record.js';
import { Sentence } from './sentence.js';
import { Share } from './share.js';
import { event, isAuditing, lang, selected, theme, view, zone, type PageView } from './state.js';
import { CrossingTable } from './table/table.js';
import { Timeline } from './timeline/timeline.js';
import { Dock } from './time/dock.js';
import { Subject } from './why/subject.js';
import { words } from './words/index.js';
import { ZoneChoice } from './zone.js';

/** All views of the page, in the order of the menu. */
const MENU: readonly PageView[] = ['map', 'plane', 'charts', 'timeline', 'compare', 'record'];

/** Whether the view has times of its own, as `compare` has, or no times, as `record`. */
const hasOwnTimes = (): boolean => view.value === 'compare' || view.value === 'record';

export function App(): JSX.Element {
  return (
    <>
      <Header />
      <main id="content" aria-busy={crossings.value.length === 0 || planes.value.size === 0}>
        {!hasOwnTimes() && <Sentence />}
        <Trouble />
        <div class={panel() ? 'split' : 'whole'}>
          {content()}
          {panel()}
        </div>
      </main>
      {!hasOwnTimes() && <Dock />}
    </>
  );
}

function content(): JSX.Element {
  switch (view.value) {
    case 'timeline':
      return <Timeline />;
    case 'charts':
      return <Charts />;
    case 'compare':
      return <Compare />;
    case 'record':
      return <RecordForm />;
    case 'plane':
      return <PlaneOfTimes />;
    default:
      return <RegionMap />;
  }
}

/** The audit is loaded when it is first opened: most readers do not need it. */
const Audit = signal<ComponentType | undefined>(undefined);
effect(() => {
  if (isAuditing.value && Audit.peek() === undefined)
    void import('./audit/audit.js').then((loaded) => (Audit.value = loaded.Audit));
});

/** The panel beside the view: the audit, the selected report or the selected subject; beside the map without a selection, the table. */
function panel(): JSX.Element | null {
  if (isAuditing.value) return Audit.value ? <Audit.value /> : <p class="empty">{words.value.loading}</p>;
  if (event.value !== undefined) return <Report id={event.value}>{<Amend id={event.value} />}</Report>;
  if (selected.value) return <Subject id={selected.value.id} />;
  return view.value === 'map' ? <CrossingTable /> : null;
}

/** Scrolls the menu to a button: on a phone the menu is wider than the screen. */
const showButton = (button: HTMLElement | null): void =>
  button?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

const THEMES = ['auto', 'light', 'dark'] as const;

function Header(): JSX.Element {
  const { value: w } = words;
  return (
    <header class="top">
      <a class="skip" href="#content">
        {w.skip}
      </a>
      <a class="brand" href="/">
        <Logo /> Borderline <small>{w.tagline}</small>
      </a>
      <nav>
        {MENU.length > 1 &&
          MENU.map((one) => (
            <button
              key={one}
              type="button"
              aria-current={view.value === one ? 'page' : undefined}
              ref={view.value === one ? showButton : null}
              onClick={() => (view.value = one)}
            >
              {w.views[one]}
            </button>
          ))}
      </nav>
      <div class="preferences">
        <Live />
        <Share />
        <button
          type="button"
          aria-pressed={isAuditing.value}
          onClick={() => (isAuditing.value = !isAuditing.value)}
        >
          {w.audit}
        </button>
        <a href="/docs">{w.api}</a>
        <ZoneChoice />
        <button
          type="button"
          lang={lang.value === 'lt' ? 'en' : 'lt'}
          onClick={() => (lang.value = lang.value === 'lt' ? 'en' : 'lt')}
        >
          {w.language}
        </button>
        <button
          type="button"
          aria-label={w.theme[theme.value]}
          title={w.theme[theme.value]}
          onClick={() => (theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length]!)}
        >
          ◐
        </button>
      </div>
    </header>
  );
}

/** The buttons of a report: compare the states before and after the report, show its place in the log, correct it, retract it. */
function Amend({ id }: { readonly id: string }): JSX.Element | null {
  const { value: w } = words;
  const entry = events.value.get(id);
  if (!entry) return null;
  const open = (made: typeof draft.value): void => {
    draft.value = made;
    view.value = 'record';
  };
  return (
    <p class="actions">
      <button type="button" onClick={() => compareAround(entry)}>
        {w.compare.ofReport}
      </button>
      <button type="button" onClick={() => (isAuditing.value = true)}>
        {w.auditing.place}
      </button>
      {!entry.type.startsWith('record.') && (
        <>
          <button type="button" onClick={() => open(correctionDraft(entry))}>
            {w.record.correct}
          </button>
          <button type="button" onClick={() => open(retractionDraft(entry))}>
            {w.record.retract}
          </button>
        </>
      )}
    </p>
  );
}

/** Compares the state before a report was recorded with the state after. Both are the state of the day on which the reported event happened. */
function compareAround({ sequence, occurred, reportedAt }: Entry): void {
  const day = dayAt((occurred ?? reportedAt).latest, zone.value);
  const to = (recordedAt: string): ComparedCut => ({ asOf: day, recordedAt });
  chosen.value = { from: to(`@${sequence - 1}`), to: to(`@${sequence}`) };
  view.value = 'compare';
}

/** Whether the page receives new reports, and how many reports it has received. */
function Live(): JSX.Element {
  const { value: w } = words;
  return (
    <span class={`live ${connection.value}`} role="status">
      {w.live[connection.value]}
      {arrived.value > 0 && (
        <button type="button" class="link" onClick={() => (view.value = 'timeline')}>
          {w.arrived(arrived.value)}
        </button>
      )}
    </span>
  );
}

/** The last failure, and what the reader can do about the failure. */
function Trouble(): JSX.Element | null {
  const { value: w } = words;
  const { value: refusal } = failure;
  if (!refusal) return null;
  if (refusal.status === 401 || refusal.status === 403) return <AskForKey />;
  return (
    <div class="trouble" role="alert">
      {refusal.status === 0 ? w.offline : `${w.failure}: ${refusal.message}`}{' '}
      <button type="button" onClick={() => void load()}>
        {w.retry}
      </button>
    </div>
  );
}

function AskForKey(): JSX.Element {
  const { value: w } = words;
  return (
    <form
      class="trouble"
      onSubmit={(sent) => {
        sent.preventDefault();
        useKey(new FormData(sent.currentTarget).get('key') as string);
        void load();
      }}
    >
      <label>
        {w.keyAsked}{' '}
        <input name="key" type="password" autocomplete="off" required defaultValue={key.value ?? ''} />
      </label>
      <button type="submit">{w.useKey}</button>
    </form>
  );
}

const Logo = (): JSX.Element => (
  <svg class="logo" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
    <rect width="32" height="32" rx="8" />
    <path d="M7 23 23 7" />
    <circle cx="10" cy="11" r="4" />
    <rect class="shut" x="18" y="18" width="8" height="8" rx="1.5" />
  </svg>
);
