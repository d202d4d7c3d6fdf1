import { signal } from '@preact/signals';
import { numberOfDay, shifted } from '../days.js';
import { asOfDay, goTo, today } from '../state.js';
import { changeDays } from '../planes.js';
import { nextIn, dayWindow } from './window.js';

/** The speeds in days a second. The speed 0 goes from change to change. */
export const SPEEDS = [1, 7, 30, 0] as const;
export const speed = signal<(typeof SPEEDS)[number]>(7);
export const isPlaying = signal(false);

/** The time of a step from change to change, in milliseconds. */
const EVENT_MS = 900;

let timer: ReturnType<typeof setTimeout> | undefined;

export function pause(): void {
  clearTimeout(timer);
  isPlaying.value = false;
}

/** Plays until the end of the window, including its last day, or pauses. The play stops when the page is hidden. */
export function play(): void {
  if (isPlaying.value) {
    pause();
    return;
  }
  if (numberOfDay(asOfDay.value) >= lastDay()) goTo(shifted(asOfDay.value, -90));
  isPlaying.value = true;
  step();
}

const lastDay = (): number => Math.min(dayWindow.value.to, numberOfDay(today.value));

function step(): void {
  timer = setTimeout(
    () => {
      const next = speed.value === 0 ? nextIn(changeDays.value, asOfDay.value, 1) : shifted(asOfDay.value, 1);
      if (next === undefined || numberOfDay(next) > lastDay() || document.hidden) {
        pause();
        return;
      }
      goTo(next);
      step();
    },
    speed.value === 0 ? EVENT_MS : 1000 / speed.value,
  );
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) pause();
});
