import type { JSX } from 'preact';
import type { CrossingState } from '../api.js';
import { stateName, stateWords, type Rectangle } from '../rectangles.js';
import { toneOf } from '../tones.js';
import { words } from '../words/index.js';
import { CHARACTER } from './text.js';
import type { TimeFrame } from './time-frame.js';

/** A stretch of a bar: one status. */
export interface Stretch {
  /** The start of the stretch, in milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly tone: CrossingState;
  /** The status may hold, or may hold for a part of the stretch only. */
  readonly isVague?: boolean;
  readonly text?: string;
}

export const stretchOf = (rectangle: Rectangle): Stretch => ({
  from: rectangle.validFrom,
  to: rectangle.validTo,
  tone: toneOf(
    rectangle.certain ? rectangle.status : (rectangle.possible.find((one) => one !== 'unknown') ?? 'unknown'),
  ),
  isVague: !rectangle.certain,
  text: rectangle.certain ? stateName(rectangle.status) : stateWords(rectangle),
});

/** The hatch patterns of a picture. Their ids begin with the name of the picture. */
export const Hatching = ({ name }: { readonly name: string }): JSX.Element => (
  <defs>
    {(['open', 'restricted', 'closed', 'unknown'] as const).map((tone) => (
      <pattern
        key={tone}
        id={`${name}-${tone}`}
        width="7"
        height="7"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect class="ground" width="7" height="7" />
        <rect class={`stripe ${tone}`} width="4" height="7" />
      </pattern>
    ))}
  </defs>
);

interface Barred {
  readonly name: string;
  readonly frame: TimeFrame;
  readonly y: number;
  readonly height: number;
  readonly stretches: readonly Stretch[];
}

/** A bar of stretches, one after the other. A stretch shows its text where it has room for the text. */
export function Bar({ name, frame, y, height, stretches }: Barred): JSX.Element {
  return (
    <g class="answers">
      {stretches.map(({ from, to, tone, isVague = false, text = '' }) => {
        const [left, right] = [frame.x(from), frame.x(to)];
        if (right - left < 0.5) return null;
        const width = Math.max(2, right - left - 1);
        return (
          <g key={from} class={tone}>
            <rect
              class={`stretch ${isVague ? 'vague' : tone}`}
              {...(isVague && { fill: `url(#${name}-${tone})` })}
              x={left.toFixed(1)}
              y={y}
              width={width.toFixed(1)}
              height={height}
              rx="3"
            />
            {!isVague && height > 14 && width > text.length * (CHARACTER + 0.6) + 8 && (
              <text x={((left + right) / 2).toFixed(1)} y={y + height / 2 + 4.5}>
                {text}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

/** The legend of a picture: the meaning of its colours and hatches, in a line under its top edge. */
export function Key({
  name,
  tones,
  y,
}: {
  readonly name: string;
  readonly tones: readonly (readonly [tone: CrossingState | 'vague', text: string])[];
  readonly y: number;
}): JSX.Element {
  let x = 0;
  return (
    <g>
      {tones.map(([tone, text]) => {
        const at = x;
        x += 34 + text.length * CHARACTER;
        return (
          <g key={tone} transform={`translate(${at} ${y})`}>
            <rect
              class={`stretch ${tone}`}
              {...(tone === 'vague' && { fill: `url(#${name}-unknown)` })}
              width="13"
              height="13"
              rx="3"
            />
            <text class="tick" x="19" y="10.5">
              {text}
            </text>
          </g>
        );
      })}
    </g>
  );
}

export const vagueKey = (): readonly ['vague', string] => ['vague', words.value.uncertain];
