/** Work that several callers wait for. */
interface Shared<T> {
  callers: number;
  readonly ended: AbortController;
  readonly result: Promise<T>;
}

/**
 * Expensive work, done once for all callers that ask for the same while they wait for its turn. One work is done at a time, in order of arrival. Work
 * whose callers have all gone is aborted, or does not begin.
 */
export class SharedWork<T> {
  /** Work that has not begun, by key. */
  private readonly waiting = new Map<string, Shared<T>>();
  private last: Promise<unknown> = Promise.resolve();

  /**
   * The result of work that begins after this call. Rejects with the error of the work, or with the reason of the signal as soon as it is aborted.
   * `key`: names the work; calls with the same key share it.
   */
  next(key: string, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const shared = this.waiting.get(key) ?? this.add(key, work);
    shared.callers += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        shared.callers -= 1;
        const reason = reasonOf(signal);
        if (shared.callers === 0) this.drop(key, shared, reason);
        reject(reason);
      };
      if (signal?.aborted) return leave();
      signal?.addEventListener('abort', leave, { once: true });
      const done = (): void => signal?.removeEventListener('abort', leave);
      shared.result.then(resolve, reject).then(done, done);
      return undefined;
    });
  }

  private add(key: string, work: (signal: AbortSignal) => Promise<T>): Shared<T> {
    const ended = new AbortController();
    const result = this.last.then(() => {
      if (this.waiting.get(key) === shared) this.waiting.delete(key);
      ended.signal.throwIfAborted();
      return work(ended.signal);
    });
    const shared: Shared<T> = { callers: 0, ended, result };
    this.waiting.set(key, shared);
    this.last = result.catch(() => undefined);
    return shared;
  }

  private drop(key: string, shared: Shared<T>, reason: Error): void {
    if (this.waiting.get(key) === shared) this.waiting.delete(key);
    shared.ended.abort(reason);
  }
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
