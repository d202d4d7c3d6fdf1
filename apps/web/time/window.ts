import { computed, signal } from '@preact/signals';
import { eventList } from '../events.js';
import { asOfDay, knownDay, today, zone } from '../state.js';
import { dayAt, dayOfNumber, numberOfDay } from '../days.js';
import type { Entry } from '../api.js';

/** The first and last day of both sliders, as numbers. The sliders have the same span, so a day has the same place on both. */
export interface DayWindow {
  readonly from: number;
  readonly to: number;
}

const chosen = signal<DayWindow | undefined>(undefined);

/** The days before and after today that are shown at first. */
const BEFORE = 520;
const BEHIND = 45;
export const LEAST_DAYS = 28;
const MOST_DAYS = 9_000;

export const dayWindow = computed<DayWindow>(() => {
  const now = numberOfDay(today.value);
  const { from, to } = chosen.value ?? { from: now - BEFORE, to: now + BEHIND };
  // The days of the two times are always inside.
  const days = [asOfDay.value, ...(knownDay.value === undefined ? [] : [knownDay.value])].map(numberOfDay);
  const first = Math.min(...days);
  const last = Math.max(...days);
  if (first >= from && last <= to) return { from, to };
  const length = Math.max(to - from, Math.round((last - first) * 1.1));
  return first < from
    ? { from: first - Math.round(length * 0.15), to: Math.max(last, first + Math.round(length * 0.85)) }
    : { from: last - Math.round(length * 0.85), to: last + Math.round(length * 0.15) };
});

/** Makes the window longer (`by` over 1) or shorter, around the first time of the page. */
export function stretch(by: number): void {
  const { from, to } = dayWindow.value;
  const middle = numberOfDay(asOfDay.value);
  const length = Math.min(MOST_DAYS, Math.max(LEAST_DAYS, Math.round((to - from) * by)));
  const before = Math.round(((middle - from) / (to - from)) * length);
  chosen.value = { from: middle - before, to: middle - before + length };
}

/** Moves the window by a part of its length. */
export function pan(by: number): void {
  const { from, to } = dayWindow.value;
  const days = Math.round((to - from) * by);
  chosen.value = { from: from + days, to: to + days };
}

/** The number of events on a day of an axis. */
export interface DayCount {
  readonly day: number;
  count: number;
  corrections: number;
}

/** A time of an event that is vaguer than a day. */
export interface VagueDays {
  readonly from: number;
  readonly to: number;
}

export interface Density {
  readonly days: readonly DayCount[];
  readonly vague: readonly VagueDays[];
}

const isCorrection = ({ type }: Entry): boolean => type.startsWith('record.');

interface Range {
  readonly earliest: string;
  readonly latest: string;
}

function density(rangesOf: (entry: Entry) => readonly (Range | undefined)[]): Density {
  const days = new Map<number, DayCount>();
  const vague: VagueDays[] = [];
  for (const entry of eventList.value) {
    if (entry.type === 'subject.registered') continue;
    for (const range of rangesOf(entry)) {
      if (range === undefined || range.latest.startsWith('9999')) continue;
      const to = numberOfDay(dayAt(range.latest, zone.value));
      const from = range.earliest.startsWith('0001') ? to : numberOfDay(dayAt(range.earliest, zone.value));
      if (to - from > 1) vague.push({ from, to });
      const at = days.get(to) ?? { day: to, count: 0, corrections: 0 };
      at.count += 1;
      if (isCorrection(entry)) at.corrections += 1;
      days.set(to, at);
    }
  }
  return { days: [...days.values()].sort((a, b) => a.day - b.day), vague };
}

/** The events of each day on the valid axis: starts and ends. */
export const happened = computed(() => density(({ occurred, until }) => [occurred, until]));
/** The events of each day on the reported axis. */
export const reported = computed(() => density(({ reportedAt }) => [reportedAt]));

/** The nearest of some ordered days after (`by` 1) or before (−1) a day; undefined where there is no such day. */
export function nextIn(days: readonly number[], from: string, by: 1 | -1): string | undefined {
  const at = numberOfDay(from);
  const found = by === 1 ? days.find((day) => day > at) : days.findLast((day) => day < at);
  return found === undefined ? undefined : dayOfNumber(found);
}
