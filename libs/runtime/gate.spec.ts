import { describe, expect, it } from '@jest/globals';
import { Gate, systemRuntime } from './index.js';

const gateAt = (value: number): Gate => new Gate(systemRuntime, value);

describe('a gate', () => {
  it('lets those through whose value it has', async () => {
    expect(await gateAt(3).reached(3, { timeout: 0 })).toBe(true);
  });

  it('lets those through who waited, as soon as it has their value, and no others', async () => {
    const gate = gateAt(0);
    const three = gate.reached(3, { timeout: 60_000 });
    const four = gate.reached(4, { timeout: 20 });
    gate.advance(3);
    expect(await three).toBe(true);
    expect(await four).toBe(false);
  });

  it('keeps nobody longer than the timeout', async () => {
    expect(await gateAt(0).reached(1, { timeout: 5 })).toBe(false);
  });

  it('keeps nobody whose signal is aborted', async () => {
    const gone = new AbortController();
    const waiting = gateAt(0).reached(1, { timeout: 60_000, signal: gone.signal });
    gone.abort();
    expect(await waiting).toBe(false);
    expect(await gateAt(0).reached(1, { timeout: 60_000, signal: gone.signal })).toBe(false);
  });

  it('keeps nobody once it is closed', async () => {
    const gate = gateAt(0);
    const waiting = gate.reached(1, { timeout: 60_000 });
    gate.close();
    expect(await waiting).toBe(false);
    expect(await gate.reached(1, { timeout: 60_000 })).toBe(false);
  });

  it('may fall, and those who wait then wait for it to rise again', async () => {
    const gate = gateAt(9);
    gate.advance(2);
    const waiting = gate.reached(5, { timeout: 60_000 });
    gate.advance(5);
    expect(await waiting).toBe(true);
  });

  it('rejects those who wait when it fails, and nobody who comes later', async () => {
    const gate = gateAt(0);
    const waiting = gate.reached(1, { timeout: 60_000 });
    gate.fail(new Error('unreadable'));
    await expect(waiting).rejects.toThrow('unreadable');
    const later = gate.reached(1, { timeout: 60_000 });
    gate.advance(1);
    expect(await later).toBe(true);
  });
});
