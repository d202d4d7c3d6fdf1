/** The thread that takes a long log into the search; `search-thread.ts` starts it. */
import { workerData } from 'node:worker_threads';
import { Follower, SearchDatabase } from '#views';
import { openLogBeside } from '#data-folder';
import type { Taken } from './search-thread.js';

const { data, file, log: kept } = workerData as Taken;
const log = openLogBeside(data, kept);
const search = new SearchDatabase(file);
// A rejection is told to whoever started the thread.
try {
  await new Follower(log, search).catchUp();
} finally {
  search.close();
  await log.close();
}
