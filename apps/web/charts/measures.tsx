import type { JSX } from 'preact';
import type { Entry, StateOfAll } from '../api.js';
import { everything } from '../data.js';
import { events } from '../events.js';
import { asOfInstant } from '../planes.js';
import { view } from '../state.js';
import { knownAtCut, stateName, stateWords, rectanglesOf, type Rectangle } from '../rectangles.js';
import { toneOf } from '../tones.js';
import { instant, nameIn, words } from '../words/index.js';
import { Bar, Hatching, Key, stretchOf, vagueKey } from './bars.js';
import { Figure } from './figure.js';
import { room } from './room.js';
import { said, when, type TableField } from './tabled.js';
import { fitting } from './text.js';
import { At, frameOf, Ticks, type TimeFrame } from './time-frame.js';

const rectangles = rectanglesOf(() => (view.value === 'charts' ? 'sanctions' : undefined));

type MeasureItem = StateOfAll['sanctions'][number];

/** A phase, a licence or a decision of a measure. */
interface Part {
  readonly id: string;
  readonly text: string;
  readonly status: string;
  readonly certain: boolean;
  readonly from: number;
  readonly to: number;
  readonly event: string;
  readonly kind: 'phase' | 'licence' | 'decision';
}

interface Shown {
  readonly item: MeasureItem;
  readonly rectangles: readonly Rectangle[];
  readonly renewals: readonly Entry[];
  readonly parts: readonly Part[];
}

const [TOP, TITLE, BAR, PART, GAP, AXIS] = [26, 24, 22, 27, 14, 22];
const YEAR = 31_557_600_000;

/** Measures as bars: announced, in force, renewed, expired. Below each measure are its phases, licences and decisions. */
export function Measures(): JSX.Element | null {
  const { value: w } = words;
  const shown = (everything.value?.sanctions ?? []).map(shownOf);
  if (shown.length === 0) return null;
  const frame = frameOf([asOfInstant.value, ...shown.flatMap(instantsOf)], asOfInstant.value - 7 * YEAR);
  const heights = shown.map(({ parts }) => TITLE + BAR + parts.length * PART + GAP);
  const height = TOP + heights.reduce((sum, one) => sum + one, 0) + AXIS;
  const inForce = shown.filter(({ item }) => item.status === 'inForce').length;
  return (
    <Figure
      name="measures"
      alt={w.figure.measures(shown.length, inForce)}
      height={height}
      table={{
        columns: [w.figure.measure, w.figure.part, w.table.status, w.plane.validFrom, w.plane.validTo],
        rows: shown.flatMap(rowsOf),
      }}
    >
      <Hatching name="measures" />
      <Key
        name="measures"
        y={0}
        tones={[
          ['closed', w.states['inForce']!],
          ['restricted', w.states['announced']!],
          ['open', `${w.states['expired']!}, ${w.states['lifted']!}`],
          vagueKey(),
        ]}
      />
      <Ticks frame={frame} height={height} />
      {shown.map((one, index) => (
        <MeasureBars
          key={one.item.id}
          shown={one}
          frame={frame}
          y={TOP + heights.slice(0, index).reduce((sum, each) => sum + each, 0)}
        />
      ))}
      <At frame={frame} height={height} />
    </Figure>
  );
}

function shownOf(item: MeasureItem): Shown {
  const known = knownAtCut(rectangles.value?.get(item.id));
  const because = new Set(known.flatMap((rectangle) => rectangle.because));
  const renewals = [...because].flatMap((id) => {
    const entry = events.value.get(id);
    return entry?.type === 'sanctions.renewed' ? [entry] : [];
  });
  return { item, rectangles: known, renewals, parts: partsOf(item) };
}

function partsOf({ phases = [], licences = [], decisions = [] }: MeasureItem): Part[] {
  const at = (text: string | undefined, otherwise: number): number =>
    text === undefined ? otherwise : Date.parse(text);
  return [
    ...phases.map(({ phase, goods = [], status, certain, since, next, because }) => ({
      id: phase,
      kind: 'phase' as const,
      text: goods.length === 0 ? phase : goods.map(({ label }) => label).join(', '),
      status,
      certain,
      from: status === 'announced' ? at(next?.at, Infinity) : at(since, -Infinity),
      to: Infinity,
      event: because[0]!,
    })),
    ...licences.map(({ licence, covers, status, certain, since, until, because }) => ({
      id: licence,
      kind: 'licence' as const,
      text: `${licence}: ${covers}`,
      status,
      certain,
      // The `since` of an expired licence is the instant at which the licence expired.
      from:
        status === 'expired'
          ? at(events.value.get(because[0]!)?.occurred?.latest, -Infinity)
          : at(since, -Infinity),
      to: status === 'expired' ? at(since, Infinity) : at(until, Infinity),
      event: because[0]!,
    })),
    ...decisions.map(({ decision, text, status, certain, due, dueEarliest, because }) => ({
      id: decision,
      kind: 'decision' as const,
      text: text ?? decision,
      status,
      certain,
      from: at(dueEarliest ?? due, -Infinity),
      to: at(due, Infinity),
      event: because[0]!,
    })),
  ];
}

