import type { JSX } from 'preact';
import type { StateOfAll } from '../api.js';
import { everything } from '../data.js';
import { nameOf } from '../events.js';
import { asOfInstant } from '../planes.js';
import { view } from '../state.js';
import { knownAtCut, stateWords, rectanglesOf } from '../rectangles.js';
import { instant, nameIn, words } from '../words/index.js';
import { Bar, Hatching, Key, stretchOf, vagueKey } from './bars.js';
import { Figure } from './figure.js';
import { room } from './room.js';
import { said, when } from './tabled.js';
import { fitting } from './text.js';
import { At, frameOf, Ticks, type TimeFrame } from './time-frame.js';
import { MS_PER_DAY } from '../days.js';

const rectangles = rectanglesOf(() => (view.value === 'charts' ? 'warnings' : undefined));

type WarningItem = StateOfAll['warnings'][number];

const [TOP, ROW, AXIS] = [30, 96, 22];

/** Warnings from the day on which they were issued, with their deadlines and outcomes. */
export function Warnings(): JSX.Element | null {
  const { value: w } = words;
  const items = everything.value?.warnings ?? [];
  if (items.length === 0) return null;
  const last = Math.max(...items.flatMap(instantsOf));
  // A cut long after the last warning would leave no room for the warnings.
  const reach = Math.min(asOfInstant.value, last + 30 * MS_PER_DAY);
  const frame = frameOf([reach, ...items.flatMap(instantsOf)]);
  const height = TOP + items.length * ROW + AXIS;
  return (
    <Figure
      name="warnings"
      alt={w.figure.warnings(items.length)}
      height={height}
      table={{
        columns: [
          w.figure.warning,
          w.table.status,
          w.figure.issued,
          w.figure.deadline,
          w.figure.deadlineSaid,
          w.table.since,
          w.figure.issuer,
          w.figure.threat,
        ],
        rows: items.map((item) => [
          said(nameIn(item.names, item.id), item.because[0]),
          said(stateWords(item)),
          when(item.issuedAt, item.issuedAtEarliest),
          when(item.deadline, item.deadlineEarliest),
          said(item.deadlineText),
          when(item.since, item.sinceEarliest),
          said(item.issuer === undefined ? '' : nameOf(item.issuer)),
          said([item.threat, item.demand, item.condition].filter(Boolean).join(' · ')),
        ]),
      }}
    >
      <Hatching name="warnings" />
      <Key
        name="warnings"
        y={0}
        tones={
          [
            ['restricted', w.states['pending']!],
            ['open', `${w.states['met']!}, ${w.states['withdrawn']!}`],
            ['unknown', w.states['lapsed']!],
            ['closed', w.states['carriedOut']!],
            vagueKey(),
          ].slice(0, room.value < 560 ? 3 : 5) as Parameters<typeof Key>[0]['tones']
        }
      />
      <Ticks frame={frame} height={height} />
      {items.map((item, index) => (
        <WarningBar key={item.id} item={item} frame={frame} y={TOP + index * ROW} />
      ))}
      <At frame={frame} height={height} />
    </Figure>
  );
}

const instantsOf = (item: WarningItem): number[] =>
  [item.issuedAtEarliest, item.issuedAt, item.deadlineEarliest, item.deadline, item.since].flatMap((one) =>
    one === undefined || one.startsWith('0001') ? [] : [Date.parse(one)],
  );

interface Drawn {
  readonly item: WarningItem;
  readonly frame: TimeFrame;
  readonly y: number;
}

function WarningBar({ item, frame, y }: Drawn): JSX.Element {
  const { value: w } = words;
  const { value: width } = room;
  const { issuer, addressees = [], threat, deadline, deadlineEarliest, deadlineText } = item;
  const stretches = knownAtCut(rectangles.value?.get(item.id))
    .map(stretchOf)
    .map((one) => ({ ...one, to: Math.min(one.to, frame.to) }));
  const parties = `${issuer === undefined ? '' : nameOf(issuer)} → ${addressees.map(nameOf).join(', ')}`;
  return (
    <g transform={`translate(0 ${y})`}>
      <text class="name" x="0" y="16">
        {fitting(`${nameIn(item.names, item.id)} · ${stateWords(item)}`, width * 0.82)}
      </text>
      <text class="tick" x="0" y="33">
        {fitting(`${parties}: ${threat ?? ''}`, width)}
      </text>
      <Bar name="warnings" frame={frame} y={42} height={18} stretches={stretches} />
      {deadline === undefined ? (
        <text class="tick" x="0" y="76">
          {w.figure.noDeadline}
        </text>
      ) : (
        <DeadlineMark
          from={frame.x(Date.parse(deadlineEarliest ?? deadline))}
          to={frame.x(Date.parse(deadline))}
          text={`${w.figure.deadline}: ${instant(deadline, deadlineEarliest)}${deadlineText === undefined ? '' : ` (“${deadlineText}”)`}`}
        />
      )}
    </g>
  );
}

/** A bracket under the bar. The deadline is at some instant within the bracket. */
function DeadlineMark({
  from,
  to,
  text,
}: {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}): JSX.Element {
  const { value: width } = room;
  const isLeft = from < width / 2;
  return (
    <>
      <path class="deadline" d={`M${from} 60v6H${Math.max(from + 1, to)}v-6`} />
      <text class={`tick${isLeft ? '' : ' end'}`} x={isLeft ? from : to} y="80">
        {fitting(text, isLeft ? width - from : to)}
      </text>
    </>
  );
}
