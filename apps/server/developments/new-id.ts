import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES = 16;
const POOL = Buffer.alloc(256 * BYTES);
let used = POOL.length;

/** A new UUID, version 7 (RFC 9562 §5.7). The random bytes are drawn for many at once, which is most of the cost. */
export function newId(): string {
  if (used === POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  const random = POOL.subarray(used, used + BYTES);
  used += BYTES;
  return v7({ random });
}
