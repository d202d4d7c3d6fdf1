import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { dayAt } from '../days.js';
import { asOfInstant, cellAt, knownInstant } from '../planes.js';
import { headlineOf } from '../reports.js';
import { event, now, zone } from '../state.js';
import { reportBehind, stateName, stateWords, type Rectangle } from '../rectangles.js';
import { toneOf } from '../tones.js';
import { longDay, shortDay, words } from '../words/index.js';
import { Axes, Corrected, Cross, Diagonal } from './axes.js';
import { BOTTOM, LEFT, RIGHT, TOP, planeSize, type Frame, type Picture } from './frame.js';
import type { AxisScale } from './scale.js';

/** The two instants under the pointer. */
const pointed = signal<{ readonly valid: number; readonly known: number } | undefined>(undefined);

/** The plane as rectangles, with the cut as a cross, the diagonal, and a text about the cell under the pointer. */
export function PlanePicture(picture: Picture): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const observer = new ResizeObserver(
      () => (planeSize.value = [box.current!.clientWidth, box.current!.clientHeight]),
    );
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  const [width, height] = planeSize.value;
  const { valid, known } = picture.scales;
  const across = width - LEFT - RIGHT;
  const up = height - TOP - BOTTOM;
  const frame: Frame = {
    ...picture,
    x: (instant) => LEFT + valid.at(instant) * across,
    y: (instant) => TOP + (1 - known.at(instant)) * up,
  };
  const pointAt = ({ currentTarget, clientX, clientY }: MouseEvent) => {
    const { left, top } = (currentTarget as Element).getBoundingClientRect();
    const within = (place: number): number => Math.min(0.9999, Math.max(0, place));
    return {
      valid: valid.instantAt(within((clientX - left - LEFT) / across)),
      known: known.instantAt(within(1 - (clientY - top - TOP) / up)),
    };
  };
  return (
    <>
      <div class="plane-picture" ref={box}>
        {width > 0 && picture.cells.length > 0 && (
          <svg
            width={width}
            height={height}
            role="group"
            aria-label={words.value.plane.title}
            onPointerMove={(moved) => (pointed.value = pointAt(moved))}
            onPointerLeave={() => (pointed.value = undefined)}
            onClick={(press) => {
              const { valid: at, known: by } = pointAt(press);
              picture.goTo(at, by);
            }}
          >
            <Hatches cells={picture.cells} />
            <rect class="ground" x={LEFT} y={TOP} width={across} height={up} rx="4" />
            <Cells frame={frame} />
            <Diagonal frame={frame} />
            <Axes frame={frame} />
            <Corrected frame={frame} />
            <Cross frame={frame} />
            <Answers frame={frame} />
          </svg>
        )}
      </div>
      <Readout picture={picture} />
    </>
  );
}

/** The colours of a hatch. A single colour alternates with gaps. */
const tonesOf = ({ possible }: Rectangle): string[] => {
  const tones = [...new Set(possible.map(toneOf))];
  return tones.length > 1 ? tones : [tones[0] ?? 'unknown', 'gap'];
};
const hatchId = (rectangle: Rectangle): string => `hatch-${tonesOf(rectangle).join('-')}`;

/** Hatch patterns for uncertain cells: stripes in the colours of all possible statuses. */
function Hatches({ cells }: { readonly cells: readonly Rectangle[] }): JSX.Element {
  const uncertain = new Map(cells.filter(({ certain }) => !certain).map((cell) => [hatchId(cell), cell]));
  return (
    <defs>
      {[...uncertain]
        .map(([id, rectangle]) => [id, tonesOf(rectangle)] as const)
        .map(([id, possible]) => (
          <pattern
            key={id}
            id={id}
            width={6 * possible.length}
            height="8"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            {possible.map((status, index) => (
              <rect key={status} class={status} x={6 * index} width="6" height="8" />
            ))}
          </pattern>
        ))}
    </defs>
  );
}

const dayText = (instant: number): string =>
  Number.isFinite(instant) ? shortDay(dayAt(instant, zone.value)) : words.value.plane.always;

