/**
 * Applies a log to a views file, three events in a transaction, until the file has the given number of events.
 *
 *   node follow.mjs <log> <views> <events>
 */
import { Consumer, logSource } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime } from '#runtime';
import { projectionSink, ViewsDatabase } from '#views';

const [file, viewsFile, events] = process.argv.slice(2);
const log = openSqliteLog(systemRuntime, file);
const database = new ViewsDatabase(viewsFile, { busyTimeout: 5_000 });
const consumer = new Consumer(systemRuntime, logSource(log), projectionSink(database, log), { batch: 3 });
// A wait does not keep a process running.
const alive = setInterval(() => undefined, 1_000);
void consumer.run();
if (!(await consumer.gate.reached(Number(events), { timeout: 30_000 }))) process.exitCode = 1;
await consumer.stop();
clearInterval(alive);
database.close();
await log.close();
