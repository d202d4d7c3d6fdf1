import type { Runtime } from '#runtime';
import type { Chance } from '../support/chance.js';

/** The error of work that took longer than its limit, in virtual time. */
export class Overdue extends Error {
  override readonly name = 'Overdue';
}

interface Sleeper {
  readonly due: number;
  readonly owner: Owner;
  readonly wake: () => void;
}

/** A process of the simulation that sleeps. A dead process never wakes. */
export interface Owner {
  readonly dead: boolean;
  /** The number of milliseconds by which the wall clock of the process is wrong. */
  readonly skew: number;
}

const START = Date.UTC(2025, 10, 1);

/**
 * Time that passes only when nothing is left to do at an instant. First all sleepers that are due wake, in an order that the seed decides; then the
 * clock advances to the end of the shortest sleep.
 */
export class VirtualTime {
  private elapsed = 0;
  private turns: Sleeper[] = [];
  private sleepers: Sleeper[] = [];
  private ids = 0;
  private outside = 0;

  constructor(private readonly chance: Chance) {}

  /** Milliseconds since the start of the simulation. */
  get now(): number {
    return this.elapsed;
  }

  runtimeOf(owner: Owner): Runtime {
    return {
      now: () => Math.floor(START + this.elapsed + owner.skew),
      elapsed: () => this.elapsed,
      sleep: (milliseconds, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted) return resolve();
          const wake = (): void => {
            signal?.removeEventListener('abort', end);
            resolve();
          };
          const sleeper = { due: this.elapsed + Math.max(0, milliseconds), owner, wake };
          const end = (): void => {
            this.sleepers = this.sleepers.filter((one) => one !== sleeper);
            wake();
          };
          signal?.addEventListener('abort', end, { once: true });
          this.sleepers.push(sleeper);
        }),
      turn: () => new Promise((resolve) => this.turns.push({ due: this.elapsed, owner, wake: resolve })),
      random: () => this.chance.next(),
      id: () => this.id(Math.floor(START + this.elapsed + owner.skew)),
    };
  }

  /** No virtual time passes while a client works by itself, as it reads its files. Returns the function that ends this. */
  stopped(): () => void {
    let ends = 1;
    this.outside += ends;
    return () => {
      this.outside -= ends;
      ends = 0;
    };
  }

  /** Resolves when all work is done that does not need the clock. */
  private async settled(): Promise<void> {
    do {
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.outside > 0 || isWorking());
  }

  /** A UUID of version 7 for an instant. */
  private id(instant: number): string {
    const time = Math.max(0, instant).toString(16).padStart(12, '0');
    const tail = (this.ids += 1).toString(16).padStart(12, '0');
    const chance = this.chance.whole(0, 0xfff).toString(16).padStart(3, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${chance}-8000-${tail}`;
  }

  /** Lets everything run until the work ends or `isOver` is true. Throws Overdue after `most` virtual milliseconds. */
  async until<T>(what: string, work: Promise<T>, most: number, isOver = () => false): Promise<T | undefined> {
    let ended = false;
    const outcome = work.finally(() => (ended = true));
    outcome.catch(() => undefined);
    const deadline = this.elapsed + most;
    for (;;) {
      await this.settled();
      if (isOver()) return undefined;
      if (ended) return outcome;
      if (!this.wakeNext(deadline)) {
        throw new Overdue(`${what}: no end within ${most / 1000} s`);
      }
    }
  }

  /** Lets this number of virtual milliseconds pass. */
  async pass(milliseconds: number, isOver = () => false): Promise<void> {
    const until = this.elapsed + milliseconds;
    for (;;) {
      await this.settled();
      if (isOver() || !this.wakeNext(until)) break;
    }
    this.elapsed = Math.max(this.elapsed, until);
  }

  /** Ends the next sleep that is due at the deadline or before. Returns whether there was such a sleep. */
  private wakeNext(deadline: number): boolean {
    this.turns = this.turns.filter(({ owner }) => !owner.dead);
    if (this.turns.length > 0) {
      const [next] = this.turns.splice(this.chance.whole(0, this.turns.length - 1), 1);
      next!.wake();
      return true;
    }
    this.sleepers = this.sleepers.filter(({ owner }) => !owner.dead);
    const due = this.sleepers.reduce((least, sleeper) => Math.min(least, sleeper.due), Infinity);
    if (due > deadline) return false;
    this.elapsed = Math.max(this.elapsed, due);
    const next = this.chance.of(this.sleepers.filter((sleeper) => sleeper.due === due));
    this.sleepers.splice(this.sleepers.indexOf(next), 1);
    next.wake();
    return true;
  }
}

/** Resources of work that takes real time: requests to the file system, and the loading of modules by the hooks of the specs. */
const REAL_TIME = /^(FSReq|FILEHANDLECLOSEREQ|MessagePort)/i;
/** The least number of them that there ever was: other specs may have left some. */
let least = Infinity;

function isWorking(): boolean {
  const now = process.getActiveResourcesInfo().filter((name) => REAL_TIME.test(name)).length;
  least = Math.min(least, now);
  return now > least;
}
