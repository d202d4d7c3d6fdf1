import type { JSX } from 'preact';
import type { StateOfAll } from '../api.js';
import { everything } from '../data.js';
import { dayAt, instantOf, shifted } from '../days.js';
import { countWords } from '../values.js';
import { zone } from '../state.js';
import { clockTime, dayRange, instant, nameIn, shortDay, words, zoneName } from '../words/index.js';
import { Bar, Hatching, Key, vagueKey, type Stretch } from './bars.js';
import { Figure } from './figure.js';
import { room } from './room.js';
import { said, when, type TableField } from './tabled.js';
import { fitting } from './text.js';
import type { TimeFrame } from './time-frame.js';
import { toneOf } from '../tones.js';

type AreaItem = StateOfAll['airspace'][number];
type DisruptionEntry = AreaItem['disruptions'][number];
type IncursionEntry = AreaItem['incursions'][number];

/** A night at a place, from 16:00 of its first day; or a longer time where the night is not known. */
interface Night {
  readonly id: string;
  readonly place: string;
  readonly from: string;
  readonly to: string;
  readonly disruptions: readonly DisruptionEntry[];
  readonly incursions: readonly IncursionEntry[];
}

const [TOP, ROW] = [44, 44];
const HOUR = 3_600_000;
/** A night is drawn from 16:00 to 10:00. */
const [BEGINS, HOURS] = [16, 18];

/** The objects that flew in each night, and how long an airport was closed because of them. */
export function Nights(): JSX.Element | null {
  const { value: w } = words;
  const nights = (everything.value?.airspace ?? [])
    .flatMap(nightsOf)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  if (nights.length === 0) return null;
  const { value: width } = room;
  const height = TOP + nights.length * ROW;
  const x = (hour: number): number => ((hour - BEGINS) / HOURS) * width;
  const every = width < 560 ? 4 : 2;
  return (
    <Figure
      name="nights"
      alt={w.figure.nights(nights.length, zoneName(zone.value))}
      height={height}
      table={{
        columns: [
          w.figure.night,
          w.figure.place,
          w.figure.seen,
          w.plane.validFrom,
          w.plane.validTo,
          w.figure.flights,
        ],
        rows: nights.flatMap(rowsOfNight),
      }}
    >
      <Hatching name="nights" />
      <Key
        name="nights"
        y={0}
        tones={[['closed', w.figure.airportClosed], ['restricted', w.states['delays']!], vagueKey()]}
      />
      {Array.from({ length: HOURS / every + 1 }, (_, index) => BEGINS + index * every).map((hour) => (
        <g key={hour} transform={`translate(${x(hour).toFixed(1)} 0)`}>
          <path class={`grid${hour === 24 ? ' year' : ''}`} d={`M0 ${TOP - 10}V${height}`} />
          <text
            class={`tick${hour === BEGINS ? '' : hour === BEGINS + HOURS ? ' end' : ' middle'}`}
            x="0"
            y={TOP - 14}
          >
            {`${hour % 24}:00`}
          </text>
        </g>
      ))}
      {nights.map((night, index) => (
        <NightBars key={night.id} night={night} y={TOP + index * ROW} />
      ))}
    </Figure>
  );
}

/** The first day of the night to which an instant belongs. A night lasts until noon. */
const nightOf = (at: string): string => dayAt(Date.parse(at) - 12 * HOUR, zone.value);

function nightsOf({ id, names, disruptions, incursions }: AreaItem): Night[] {
  const found = new Map<
    string,
    { from: string; to: string; disruptions: DisruptionEntry[]; incursions: IncursionEntry[] }
  >();
  const of = (from: string, to: string) => {
    const key = `${from}/${to}`;
    const night = found.get(key) ?? { from, to, disruptions: [], incursions: [] };
    found.set(key, night);
    return night;
  };
  for (const one of disruptions) {
    const night = nightOf(one.at);
    of(night, shifted(night, 1)).disruptions.push(one);
  }
  for (const one of incursions) {
    const to = dayAt(one.at, zone.value);
    if (one.atEarliest === undefined) of(nightOf(one.at), to).incursions.push(one);
    else of(isOpen(one) ? to : dayAt(one.atEarliest, zone.value), to).incursions.push(one);
  }
  return [...found].map(([key, night]) => ({ id: `${id} ${key}`, place: nameIn(names, id), ...night }));
}

