import { signal } from '@preact/signals';

/** The width of the pictures in pixels. Their text has the same size on every screen. */
export const room = signal(900);

const WIDEST = 1200;
const MARGINS = 36;

/** Keeps `room` as wide as the element. Returns a function that stops this. */
export function watchRoom(element: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    room.value = Math.max(280, Math.min(WIDEST, element.clientWidth - MARGINS));
  });
  observer.observe(element);
  return () => observer.disconnect();
}
