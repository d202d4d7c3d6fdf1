/**
 * Appends for ever from several concurrent callers over two connections, and prints `id sequence` for each event once its append is acknowledged.
 * Each caller's nth append is always the same, so that an append with a lost answer is sent again.
 *
 *   node append-forever.mjs <file> <JSON array: where each caller begins> [how many appends each, for ever where absent]
 *
 * With FOLLOW in the environment, views in the same folder follow the log at the same time.
 */
import { writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime } from '#runtime';

// The timers of the log keep no process running.
const running = setInterval(() => undefined, 60_000);
const [file, begin, count = 'Infinity'] = process.argv.slice(2);
const logs = [openSqliteLog(systemRuntime, file), openSqliteLog(systemRuntime, file)];
const following = process.env.FOLLOW ? (await import('#views')).Views : undefined;
const views = await following?.open(systemRuntime, join(dirname(file), 'views.db'), logs[0]);

const timeOf = (instant) => ({ edtf: instant, zone: 'UTC', earliest: instant, latest: instant });

/** One to three developments about twenty crossings, in the form that the log accepts. */
const batch = (caller, n) =>
  Array.from({ length: 1 + (n % 3) }, (_, k) => {
    const time = timeOf(new Date(Date.UTC(2020, 0, 1 + ((n * 7 + k) % 2000))).toISOString());
    const crossing = `lt-by.${(n * 7 + k * 3 + caller.length) % 20}`;
    return {
      id: `${caller}/${n}/${k}`,
      stream: `crossing-${crossing}`,
      type: 'crossing.reopened',
      schemaVersion: 1,
      payload: {
        occurred: time,
        reportedAt: time,
        data: { crossing, summary: `${caller}, the ${n}th time` },
        source: { publisher: 'State Border Guard Service', title: 'Notice', publishedAt: time },
        attribution: { claimant: 'lt.vsat', standing: 'act', reliability: 'A1' },
      },
      metadata: { process: process.pid },
    };
  });

async function call(index, first) {
  const log = logs[index % logs.length];
  const last = first + Number(count);
  for (let n = first; n < last; n += 1) {
    const appended = await log.append(batch(`caller${index}`, n));
    writeSync(1, appended.map(({ id, sequence }) => `${id} ${sequence}\n`).join(''));
  }
}

await Promise.all(JSON.parse(begin).map((first, index) => call(index, first)));
await views?.close();
await Promise.all(logs.map((log) => log.close()));
clearInterval(running);
