import { frame, framing, HOME, move, size, zoom } from './view-box.js';

export function watchSize(box: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    const isFirst = size.peek()[0] === 0;
    size.value = [box.clientWidth, box.clientHeight];
    if (isFirst || !framing.peek()) frame(HOME, 0.05);
  });
  observer.observe(box);
  return () => observer.disconnect();
}

/** The wheel zooms, a drag moves the map. On touch, two fingers do both, so that one finger scrolls the page. */
export function watchPointer(box: HTMLElement): () => void {
  const wheel = (turned: WheelEvent): void => {
    turned.preventDefault();
    const { left, top } = box.getBoundingClientRect();
    zoom(Math.exp(turned.deltaY * 0.0015), [turned.clientX - left, turned.clientY - top]);
  };
  const held = new Map<number, readonly [number, number]>();
  const down = (press: PointerEvent): void => {
    if ((press.target as Element).closest('button, .spot, .feature, .legend') !== null) return;
    held.set(press.pointerId, [press.clientX, press.clientY]);
    box.setPointerCapture(press.pointerId);
  };
  const drag = (moved: PointerEvent): void => {
    const before = held.get(moved.pointerId);
    const { value: at } = framing;
    if (!before || !at) return;
    const here = [moved.clientX, moved.clientY] as const;
    const other = [...held].find(([id]) => id !== moved.pointerId)?.[1];
    held.set(moved.pointerId, here);
    if (other) {
      const apart = (point: readonly [number, number]): number =>
        Math.hypot(point[0] - other[0], point[1] - other[1]);
      const { left, top } = box.getBoundingClientRect();
      zoom(apart(before) / Math.max(1, apart(here)), [
        (here[0] + other[0]) / 2 - left,
        (here[1] + other[1]) / 2 - top,
      ]);
    } else if (moved.pointerType !== 'touch') {
      move({ ...at, x: at.x - (here[0] - before[0]) * at.scale, y: at.y - (here[1] - before[1]) * at.scale });
    }
  };
  const up = (press: PointerEvent): void => void held.delete(press.pointerId);
  box.addEventListener('wheel', wheel, { passive: false });
  box.addEventListener('pointerdown', down);
  box.addEventListener('pointermove', drag);
  box.addEventListener('pointerup', up);
  box.addEventListener('pointercancel', up);
  return () => {
    box.removeEventListener('wheel', wheel);
    box.removeEventListener('pointerdown', down);
    box.removeEventListener('pointermove', drag);
    box.removeEventListener('pointerup', up);
    box.removeEventListener('pointercancel', up);
  };
}
