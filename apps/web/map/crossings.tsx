import { computed, signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Crossing } from '../api.js';
import { knownNow } from '../crossings.js';
import { passing } from '../filters.js';
import { DIFFERS, knownWords, Shape, statusWords } from '../marks.js';
import { selected } from '../state.js';
import { nameIn } from '../words/index.js';
import { Card } from './card.js';
import { placed, type Box, type Side } from './labels.js';
import { framing, onScreen, size, type Framing } from './view-box.js';

/** The id of the crossing that the pointer or the focus is on. */
const pointed = signal<string | undefined>(undefined);

type Located = Crossing & { readonly location: NonNullable<Crossing['location']> };

export const located = computed(() =>
  passing.value.filter((item): item is Located => item.location !== undefined),
);
export const coordinatesOf = ({ location }: Located): [number, number] => location.coordinates;

const LABELLED_UNDER = 11;

/** The part of the map that its buttons cover. */
const toolsIn = (width: number): Box =>
  document.documentElement.dir === 'rtl' ? [0, 0, 46, 146] : [width - 46, 0, width, 146];

export function Crossings({ at }: { readonly at: Framing }): JSX.Element {
  const [width, height] = size.value;
  const points = located.value
    .map((item) => ({ item, at: onScreen(coordinatesOf(item), at) }))
    .filter(({ at: [x, y] }) => x > -20 && y > -20 && x < width + 20 && y < height + 20);
  const sides =
    at.scale > LABELLED_UNDER
      ? new Map<string, Side>()
      : placed(
          points.map(({ item, at: [x, y] }) => ({
            id: item.id,
            x,
            y,
            width: 6.6 * nameIn(item.names, item.id).length,
          })),
          width,
          [toolsIn(width)],
        );
  const first = (points.find(({ item }) => item.id === selected.value?.id) ?? points[0])?.item.id;
  return (
    <g class="marks">
      {points.map(({ item, at: [x, y] }) => (
        <CrossingButton
          key={item.id}
          item={item}
          x={x}
          y={y}
          side={sides.get(item.id)}
          isFirst={item.id === first}
        />
      ))}
    </g>
  );
}

interface MarkPlace {
  readonly item: Located;
  readonly x: number;
  readonly y: number;
  readonly side: Side | undefined;
  /** Whether the mark is the mark that the Tab key reaches. */
  readonly isFirst: boolean;
}

const OFFSETS: Record<Side, readonly [number, number, string]> = {
  right: [12, 4, 'start'],
  left: [-12, 4, 'end'],
  above: [0, -13, 'middle'],
  below: [0, 22, 'middle'],
};

function CrossingButton({ item, x, y, side, isFirst }: MarkPlace): JSX.Element {
  const name = nameIn(item.names, item.id);
  const now = knownNow.value.get(item.id);
  const isSelected = selected.value?.id === item.id;
  const choose = (): void => {
    selected.value = isSelected ? undefined : { view: 'crossings', id: item.id };
  };
  const [dx, dy, anchor] = OFFSETS[side ?? 'right'];
  return (
    <g
      class={`spot${isSelected ? ' selected' : ''}`}
      data-id={item.id}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
      role="button"
      tabIndex={isFirst ? 0 : -1}
      aria-pressed={isSelected}
      aria-label={`${name}: ${statusWords(item)}${now ? `; ${knownWords(now)}` : ''}`}
      onClick={choose}
      onKeyDown={(press) => {
        if (press.key === 'Enter' || press.key === ' ') choose();
        else if (!goOn(press, x, y)) return;
        press.preventDefault();
      }}
      onPointerEnter={() => (pointed.value = item.id)}
      onPointerLeave={() => (pointed.value = undefined)}
      onFocus={() => (pointed.value = item.id)}
      onBlur={() => (pointed.value = undefined)}
    >
      <circle class="target" r="14" />
      <Shape {...item} />
      {now && <path class="differs" d={DIFFERS} />}
      {(side !== undefined || isSelected) && (
        <text x={dx} y={dy} text-anchor={anchor}>
          {name}
        </text>
      )}
    </g>
  );
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Moves the focus to the nearest mark in the direction of the key. Returns whether the key is an arrow key. */
function goOn({ key, currentTarget }: KeyboardEvent, x: number, y: number): boolean {
  const direction = DIRECTIONS[key];
  const { value: at } = framing;
  if (!direction || !at) return false;
  const others = located.value.map((item) => {
    const [ox, oy] = onScreen(coordinatesOf(item), at);
    const along = (ox - x) * direction[0] + (oy - y) * direction[1];
    const across = Math.abs((ox - x) * direction[1]) + Math.abs((oy - y) * direction[0]);
    return { id: item.id, along, cost: along + 2 * across };
  });
  const next = others.filter(({ along }) => along > 0.5).sort((a, b) => a.cost - b.cost)[0];
  const marks = (currentTarget as Element).parentElement?.querySelectorAll<SVGGElement>('.spot');
  for (const mark of marks ?? []) if (mark.dataset['id'] === next?.id) mark.focus();
  return true;
}

export function Pointed({ at }: { readonly at: Framing }): JSX.Element | null {
  const item = located.value.find(({ id }) => id === pointed.value);
  if (!item) return null;
  const [x, y] = onScreen(coordinatesOf(item), at);
  return <Card item={item} x={x} y={y} />;
}
