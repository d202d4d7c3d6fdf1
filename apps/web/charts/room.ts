import { signal } from '@preact/signals';

/** The width that pictures are drawn at, in pixels: their text keeps its size on every screen. */
export const room = signal(900);

const WIDEST = 1200;
const MARGINS = 36;

/** Keeps `room` as wide as the element leaves. Answers what stops it. */
export function watchRoom(element: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    room.value = Math.max(280, Math.min(WIDEST, element.clientWidth - MARGINS));
  });
  observer.observe(element);
  return () => observer.disconnect();
}