function Cells({ frame }: { readonly frame: Frame }): JSX.Element {
  const { x, y, cells } = frame;
  const { value: w } = words;
  return (
    <g class="cells">
      {cells.map((cell, index) => {
        const [left, right] = [x(cell.validFrom), x(cell.validTo)];
        const [bottom, top] = [y(cell.knownFrom), y(cell.knownTo)];
        const [wide, high] = [Math.max(1, right - left - 1.5), Math.max(1, bottom - top - 1.5)];
        return (
          <g
            key={`${cell.knownFrom} ${cell.validFrom}`}
            class="cell"
            role="button"
            tabIndex={index === 0 ? 0 : -1}
            aria-label={w.plane.cell(
              stateWords(cell),
              dayText(cell.validFrom),
              dayText(cell.validTo),
              dayText(cell.knownFrom),
              dayText(cell.knownTo),
            )}
            data-cell={index}
            onKeyDown={(press) => onKey(press, frame, index)}
            onFocus={() => (pointed.value = middleOf(frame, cell))}
          >
            <rect
              class={`rectangle ${cell.certain ? toneOf(cell.status) : ''}${cell.claimed ? ' claimed' : ''}`}
              {...(!cell.certain && { fill: `url(#${hatchId(cell)})` })}
              x={left + 0.75}
              y={top + 0.75}
              width={wide}
              height={high}
              rx="3"
            />
          </g>
        );
      })}
    </g>
  );
}

/** The answers in the rectangles that have room for them. They are drawn after the cross, so that the cross does not cover them. */
function Answers({ frame: { x, y, cells } }: { readonly frame: Frame }): JSX.Element {
  const { value: w } = words;
  return (
    <g class="answers" aria-hidden="true">
      {cells.map((cell) => {
        const [left, right] = [x(cell.validFrom), x(cell.validTo)];
        const [bottom, top] = [y(cell.knownFrom), y(cell.knownTo)];
        const text = cell.certain ? stateName(cell.status) : w.uncertain;
        if (right - left < text.length * 7.4 || bottom - top < 16) return null;
        return (
          <text
            key={`${cell.knownFrom} ${cell.validFrom}`}
            class={cell.certain ? toneOf(cell.status) : 'unknown'}
            x={(left + right) / 2}
            y={(top + bottom) / 2 + 4.5}
          >
            {text}
          </text>
        );
      })}
    </g>
  );
}

/** The two instants in the middle of the visible part of a cell. */
function middleOf({ scales: { valid, known } }: Frame, cell: Rectangle): { valid: number; known: number } {
  const middle = (scale: AxisScale, from: number, to: number): number =>
    scale.instantAt((scale.at(from) + scale.at(to)) / 2);
  return {
    valid: middle(valid, cell.validFrom, cell.validTo),
    known: middle(known, cell.knownFrom, cell.knownTo),
  };
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** An arrow key moves the focus to the cell on that side; Enter sets the two times to the middle of the cell. */
function onKey(press: KeyboardEvent, frame: Frame, index: number): void {
  const { cells, x, y } = frame;
  const cell = cells[index]!;
  const here = middleOf(frame, cell);
  if (press.key === 'Enter' || press.key === ' ') {
    press.preventDefault();
    frame.goTo(here.valid, here.known);
    return;
  }
  const direction = DIRECTIONS[press.key];
  if (!direction) return;
  press.preventDefault();
  const [dx, dy] = direction;
  const places = cells.map((other, at) => {
    const { valid, known } = middleOf(frame, other);
    const [over, along] = [x(valid) - x(here.valid), y(known) - y(here.known)];
    const ahead = over * dx + along * dy;
    const aside = Math.abs(over * dy) + Math.abs(along * dx);
    return { at, ahead, cost: ahead + 3 * aside };
  });
  const next = places
    .filter(({ at, ahead }) => at !== index && ahead > 0.5)
    .sort((a, b) => a.cost - b.cost)[0];
  const svg = (press.currentTarget as SVGElement).ownerSVGElement;
  if (next) svg?.querySelector<SVGElement>(`[data-cell="${next.at}"]`)?.focus();
}

/** The cell at the pointer or the focus, or else at the times of the page, in words: both days, the answer, and the report that caused the answer. */
function Readout({ picture: { cells, corrections } }: { readonly picture: Picture }): JSX.Element {
  const { value: w } = words;
  const { valid, known } = pointed.value ?? {
    valid: asOfInstant.value,
    known: Math.min(knownInstant.value, now.value),
  };
  const cell = cellAt(cells, valid, known);
  const correction = cell && corrections.get(cell.knownFrom);
  const entry = correction ?? (cell && reportBehind(cell));
  return (
    <p class="readout">
      <strong class="valid-text">{longDay(dayAt(valid, zone.value))}</strong>,{' '}
      <span class="knowledge">{w.plane.asKnown(longDay(dayAt(known, zone.value)))}</span>:{' '}
      <strong>{cell ? stateWords(cell) : w.unknownMeans}</strong>
      {cell?.says !== undefined && <span> · {cell.says}</span>}
      {entry && (
        <>
          {' · '}
          {correction ? `${w.plane.corrected}: ` : ''}
          <button type="button" class="link quiet" onClick={() => (event.value = entry.id)}>
            {headlineOf(entry)}
          </button>
        </>
      )}
    </p>
  );
}
