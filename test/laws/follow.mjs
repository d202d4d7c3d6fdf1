/**
 * Follows a log into a views file, three events a transaction, until it has as many as are to come.
 *
 *   node follow.mjs <log> <views> <events>
 */
import { openSqliteLog } from '#log/sqlite';
import { Follower, ViewsDatabase } from '#views';

const [file, viewsFile, events] = process.argv.slice(2);
const log = openSqliteLog(file);
const database = new ViewsDatabase(viewsFile);
const follower = new Follower(log, database, { batch: 3 });
const running = follower.run();
if (!(await follower.reached(Number(events), 30_000))) process.exitCode = 1;
await follower.stop();
await running;
database.close();
await log.close();
