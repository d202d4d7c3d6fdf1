/**
 * Something that is looked at for many at once. Each is given what was seen after it asked: those who ask while somebody looks share the
 * next look. Where a cluster comes back, it is not asked by everybody who waits for it.
 */
export class SharedLook<T> {
  private running: Promise<T> | undefined;
  private next: Promise<T> | undefined;

  constructor(private readonly look: () => Promise<T>) {}

  ask(): Promise<T> {
    if (this.running === undefined) return this.start();
    const after = (): Promise<T> => {
      this.next = undefined;
      return this.start();
    };
    return (this.next ??= this.running.then(after, after));
  }

  private start(): Promise<T> {
    const done = (): void => {
      if (this.running === running) this.running = undefined;
    };
    const running = this.look();
    this.running = running;
    running.then(done, done);
    return running;
  }
}
