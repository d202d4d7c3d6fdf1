/**
 * Opens a log of an earlier format, and is killed during the migration.
 *
 *   node migrate-and-die.mjs <file> <after how many events; never where absent>
 */
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime } from '#runtime';

const [file, after = 'Infinity'] = process.argv.slice(2);
const log = openSqliteLog(systemRuntime, file, {
  onMigration: ({ done }) => {
    if (done >= Number(after)) process.kill(process.pid, 'SIGKILL');
  },
});
await log.close();
