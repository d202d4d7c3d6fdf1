import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** The folder in which Debian's packages put the programs of each version. */
const VERSIONS = '/usr/lib/postgresql';

/** A PostgreSQL server of its own, in a temporary folder, on a socket in that folder. Its settings are the defaults: every commit is synced. */
export class Postgres {
  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
    /** A pool with at most the `connections` of `start`. */
    readonly pool: pg.Pool,
  ) {}

  /** Starts a server. Throws where PostgreSQL is not installed. */
  static async start(connections: number): Promise<Postgres> {
    const programs = programsFolder();
    // The folder is outside our folders, because another user must reach it.
    const folder = mkdtempSync(join(tmpdir(), 'borderline-postgres-'));
    const user = owner(folder);
    const data = join(folder, 'data');
    const made = spawnSync(
      join(programs, 'initdb'),
      ['-D', data, '-A', 'trust', '-U', 'bench', '-E', 'UTF8', '--no-sync'],
      { ...user, cwd: folder, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
    const settings = [`max_connections=${connections + 10}`, 'listen_addresses='];
    const server = spawn(
      join(programs, 'postgres'),
      ['-D', data, '-k', folder, ...settings.flatMap((setting) => ['-c', setting])],
      { ...user, cwd: folder, stdio: 'ignore' },
    );
    const pool = new pg.Pool({ host: folder, user: 'bench', database: 'postgres', max: connections });
    for (;;) {
      if (server.exitCode !== null) throw new Error('PostgreSQL did not start');
      try {
        await pool.query('SELECT 1');
        return new Postgres(folder, server, pool);
      } catch {
        await pause(100);
      }
    }
  }

  async stop(): Promise<void> {
    await this.pool.end();
    this.server.kill('SIGINT');
    await once(this.server, 'exit');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function programsFolder(): string {
  const newest = existsSync(VERSIONS)
    ? readdirSync(VERSIONS)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(VERSIONS, version, 'bin'))
        .find((programs) => existsSync(join(programs, 'initdb')))
    : undefined;
  if (newest === undefined) throw new Error('PostgreSQL is not installed: apt install postgresql');
  return newest;
}

/** PostgreSQL refuses to run as root. For this reason root starts it as the user of its package, and this user owns the folder. */
function owner(folder: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  chownSync(folder, uid, gid);
  return { uid, gid };
}
