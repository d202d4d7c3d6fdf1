import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import { event, upTo } from '../contract/fixture.js';
import { serialize } from '../serialized-event.js';
import type { Fragment } from './incomplete-appends.js';
import { openReplicaToRead } from './replica-reader.js';
import { Replica } from './replica.js';

let folder: string;
let file: string;
let open: Replica | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'borderline-replica-'));
  file = join(folder, 'replica.db');
});
afterEach(() => {
  open?.close();
  rmSync(folder, { recursive: true });
});

function opened(): Replica {
  open = Replica.open(systemRuntime, file, { origin: 'borderline', isClosed: () => false });
  return open;
}

const fragment = (position: number, of: Partial<Fragment> = {}): Fragment => ({
  append: `append-${position}`,
  index: 0,
  count: 1,
  event: serialize(event(`e${position}`)),
  characters: 100,
  expected: {},
  storedAt: 1_000 * position,
  position,
  ...of,
});
const at = (position: number) => ({ position, record: `record-${position}` });
const broken = (position: number): Fragment =>
  fragment(position, { event: { ...serialize(event('broken')), schemaVersion: null as unknown as number } });

async function committed(): Promise<number> {
  const log = openReplicaToRead(systemRuntime, file);
  const { sequence } = await log.head();
  await log.close();
  return sequence;
}

describe('a replica far behind', () => {
  it('commits several calls together, and returns their decisions then', async () => {
    const replica = opened();
    expect(replica.apply([fragment(1)], at(1), { more: true })).toEqual([]);
    expect([replica.position, replica.checkpoint.position, await committed()]).toEqual([1, 0, 0]);
    const decided = replica.apply([fragment(2)], at(2));
    expect(decided.map(({ append }) => append)).toEqual(['append-1', 'append-2']);
    expect([replica.position, replica.checkpoint, await committed()]).toEqual([2, at(2), 2]);
  });

  it('has the time of its last commit, also after a restart', () => {
    const replica = opened();
    expect(replica.committedAt).toBe(0);
    replica.apply([fragment(1)], at(1), { more: true });
    expect(replica.committedAt).toBe(0);
    const before = systemRuntime.now();
    replica.apply([fragment(2)], at(2));
    const { committedAt } = replica;
    expect(committedAt).toBeGreaterThanOrEqual(before);
    replica.close();
    expect(opened().committedAt).toBe(committedAt);
  });

  it('keeps no decision that nobody awaits', () => {
    const replica = opened();
    const isAwaited = (append: string): boolean => append === 'append-2';
    replica.apply([fragment(1)], at(1), { more: true, isAwaited });
    const decided = replica.apply([fragment(2)], at(2), { isAwaited });
    expect(decided.map(({ append }) => append)).toEqual(['append-2']);
  });

  it('commits after ten thousand records, though there are more to come', () => {
    const replica = opened();
    const many = upTo(10_000).map((n) => fragment(n));
    replica.apply(many.slice(0, 9_999), at(9_999), { more: true });
    expect(replica.checkpoint.position).toBe(0);
    replica.apply(many.slice(9_999), at(10_000), { more: true });
    expect(replica.checkpoint.position).toBe(10_000);
  });

  it('continues after a restart with an append of which a part was committed', async () => {
    const part = (position: number): Fragment =>
      fragment(position, { append: 'large', index: position - 1, count: 3 });
    const replica = opened();
    replica.apply([part(1)], at(1), { more: true });
    replica.apply([part(2)], at(2));
    expect(await committed()).toBe(0);
    replica.close();
    const again = opened();
    expect(again.received('large')).toBe(2);
    expect(again.apply([part(3)], at(3)).map(({ append }) => append)).toEqual(['large']);
    expect(await committed()).toBe(3);
  });

  it('goes back to the checkpoint where a call fails, and then commits every call up to there', async () => {
    const replica = opened();
    replica.apply([fragment(1)], at(1));
    replica.apply([fragment(2)], at(2), { more: true });
    expect(() => replica.apply([broken(3)], at(3), { more: true })).toThrow();
    expect([replica.position, replica.checkpoint, await committed()]).toEqual([1, at(1), 1]);
    replica.apply([fragment(2)], at(2), { more: true });
    expect([replica.checkpoint, await committed()]).toEqual([at(2), 2]);
    replica.apply([fragment(3)], at(3), { more: true });
    replica.apply([fragment(4)], at(4), { more: true });
    expect([replica.position, await committed()]).toEqual([4, 3]);
    expect(replica.commit().map(({ append }) => append)).toEqual(['append-4']);
    expect(await committed()).toBe(4);
  });
});

describe('a replica whose transaction SQLite itself has rolled back', () => {
  const rolledBack = (): Replica => {
    const replica = opened();
    replica.apply([fragment(1)], at(1));
    replica.apply([fragment(2)], at(2), { more: true });
    replica['db'].exec('ROLLBACK');
    return replica;
  };

  it.each([
    ['a call', (replica: Replica) => replica.apply([fragment(3)], at(3))],
    ['a commit', (replica: Replica) => replica.commit()],
  ])('goes back to the checkpoint at %s', async (_, next) => {
    const replica = rolledBack();
    expect(() => next(replica)).toThrow('SQLite has rolled back');
    expect([replica.position, replica.checkpoint, await committed()]).toEqual([1, at(1), 1]);
    replica.apply([fragment(2)], at(2));
    expect([replica.checkpoint, await committed()]).toEqual([at(2), 2]);
  });
});

describe('what an append would get from a replica', () => {
  const next = (replica: Replica): unknown =>
    replica.decide({ events: [serialize(event('next'))], expected: {} }, 9_000);

  it('is numbered after everything that was applied, and where a call fails, after everything before it', () => {
    const replica = opened();
    replica.apply([fragment(1)], at(1));
    expect(next(replica)).toMatchObject({ answer: [{ sequence: 2, revision: 1, recordedAt: 9_000 }] });
    expect(() => replica.apply([fragment(2), { beatAt: 99_000 }, broken(3)], at(3))).toThrow();
    expect(next(replica)).toMatchObject({ answer: [{ sequence: 2, revision: 1, recordedAt: 9_000 }] });
    replica.apply([fragment(2), { beatAt: 99_000 }], at(2), { more: true });
    expect(next(replica)).toMatchObject({ answer: [{ sequence: 3, revision: 2, recordedAt: 99_000 }] });
  });
});
