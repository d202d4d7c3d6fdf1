import { describe, expect, it } from '@jest/globals';
import { Gate, systemRuntime } from './index.js';

const gateAt = (value: number): Gate => new Gate(systemRuntime, value);

describe('a gate', () => {
  it('lets a caller through if it has the value', async () => {
    expect(await gateAt(3).reached(3, { timeout: 0 })).toBe(true);
  });

  it('lets waiting callers through as soon as it has their value, and no others', async () => {
    const gate = gateAt(0);
    const three = gate.reached(3, { timeout: 60_000 });
    const four = gate.reached(4, { timeout: 20 });
    gate.advance(3);
    expect(await three).toBe(true);
    expect(await four).toBe(false);
  });

  it('makes nobody wait longer than the timeout', async () => {
    expect(await gateAt(0).reached(1, { timeout: 5 })).toBe(false);
  });

  it('makes nobody wait after its signal is aborted', async () => {
    const gone = new AbortController();
    const waiting = gateAt(0).reached(1, { timeout: 60_000, signal: gone.signal });
    gone.abort();
    expect(await waiting).toBe(false);
    expect(await gateAt(0).reached(1, { timeout: 60_000, signal: gone.signal })).toBe(false);
  });

  it('makes nobody wait once it is closed', async () => {
    const gate = gateAt(0);
    const waiting = gate.reached(1, { timeout: 60_000 });
    gate.close();
    expect(await waiting).toBe(false);
    expect(await gate.reached(1, { timeout: 60_000 })).toBe(false);
  });

  it('lets very many callers through in several turns of the thread, in the order of their calls', async () => {
    const gate = gateAt(0);
    const order: number[] = [];
    const all = Array.from({ length: 1_000 }, async (_, n) => {
      await gate.reached(1, { timeout: 60_000 });
      order.push(n);
    });
    gate.advance(1);
    let most = 0;
    for (let before = 0; order.length < all.length; before = order.length) {
      await systemRuntime.turn();
      most = Math.max(most, order.length - before);
    }
    expect(most).toBeLessThanOrEqual(250);
    expect(order).toEqual([...all.keys()]);
  });

  it('lets callers through that came while others are let through', async () => {
    const gate = gateAt(0);
    const first = Array.from({ length: 300 }, () => gate.reached(1, { timeout: 60_000 }));
    const later = gate.reached(2, { timeout: 60_000 });
    gate.advance(1);
    gate.advance(2);
    expect(await later).toBe(true);
    expect(await Promise.all(first)).not.toContain(false);
  });

  it('may fall, and new callers then wait until it rises again', async () => {
    const gate = gateAt(9);
    gate.advance(2);
    const waiting = gate.reached(5, { timeout: 60_000 });
    gate.advance(5);
    expect(await waiting).toBe(true);
  });

  it('rejects waiting callers when it fails, and no later callers', async () => {
    const gate = gateAt(0);
    const waiting = gate.reached(1, { timeout: 60_000 });
    gate.fail(new Error('unreadable'));
    await expect(waiting).rejects.toThrow('unreadable');
    const later = gate.reached(1, { timeout: 60_000 });
    gate.advance(1);
    expect(await later).toBe(true);
  });
});
