import { half, isOdd } from './subtree.js';

export type Side = 'left' | 'right';

/**
 * The side of each of `count` siblings on the way to the root, from node `fn` of a level whose last node is `sn`:
 * the loop that RFC 9162 §2.1.3.2 and §2.1.4.2 share. Undefined where the way is not `count` siblings long.
 */
export function sidesOf(fn: number, sn: number, count: number): readonly Side[] | undefined {
  const sides: Side[] = [];
  while (sides.length < count) {
    if (sn === 0) return undefined;
    if (isOdd(fn) || fn === sn) {
      sides.push('left');
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      sides.push('right');
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 ? sides : undefined;
}
