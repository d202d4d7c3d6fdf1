import type { Runtime } from '#runtime';
import type { Db } from '#sqlite';
import { LogError } from '../errors.js';
import type { Appended } from '../event-log.js';
import { SqliteReader, type LogInFile } from '../sqlite/reader.js';
import { openReplicaFileToRead } from './replica-file.js';

const POLL = { busy: 10, idle: 500 };

/**
 * The replica of another owner, such as another thread, as a log for reading only: an append is refused as `unavailable`. Throws LogError.
 */
export function openReplicaToRead(runtime: Runtime, file: string): LogInFile {
  return new ReplicaReader(openReplicaFileToRead(file), runtime);
}

class ReplicaReader extends SqliteReader implements LogInFile {
  constructor(
    private readonly replica: Db,
    runtime: Runtime,
    private readonly state = { closed: false },
  ) {
    super(replica, { runtime, timeout: 5_000, poll: POLL, isClosed: () => state.closed });
  }

  append(): Promise<Appended[]> {
    return Promise.reject(onlyRead());
  }

  preview(): Promise<Appended[]> {
    return this.append();
  }

  seal(): Promise<number> {
    return Promise.reject(onlyRead());
  }

  close(): Promise<void> {
    if (!this.state.closed) {
      this.state.closed = true;
      this.release();
      this.replica.close();
    }
    return Promise.resolve();
  }
}

const onlyRead = (): LogError => new LogError('unavailable', 'A replica cannot be written');
