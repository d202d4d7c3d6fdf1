import { signal } from '@preact/signals';
import type { Entry } from '../api.js';
import type { Rectangle } from '../rectangles.js';
import type { AxisScale } from './scale.js';

export interface Picture {
  readonly cells: readonly Rectangle[];
  /** Corrections of reports about the subject, by the instant at which they became public. */
  readonly corrections: ReadonlyMap<number, Entry>;
  readonly scales: { readonly valid: AxisScale; readonly known: AxisScale };
  readonly goTo: (valid: number, known: number) => void;
}

/** The size of the plane in pixels. */
export const planeSize = signal<readonly [number, number]>([0, 0]);
export const LEFT = 92;
export const BOTTOM = 44;
export const TOP = 12;
export const RIGHT = 14;

/** The picture with the places of instants in pixels. */
export interface Frame extends Picture {
  readonly x: (instant: number) => number;
  readonly y: (instant: number) => number;
}