/** Whether the report says only that the object was seen at some time before. */
const isOpen = ({ atEarliest }: IncursionEntry): boolean => atEarliest?.startsWith('0001') === true;

const nightText = ({ from, to, incursions }: Night): string =>
  incursions.some(isOpen) ? words.value.figure.byThen(shortDay(to)) : dayRange(from, to);

const seenText = ({ object, count }: IncursionEntry): string =>
  count === undefined ? object : `${countWords(count)} × ${object}`;

function effectText({ flights, passengers }: DisruptionEntry): string {
  const { value: w } = words;
  return [
    flights && `${countWords(flights)} ${w.figure.flightsUnit}`,
    passengers && `${countWords(passengers)} ${w.figure.passengersUnit}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function rowsOfNight(night: Night): TableField[][] {
  const { from, to, place, disruptions, incursions } = night;
  const days: TableField = { text: nightText(night), value: `${from}/${to}` };
  return [
    ...incursions.map((one) => [
      days,
      said(place, one.because[0]),
      said(seenText(one)),
      when(one.at, isOpen(one) ? undefined : one.atEarliest),
      said(''),
      said(''),
    ]),
    ...disruptions.map((one) => [
      days,
      said(place, one.because[0]),
      said(one.reason),
      when(one.at, one.atEarliest),
      when(one.until, one.untilEarliest),
      said(effectText(one)),
    ]),
  ];
}

function NightBars({ night, y }: { readonly night: Night; readonly y: number }): JSX.Element {
  const { value: width } = room;
  const start = instantOf(shifted(night.from, -1), zone.value) + 1 + BEGINS * HOUR;
  const end = start + HOURS * HOUR;
  const frame: TimeFrame = {
    from: start,
    to: end,
    x: (at) => Math.min(1, Math.max(0, (at - start) / (end - start))) * width,
  };
  const { disruptions, incursions } = night;
  const texts = [
    nightText(night),
    ...disruptions.map(
      (one) =>
        `${clockTime(Date.parse(one.at))}–${one.until === undefined ? '?' : one.untilEarliest === undefined ? clockTime(Date.parse(one.until)) : instant(one.until, one.untilEarliest)}`,
    ),
    ...disruptions.map(effectText),
    ...incursions.map(seenText),
    night.place,
  ].filter((text) => text !== '');
  return (
    <g transform={`translate(0 ${y})`}>
      <text class="tick strong" x="0" y="12">
        {fitting(texts.join(' · '), width)}
      </text>
      <path class="grid" d={`M0 26H${width}`} />
      <Bar name="nights" frame={frame} y={18} height={15} stretches={disruptions.flatMap(stretchesOf)} />
    </g>
  );
}

/** Between the latest start and the earliest end the disruption is certain; before and after it is possible. */
function stretchesOf({ at, atEarliest, until, untilEarliest, effect }: DisruptionEntry): Stretch[] {
  const tone = toneOf(effect);
  const [first, sure] = [Date.parse(atEarliest ?? at), Date.parse(at)];
  const end = until === undefined ? Infinity : Date.parse(until);
  const surely = untilEarliest === undefined ? (until === undefined ? sure : end) : Date.parse(untilEarliest);
  return [
    { from: first, to: Math.min(sure, end), tone, isVague: true },
    { from: sure, to: Math.max(sure, surely), tone },
    { from: Math.max(sure, surely), to: end, tone, isVague: true },
  ].filter(({ from, to }) => to > from);
}
