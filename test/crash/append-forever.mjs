/**
 * Appends for ever from several concurrent callers over two connections, and prints `id sequence` for each event once its
 * append is acknowledged. Each caller's nth append is always the same, so that one whose answer was lost is sent again.
 *
 *   node append-forever.mjs <file> <JSON array: where each caller begins> [how many appends each, for ever where absent]
 */
import { writeSync } from 'node:fs';
import { openSqliteLog } from '#log/sqlite';

const [file, begin, count = 'Infinity'] = process.argv.slice(2);
const logs = [openSqliteLog(file), openSqliteLog(file)];

/** One to three events, over twenty streams. */
const batch = (caller, n) =>
  Array.from({ length: 1 + (n % 3) }, (_, k) => ({
    id: `${caller}/${n}/${k}`,
    stream: `crossing-${(n * 7 + k * 3 + caller.length) % 20}`,
    type: 'crossing.closed',
    schemaVersion: 1,
    payload: { caller, n, k, note: 'x'.repeat(200) },
    metadata: { process: process.pid },
  }));

async function call(index, first) {
  const log = logs[index % logs.length];
  const last = first + Number(count);
  for (let n = first; n < last; n += 1) {
    const appended = await log.append(batch(`caller${index}`, n));
    writeSync(1, appended.map(({ id, sequence }) => `${id} ${sequence}\n`).join(''));
  }
}

await Promise.all(JSON.parse(begin).map((first, index) => call(index, first)));
await Promise.all(logs.map((log) => log.close()));
