import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import { openSqliteLog } from '#log/sqlite';
import type { NewEvent } from '#log';
import { filled } from './asking.js';
import {
  atLeast,
  inTurns,
  latenciesOf,
  median,
  percentiles,
  type Figure,
  type Latencies,
} from './measure.js';
import { RawSqlite } from './floors.js';
import { acceptedEvent, CELLS, developmentOf, occurredAt, reportedAtOf, rowOf } from './population.js';
import { Postgres } from './postgres.js';

const CALLERS = 64;
const BATCH = 100;
const ROUNDS = 7;
const EFFECTS = 100_000;
const QUESTIONS = 2_000;

/** The same work on PostgreSQL, in turns: a plain table for events, and ranges with a GiST index for the effects and their times. */
export async function peers(folder: string): Promise<Figure[]> {
  const postgres = await Postgres.start(CALLERS);
  try {
    return [...(await writing(folder, postgres)), ...(await asOf(folder, postgres))];
  } finally {
    await postgres.stop();
  }
}

const EVENTS = `
  CREATE TABLE events (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE, stream text NOT NULL, revision bigint NOT NULL,
    type text NOT NULL, schema_version int NOT NULL, recorded_at timestamptz NOT NULL DEFAULT now(),
    payload jsonb NOT NULL, metadata jsonb NOT NULL,
    UNIQUE (stream, revision)
  )`;

async function writing(folder: string, { pool }: Postgres): Promise<Figure[]> {
  await pool.query(EVENTS);
  const log = openSqliteLog(systemRuntime, join(folder, 'beside-postgres.db'));
  const raw = new RawSqlite(join(folder, 'bare.db'));
  let n = 0;
  const fresh = (count: number): object[] => Array.from({ length: count }, () => developmentOf(n++));
  /** One append: one statement and one commit. */
  const insert = async (events: readonly NewEvent[]): Promise<void> => {
    const rows = events.map(valuesOf);
    const places = rows.map((row, at) => `(${row.map((_, k) => `$${at * row.length + k + 1}`).join()})`);
    await pool.query(
      `INSERT INTO events (id, stream, revision, type, schema_version, payload, metadata) VALUES ${places.join()}`,
      rows.flat(),
    );
  };
  const valuesOf = ({ id, stream, type, schemaVersion, payload, metadata }: NewEvent): unknown[] => {
    const revision = (n += 1);
    return [id, stream, revision, type, schemaVersion, JSON.stringify(payload), JSON.stringify(metadata)];
  };
  const compared = async (callers: number, times: number, size: number, least: number): Promise<Figure[]> => {
    const rate = async (write: (sent: readonly object[]) => Promise<unknown>): Promise<number> => {
      const sent = Array.from({ length: callers }, () => Array.from({ length: times }, () => fresh(size)));
      const begun = performance.now();
      await Promise.all(
        sent.map(async (own) => {
          for (const batch of own) await write(batch);
        }),
      );
      return (callers * times * size) / ((performance.now() - begun) / 1_000);
    };
    const rows = (): unknown[][] => fresh(callers * size).map((one) => rowOf(acceptedEvent(one), (n += 1)));
    const bare: number[] = [];
    const { floor, ours } = await inTurns(
      ROUNDS,
      () => rate((sent) => insert(sent.map(acceptedEvent))),
      () => {
        bare.push(raw.rate(Array.from({ length: times }, rows)));
        return rate((sent) => log.append(sent.map(acceptedEvent)));
      },
    );
    const how = callers === 1 ? `batches of ${size}` : `${callers} callers`;
    const figure = (name: string, value: number): Figure => ({
      name: `peers: ${name}, ${how}`,
      value,
      unit: 'events/s',
      floor: { value: floor, what: 'a plain PostgreSQL table' },
      ratio: value / floor,
    });
    return [
      { ...figure('validate and append', ours), target: atLeast(ours / floor, least) },
      // The upper limit of a log in SQLite: the same keys and commits, and nothing else.
      figure('bare inserts into SQLite', median(bare.slice(1))),
    ];
  };
  const figures = [...(await compared(CALLERS, 20, 1, 4)), ...(await compared(1, 20, BATCH, 1.3))];
  raw.close();
  await log.close();
  return figures;
}

const RANGES = `
  CREATE EXTENSION btree_gist;
  CREATE TABLE effects (
    subject text NOT NULL, status text NOT NULL, claimant text NOT NULL,
    valid tstzrange NOT NULL, known tstzrange NOT NULL
  );
  CREATE INDEX ON effects USING gist (subject, valid, known)`;

/** The newest effect of a subject that holds at an instant, as known at another instant. */
const HELD = `
  SELECT status, claimant FROM effects
  WHERE subject = $1 AND valid @> $2::timestamptz AND known @> $3::timestamptz
  ORDER BY lower(valid) DESC LIMIT 1`;

async function asOf(folder: string, { pool }: Postgres): Promise<Figure[]> {
  await pool.query(RANGES);
  await pool.query(
    `INSERT INTO effects
     SELECT 'bench.' || n % ${CELLS}, CASE (n / ${CELLS}) % 2 WHEN 0 THEN 'closed' ELSE 'open' END, 'lt.vsat',
       tstzrange(to_timestamp($1::float8 + n * 60), NULL), tstzrange(to_timestamp($2::float8 + n * 60), NULL)
     FROM generate_series(0, ${EFFECTS - 1}) n`,
    [occurredAt(0) / 1_000, reportedAtOf(0) / 1_000],
  );
  await pool.query('ANALYZE effects');
  const client = await pool.connect();
  const question = (
    index: number,
  ): { readonly subject: string; readonly at: number; readonly knownAt: number } => {
    const n = (index * 104_729) % EFFECTS;
    return { subject: `bench.${(index * 7_919) % CELLS}`, at: occurredAt(n), knownAt: reportedAtOf(n) };
  };
  const theirs = await latenciesOfEach(QUESTIONS, async (index) => {
    const { subject, at, knownAt } = question(index);
    const values = [subject, new Date(at), new Date(knownAt)];
    await client.query({ name: 'held', text: HELD, values });
  });
  client.release();
  const views = filled(join(folder, 'beside-postgres-views.db'), EFFECTS, (n) =>
    acceptedEvent(developmentOf(n)),
  );
  const ours = latenciesOf(QUESTIONS, (index) => {
    const { subject, at, knownAt } = question(index);
    return views.cells.cellsOf('crossing', subject, { knownAt })[0]!.at(at);
  });
  views.close();
  const count = EFFECTS.toLocaleString('en');
  return (['p50', 'p99'] as const).map((share) => ({
    name: `peers: one subject as of, as known, ${count} effects, ${share}`,
    value: ours[share],
    unit: 'ms',
    floor: { value: theirs[share], what: 'tstzrange with GiST' },
    ratio: theirs[share] / ours[share],
  }));
}

async function latenciesOfEach(calls: number, call: (index: number) => Promise<void>): Promise<Latencies> {
  const times = new Float64Array(calls);
  for (let index = 0; index < calls / 10; index += 1) await call(index);
  for (let index = 0; index < calls; index += 1) {
    const begun = performance.now();
    await call(index);
    times[index] = performance.now() - begun;
  }
  return percentiles(times);
}
