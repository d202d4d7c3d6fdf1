import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import type { NewEvent } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { newEvent } from '../server/application.js';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from '../server/spawned.js';

// A process takes a second to start, and more than a second on a busy machine.

interface AuditPart {
  readonly ready: boolean;
  readonly state: string;
  readonly reason?: string;
  readonly sequence: number;
  readonly behind: { readonly events: number };
}

describe('the thread in which the tree of a server grows', () => {
  let data: string;
  let server: Spawned;
  beforeEach(async () => {
    data = temporaryFolder();
    server = await spawnServer(data);
  });
  afterEach(async () => {
    await server.stop();
    removeFolder(data);
  });

  /** Records events from another process; the server gets no message about them. */
  async function record(count: number): Promise<void> {
    const log = openSqliteLog(systemRuntime, join(data, 'log.db'));
    await log.append(Array.from({ length: count }, (_, n): NewEvent => newEvent(`crossing-lt-by.${n % 5}`)));
    await log.close();
  }

  /** The audit part of the server's health, which a server that is not ready gives too. */
  async function part(): Promise<AuditPart> {
    const answer = (await (await fetch(`${server.url}/health/ready`)).json()) as {
      readonly parts?: { readonly audit: AuditPart };
      readonly errors?: readonly { readonly detail: string }[];
    };
    if (answer.parts) return answer.parts.audit;
    const detail = answer.errors?.find((error) => error.detail.startsWith('audit: '))?.detail;
    return JSON.parse(detail?.slice('audit: '.length) ?? '{"ready":true}') as AuditPart;
  }

  async function until(holds: (audit: AuditPart) => boolean): Promise<void> {
    while (!holds(await part())) await pause(20);
  }

  async function checkpointSize(): Promise<number> {
    const note = await (await fetch(`${server.url}/v1/audit/checkpoint`)).text();
    return Number(note.split('\n')[1]);
  }

  it('adds new events by itself', async () => {
    await record(900);
    await until(({ sequence, state }) => sequence === 900 && state === 'running');
    expect(await part()).toEqual({
      ready: true,
      state: 'running',
      sequence: 900,
      failures: 0,
      failuresInAll: 0,
      behind: { events: 0, seconds: 0 },
    });
    const errors = server
      .stderr()
      .split('\n')
      .filter((line) => line.includes('"level":50'));
    // The views park these events: they have only the members that a log requires.
    expect(errors.filter((line) => !line.includes('an event was parked'))).toEqual([]);
  });

  it('makes a request for a checkpoint wait until the tree has all events', async () => {
    for (const sum of [300, 600, 900]) {
      await record(300);
      expect(await checkpointSize()).toBe(sum);
    }
  });

  it('ends with the server, which signs all events', async () => {
    await record(700);
    expect(await server.stop()).toBe(0);
    const kept = readFileSync(join(data, 'audit.checkpoints'), 'utf8').trim().split('\n');
    const { checkpoint } = JSON.parse(kept.at(-1) ?? '') as { readonly checkpoint: string };
    expect(checkpoint.split('\n')[1]).toBe('700');
  });

  it('retries after a failure and gives the reason, and everything else continues', async () => {
    await record(10);
    expect(await checkpointSize()).toBe(10);
    const db = new Database(join(data, 'log.db'));
    db.exec(
      `INSERT INTO events SELECT 12, stream, 77, recorded_at, template, 'one more', content FROM events WHERE sequence = 1`,
    );
    await until(({ state }) => state === 'retrying');
    expect(await part()).toMatchObject({
      ready: false,
      reason: 'event @11 is missing in the log',
      sequence: 10,
      behind: { events: 2 },
    });
    expect((await fetch(`${server.url}/v1/events?limit=1`)).status).toBe(200);
    const refused = await fetch(`${server.url}/v1/audit/proofs/consistency?from=1&to=12`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(server.stderr()).toMatch(/"level":50.*event @11 is missing/);

    db.exec('UPDATE events SET sequence = 11 WHERE sequence = 12');
    db.close();
    await until(({ state, sequence }) => state === 'running' && sequence === 11);
    expect(await checkpointSize()).toBe(11);
  });
});
