/** The thread in which the tree grows; `tree-thread.ts` starts it and says what its messages mean. */
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openTree } from '#audit/sqlite';
import { openLogBeside } from '#data-folder';
import { TreeFollower } from './tree-follower.js';
import type { FromThread, Followed, ToThread } from './tree-thread.js';

const port = parentPort;
if (port === null) throw new Error('This is to run in a thread of the server');
const { data, log: setting } = workerData as Followed;

yieldToServer();
const log = openLogBeside(data, setting);
// A damaged file is not replaced here: the server has it open.
const tree = openTree(join(data, 'audit.db'), 'refuse');
const tell = (message: FromThread): void => port.postMessage(message);
const follower = new TreeFollower(log, tree, (size) => tell({ size }));

port.on('message', (message: ToThread) => {
  if (message === 'hurry') follower.hurry();
  else void follower.stop().catch(() => undefined);
});
// A rejection is a crash of the thread: whoever started it is told.
await follower.run();
tree.close();
await log.close();
port.close();

/** Where processors are scarce, appends go first. Linux knows threads by a number; elsewhere all stay equal. */
function yieldToServer(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), 5);
  } catch {
    // A courtesy: where it cannot be done, it is not.
  }
}
