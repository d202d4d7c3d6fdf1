import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import { openKurrentLog, type KurrentLog, type KurrentLogOptions } from '#log/kurrentdb';
import { double, type Double, type DoubleOptions } from './index.js';

/** Clusters and instances for specs; all of them are closed after a spec. */
export class Instances {
  readonly folder = mkdtempSync(join(tmpdir(), 'borderline-log-'));
  private readonly servers: Double[] = [];
  private readonly logs: KurrentLog[] = [];

  async cluster(options?: DoubleOptions): Promise<Double> {
    const server = await double(options);
    this.servers.push(server);
    return server;
  }

  /** An instance; where no replica is given, it has a replica of its own. */
  async open(
    { connectionString }: Pick<Double, 'connectionString'>,
    options: Partial<KurrentLogOptions> = {},
  ): Promise<KurrentLog> {
    const replica = join(this.folder, `${randomUUID()}.db`);
    const log = await openKurrentLog({
      connectionString,
      replica,
      timeout: 60_000,
      startTimeout: 60_000,
      runtime: systemRuntime,
      ...options,
    });
    this.logs.push(log);
    return log;
  }

  async clear(): Promise<void> {
    await Promise.all(this.logs.map((log) => log.close()));
    await Promise.all(this.servers.map((server) => server.stop()));
    rmSync(this.folder, { recursive: true });
  }
}

/** The number of events and beats of the log that the cluster has, including repeats. */
export function stored({ store }: Pick<Double, 'store'>, name = 'borderline'): number {
  return (store.stream(name) ?? []).map(eventsIn).reduce((sum, count) => sum + count, 0);
}

function eventsIn({ json, data }: { readonly json: boolean; readonly data: Uint8Array }): number {
  if (json) return 1;
  const { appends } = JSON.parse(Buffer.from(data).toString()) as { appends: { events: unknown[] }[] };
  return appends.reduce((sum, { events }) => sum + events.length, 0);
}