const instantsOf = ({ rectangles: known, renewals, parts }: Shown): number[] => [
  ...known.flatMap(({ validFrom, validTo }) => [validFrom, validTo]),
  ...renewals.map((entry) => startOf(entry)),
  ...parts.flatMap(({ from, to }) => [from, to]),
];

const startOf = ({ occurred, reportedAt }: Entry): number => Date.parse((occurred ?? reportedAt).latest);

interface Drawn {
  readonly shown: Shown;
  readonly frame: TimeFrame;
  readonly y: number;
}

function MeasureBars({ shown: { item, rectangles: known, renewals, parts }, frame, y }: Drawn): JSX.Element {
  const { value: w } = words;
  const { value: width } = room;
  const stretches = known.map(stretchOf).map((one) => ({ ...one, to: Math.min(one.to, frame.to) }));
  const since =
    item.since === undefined
      ? ''
      : `, ${w.subject.since.toLowerCase()} ${instant(item.since, item.sinceEarliest)}`;
  const end = item.until === undefined ? undefined : Date.parse(item.until);
  return (
    <g transform={`translate(0 ${y})`}>
      <text class="name" x="0" y="16">
        {fitting(`${nameIn(item.names, item.id)} · ${stateWords(item)}${since}`, width * 0.82)}
      </text>
      <Bar name="measures" frame={frame} y={TITLE} height={BAR - 4} stretches={stretches} />
      {renewals.map((entry) => (
        <path
          key={entry.id}
          class="renewed"
          d={`M${frame.x(startOf(entry)).toFixed(1)} ${TITLE + BAR - 4}v-13l-4.500-7h9l-4.500 7`}
        />
      ))}
      {end !== undefined && end <= frame.to && (
        <path class="ends" d={`M${frame.x(end).toFixed(1)} ${TITLE - 4}v${BAR + 4}`} />
      )}
      {parts.map((part, index) => (
        <g key={`${part.kind} ${part.id}`} transform={`translate(0 ${TITLE + BAR + index * PART})`}>
          <PartBar part={part} frame={frame} />
        </g>
      ))}
      {renewals.length > 0 && (
        <text class="tick end" x={width} y="16">
          {width > 700 ? w.figure.renewed(renewals.length) : ''}
        </text>
      )}
    </g>
  );
}

/** A thin bar under its words. In the left half the words begin where the bar begins; in the right half they end where the bar ends. */
function PartBar({ part, frame }: { readonly part: Part; readonly frame: TimeFrame }): JSX.Element {
  const { value: w } = words;
  const { value: width } = room;
  const [left, right] = [frame.x(part.from), frame.x(part.to)];
  const text = `${w.figure[part.kind]}: ${part.text} · ${stateWords(part)}`;
  const isLeft = left < width / 2;
  return (
    <>
      <text class={`tick${isLeft ? '' : ' end'}`} x={isLeft ? left : Math.max(right, left + 6)} y="12">
        {fitting(text, isLeft ? width - left : right)}
      </text>
      <rect
        class={`stretch ${part.certain ? toneOf(part.status) : 'vague'}`}
        {...(!part.certain && { fill: 'url(#measures-unknown)' })}
        x={left.toFixed(1)}
        y="16"
        width={Math.max(4, right - left).toFixed(1)}
        height="6"
        rx="2"
      />
    </>
  );
}

function rowsOf({ item, rectangles: known, renewals, parts }: Shown): TableField[][] {
  const { value: w } = words;
  const name = nameIn(item.names, item.id);
  const text = (at: number): string | undefined =>
    Number.isFinite(at) ? new Date(at).toISOString() : undefined;
  return [
    ...known.map((rectangle) => [
      said(name, rectangle.because[0]),
      said(''),
      said(stateWords(rectangle)),
      when(text(rectangle.validFrom)),
      when(text(rectangle.validTo)),
    ]),
    ...renewals.map((entry) => [
      said(name, entry.id),
      said(w.figure.renewal),
      said(''),
      when((entry.occurred ?? entry.reportedAt).latest, entry.occurred?.earliest),
      when(entry.until?.latest.startsWith('9999') ? undefined : entry.until?.latest),
    ]),
    ...parts.map((part) => [
      said(name, part.event),
      said(`${w.figure[part.kind]}: ${part.text}`),
      said(part.certain ? stateName(part.status) : w.uncertain),
      when(text(part.from)),
      when(text(part.to)),
    ]),
  ];
}
