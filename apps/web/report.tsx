import { signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import type { EntryDetails } from './api.js';
import { answerTo, head } from './data.js';
import { dayAt } from './days.js';
import { correctionsOf, events, nameOf } from './events.js';
import { categoryOf, headlineOf, subjectName, subjectOf, VIEW_OF } from './reports.js';
import { event, goTo, knowAt, selected, zone } from './state.js';
import { end, instant, words } from './words/index.js';

const details = answerTo<EntryDetails>(() =>
  event.value === undefined || head.value === undefined
    ? undefined
    : `/v1/events/${encodeURIComponent(event.value)}`,
);
const isShown = signal(false);

/** One report: its content, its author, its source, and its corrections. */
export function Report({
  id,
  children,
}: {
  readonly id: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { value: w } = words;
  const entry = events.value.get(id) ?? (details.value?.id === id ? details.value : undefined);
  return (
    <section class="subject report" aria-label={entry ? headlineOf(entry) : id}>
      <button type="button" class="link back" onClick={() => (event.value = undefined)}>
        ← {w.report.back}
      </button>
      {entry ? <Content entry={entry} /> : <p class="empty">{w.loading}</p>}
      {children}
    </section>
  );
}

type ReportEntry = Omit<EntryDetails, 'corrections' | 'causes'>;
type Range = NonNullable<ReportEntry['occurred']>;

const rangeText = ({ earliest, latest }: Range): string =>
  instant(latest, earliest === latest ? undefined : earliest);

function Content({ entry }: { readonly entry: ReportEntry }): JSX.Element {
  const { value: w } = words;
  const { occurred, until, reportedAt, recordedAt, source, attribution } = entry;
  const corrections = correctionsOf.value.get(entry.id) ?? [];
  const isRetracted = corrections.some((one) => events.value.get(one)?.type === 'record.retracted');
  return (
    <>
      <p class="kind">
        {w.types[entry.type] ?? entry.type} · {subjectName(entry)}
      </p>
      <h2 class={corrections.length > 0 ? 'struck' : ''} dir="auto">
        {headlineOf(entry)}
      </h2>
      {corrections.length > 0 && (
        <p class="knowledge">
          {isRetracted ? w.report.retracted : w.report.corrected}: <Links ids={corrections} />
        </p>
      )}
      <Correction entry={entry} />
      {typeof source.quote === 'string' && <blockquote dir="auto">{source.quote}</blockquote>}
      <dl>
        <Fact name={w.report.happened} text={occurred && rangeText(occurred)} said={occurred?.text} />
        <Fact
          name={w.report.until}
          text={until && end(until.latest, until.earliest === until.latest ? undefined : until.earliest)}
          said={until?.text}
        />
        <Fact name={w.report.reported} text={rangeText(reportedAt)} said={reportedAt.text} />
        <Fact
          name={w.report.says}
          text={`${nameOf(attribution.claimant)}, ${w.standings[attribution.standing] ?? attribution.standing}, ${attribution.reliability}`}
        />
        <SourceOf entry={entry} />
        <Fact name={w.report.recorded} text={`${instant(recordedAt)} · @${entry.sequence}`} />
      </dl>
      <p class="actions">
        <button type="button" onClick={() => goToTimesOf(entry)}>
          {w.report.go}
        </button>
      </p>
      <details onToggle={({ currentTarget }) => (isShown.value = currentTarget.open)}>
        <summary>{w.report.data}</summary>
        {isShown.value && <pre tabIndex={0}>{JSON.stringify(entry, null, 2)}</pre>}
      </details>
    </>
  );
}

function SourceOf({ entry: { source } }: { readonly entry: ReportEntry }): JSX.Element {
  const { value: w } = words;
  return (
    <div>
      <dt>{w.report.source}</dt>
      <dd dir="auto">
        {source.url === undefined ? (
          source.title
        ) : (
          <a href={source.url} rel="noreferrer noopener" target="_blank">
            {source.title ?? source.url}
          </a>
        )}
        , {source.publisher}
        {source.quotedFrom !== undefined && ` (${w.report.quotedFrom} ${source.quotedFrom})`}
      </dd>
    </div>
  );
}

/** Goes to the day on which the reported event happened, as known when the event was reported. */
function goToTimesOf(entry: ReportEntry): void {
  const view = VIEW_OF[categoryOf(entry)];
  if (view !== undefined) selected.value = { view, id: subjectOf(entry) };
  const happened = entry.occurred ?? entry.reportedAt;
  goTo(dayAt(happened.latest, zone.value));
  knowAt(dayAt(entry.reportedAt.latest, zone.value));
}

function Correction({ entry: { data } }: { readonly entry: ReportEntry }): JSX.Element | null {
  const { value: w } = words;
  const {
    target,
    kind = '',
    reason,
  } = data as { readonly target?: string; readonly kind?: string; readonly reason?: string };
  if (target === undefined) return null;
  return (
    <p class="knowledge">
      {w.report.corrects}: <Links ids={[target]} /> ({w.report.kinds[kind] ?? kind}
      {reason !== undefined && `: ${reason}`})
    </p>
  );
}

const Links = ({ ids }: { readonly ids: readonly string[] }): JSX.Element => (
  <>
    {ids.map((id) => (
      <button key={id} type="button" class="link" onClick={() => (event.value = id)}>
        {events.value.has(id) ? headlineOf(events.value.get(id)!) : id}
      </button>
    ))}
  </>
);

interface FactAbout {
  readonly name: string;
  readonly text: string | undefined;
  /** The time in the words of the report. */
  readonly said?: string | undefined;
}

const Fact = ({ name, text, said }: FactAbout): JSX.Element | null =>
  text === undefined ? null : (
    <div>
      <dt>{name}</dt>
      <dd>
        {text}
        {said !== undefined && <span class="quiet"> “{said}”</span>}
      </dd>
    </div>
  );
