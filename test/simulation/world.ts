import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import type { Subscription } from 'rxjs';
import type { RecordedEvent } from '#log';
import { VIEWS, type Question } from '#views';
import { swapZoneRules } from '../../libs/time/zone.js';
import { CellReader } from '../../libs/views/sqlite/cell-reader.js';
import { compareWithOracle } from '../laws/oracle.js';
import { Disk } from './disk.js';
import { closeInstance, openInstance, type Answered, type Instance, type Slot } from './instance.js';
import { Model } from './model.js';
import { Reference } from './reference.js';
import { Chance } from '../support/chance.js';
import { ChangeFollowers, folded } from './change-followers.js';
import { Receiver } from './receiver.js';
import { WebhookClients } from './webhook-clients.js';
import { Overdue, VirtualTime, type Owner } from './virtual-time.js';

/** The error of a law that does not hold. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** The most milliseconds for a request, for a start, and for the recovery after the faults have ended. */
const ANSWER_MS = 20_000;
const START_MS = 60_000;
const HEALING_MS = 120_000;
/** The most milliseconds until a ready server has a recorded event. */
const READY_LAG_MS = 15_000;

interface Subscriber {
  readonly instance: Instance;
  readonly subscription: Subscription;
}

/** A machine with a disk, processes of the server on it, and the model. */
export class World {
  readonly chance: Chance;
  readonly time: VirtualTime;
  readonly disk: Disk;
  readonly model = new Model();
  readonly reference: Reference;
  readonly followers = new ChangeFollowers(() => this.isCalm);
  readonly receiver: Receiver;
  readonly webhooks: WebhookClients;
  readonly trace: string[] = [];
  private readonly heads: { readonly at: number; readonly head: number }[] = [];
  private readonly seen = new Map<string, RecordedEvent[]>();
  private readonly subscribers = new Map<string, Subscriber>();
  private started = 0;
  private troubledUntil = 0;

  constructor(
    readonly seed: number,
    private readonly slots: readonly Slot[],
  ) {
    this.chance = new Chance(seed);
    this.time = new VirtualTime(new Chance(seed + 0x51ed27));
    const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
    this.disk = new Disk(mkdtempSync(join(memory, 'borderline-simulation-')), new Chance(seed + 0xd15c));
    this.reference = new Reference(this.model, this.time.runtimeOf({ dead: false, skew: 0 }));
    this.receiver = new Receiver(new Chance(seed + 0x9e37), this.model);
    this.webhooks = new WebhookClients(this.receiver);
  }

  tell(text: string): void {
    this.trace.push(
      `${(this.time.now / 1_000).toFixed(3).padStart(9)} s  ${text.replaceAll(this.disk.root, '')}`,
    );
  }

  get alive(): Instance[] {
    return this.slots.flatMap(({ current }) => current ?? []);
  }

  get isCalm(): boolean {
    return !this.disk.ails && !this.disk.dark && this.time.now >= this.troubledUntil;
  }

  /** Notes a fault, which has happened or which lasts until it is ended. */
  troubled(): void {
    this.troubledUntil = this.time.now + HEALING_MS;
  }

  check(faults: readonly string[]): void {
    if (faults.length > 0) throw new Broken(faults.slice(0, 5).join('\n'));
  }

  async start(skew: number): Promise<void> {
    const slot = this.slots.find(({ current }) => current === undefined);
    if (slot === undefined) return;
    const name = `p${(this.started += 1)}`;
    const owner = { name, dead: false, skew } as Instance;
    Object.assign(owner, { runtime: this.time.runtimeOf(owner) });
    const isOver = (): boolean => this.disk.dark || this.disk.crashed.has(name);
    this.troubled();
    try {
      const opening = openInstance(owner, this.disk.folderFor(name));
      const opened = await this.time.until(`the start of ${name}`, opening, START_MS, isOver);
      if (opened === undefined) {
        this.kill(owner);
        this.tell(`${name} crashed while it started`);
        return;
      }
      slot.current = opened;
      this.tell(`${name} has started`);
    } catch (error) {
      this.kill(owner);
      if (!this.disk.ails) throw error;
      this.tell(`${name} could not start: ${(error as Error).message}`);
    }
  }

  /** Stops a process after its parts are closed. */
  async stop(instance: Instance): Promise<void> {
    const stopping = closeInstance(instance).catch((error: unknown) => {
      if (!this.disk.ails) throw error;
    });
    await this.time.until(`the stop of ${instance.name}`, stopping, START_MS, () => this.isGone(instance));
    this.kill(instance);
  }

  /** Ends a process with all its memory. */
  kill(owner: Owner & { readonly name: string; dead: boolean }): void {
    for (const slot of this.slots) if (slot.current === owner) slot.current = undefined;
    for (const [name, { instance, subscription }] of this.subscribers) {
      if (instance !== owner) continue;
      this.subscribers.delete(name);
      subscription.unsubscribe();
    }
    this.followers.left(owner as Instance);
    owner.dead = true;
    this.disk.bury(owner.name);
    this.troubled();
  }

  /** Removes the processes that have crashed in a write, or because the power failed. */
  bury(): void {
    const dead = this.alive.filter((instance) => this.isGone(instance));
    for (const instance of dead) {
      this.kill(instance);
      this.tell(`${instance.name} crashed`);
    }
    if (!this.disk.dark) return;
    this.tell(`the power failed; views ${this.disk.takeBackDisposable()}`);
    this.disk.powerOn();
  }

  isGone({ name }: { readonly name: string }): boolean {
    return this.disk.dark || this.disk.crashed.has(name);
  }

  /** The answer of a process; undefined where the process crashed before its answer. */
  async ask(instance: Instance, path: string, body?: unknown): Promise<Answered | undefined> {
    const slot = this.slotOf(instance);
    if (slot === undefined) return undefined;
    const what = `${body === undefined ? 'GET' : 'POST'} ${path}`;
    const isOver = (): boolean => this.isGone(instance);
    const answered = await this.time.until(what, slot.ask(path, body), ANSWER_MS, isOver);
    if (answered === undefined) return undefined;
    this.judge(what, answered.status, answered.body);
    return answered;
  }

  slotOf(instance: Instance): Slot | undefined {
    return this.slots.find(({ current }) => current === instance);
  }

  /** Checks that an answer is no failure of the server, except 503 where something is wrong. */
  judge(what: string, status: number, said: unknown): void {
    const isUnavailable = status === 503 && (!this.isCalm || what.includes(' /health'));
    if (status >= 500 && !isUnavailable)
      throw new Broken(`${what} was answered ${status}: ${JSON.stringify(said)}`);
  }

  /** Does work of a client with the parts of a process. It may fail, and end without a result, where something is wrong. */
  async attempt<T>(what: string, instance: Instance, work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await this.time.until(what, work(), ANSWER_MS, () => this.isGone(instance));
      this.tell(`${instance.name} ${what}: ${result === undefined ? 'no answer' : 'done'}`);
      return result;
    } catch (error) {
      if (error instanceof Broken || error instanceof Overdue || this.isCalm) throw error;
      this.tell(`${instance.name} ${what}: ${String(error)}`);
      return undefined;
    }
  }

  /** Checks that the log agrees with the model, read through any process. */
  async observe(): Promise<void> {
    const instance = this.alive.find((one) => !this.isGone(one));
    if (instance === undefined) return;
    try {
      const reading = eventsOf(instance.log.read({ after: this.model.head }));
      const isOver = (): boolean => this.isGone(instance);
      const events = await this.time.until('reading the log', reading, ANSWER_MS, isOver);
      if (events !== undefined) this.check(this.model.observed(events));
    } catch (error) {
      if (error instanceof Broken || error instanceof Overdue || !this.disk.isAiling('log.db')) throw error;
    }
    this.heads.push({ at: this.time.now, head: this.model.head });
  }

  subscribe(name: string, instance: Instance): void {
    this.subscribers.get(name)?.subscription.unsubscribe();
    const seen = this.seen.get(name) ?? [];
    this.seen.set(name, seen);
    const subscription = instance.log.subscribe({ after: seen.length }).subscribe({
      next: (signal) => void (signal.kind === 'event' && seen.push(signal.event)),
      error: () => this.subscribers.delete(name),
    });
    this.subscribers.set(name, { instance, subscription });
  }

  unsubscribe(name: string): void {
    this.subscribers.get(name)?.subscription.unsubscribe();
    this.subscribers.delete(name);
  }

  /** Checks that each subscriber has got the beginning of the log, in order; with `all`, that the running subscribers have got all of it. */
  checkSubscribers(all = false): void {
    for (const [name, seen] of this.seen) {
      seen.forEach(({ id, sequence }, index) => {
        const due = this.model.events[index];
        if (sequence !== index + 1 || (due !== undefined && due.id !== id))
          throw new Broken(
            `${name} saw @${sequence} (${id}) where @${index + 1} (${String(due?.id)}) is due`,
          );
      });
      if (all && this.subscribers.has(name) && seen.length < this.model.head)
        throw new Broken(`${name} has seen ${seen.length} of ${this.model.head} events`);
    }
  }

  /** Checks the views and the search of a process that says it is ready: they must have the events that were recorded some time ago. */
  async checkReadiness(instance: Instance): Promise<void> {
    const answered = await this.ask(instance, '/health/ready');
    if (answered?.status !== 200) return;
    const before = this.time.now - READY_LAG_MS;
    const due = this.heads.reduce((head, one) => (one.at <= before ? Math.max(head, one.head) : head), 0);
    const { views, search } = instance.views.status;
    for (const [part, { sequence }] of Object.entries({ views, search })) {
      if (sequence < due)
        throw new Broken(
          `${instance.name} is ready; its ${part} have @${sequence}, and @${due} is long there`,
        );
    }
  }

  /** Checks that a process that could not append is not ready while the log is locked. */
  async checkUnwritable(instance: Instance): Promise<void> {
    if (!this.disk.isLocked('log.db')) return;
    const answered = await this.ask(instance, '/health/ready');
    if (answered?.status === 200)
      throw new Broken(`${instance.name} is ready; it refused an append, as log.db is locked`);
  }

  /** Checks that a view answers with the events that were recorded up to the sequence. */
  async checkAnswer(instance: Instance, question: Question & { readonly recordedAt: number }): Promise<void> {
    const view = this.chance.of(VIEWS);
    const { asOf, knownAt, recordedAt } = question;
    const asked = new URLSearchParams({ asOf: new Date(asOf).toISOString(), recordedAt: `@${recordedAt}` });
    if (knownAt !== undefined) asked.set('knownAt', new Date(knownAt).toISOString());
    const path = `/v1/${view.name}?${asked.toString()}`;
    const answered = await this.ask(instance, path);
    if (answered?.status !== 200) return;
    await this.time.until('the reference', this.reference.follow(), START_MS);
    const expected = this.reference.list(view, question);
    const { items } = answered.body as { items: unknown };
    if (JSON.stringify(items) !== expected)
      throw new Broken(`GET ${path} gave\n${JSON.stringify(items)}\nand not\n${expected}`);
  }

  /** Ends the faults, and checks that the server recovers within bounded time. `finish`: the work of clients that can end only then. */
  async heal(finish: (instance: Instance) => Promise<void>): Promise<void> {
    this.disk.crash = undefined;
    this.disk.heal();
    this.bury();
    if (this.alive.length === 0) await this.start(0);
    this.tell('nothing goes wrong any more');
    const deadline = this.time.now + HEALING_MS;
    for (const instance of this.alive) await this.getsReady(instance, deadline);
    await this.observe();
    this.troubledUntil = 0;
    await finish(this.alive[0]!);
    for (const instance of this.alive) {
      await this.checkReads(instance);
      await this.checkAudit(instance);
    }
    if (this.chance.is(0.25)) this.checkCells();
    await this.followersGetAll(this.alive[0]!);
    await this.time.pass(1_000);
    this.checkSubscribers(true);
  }

  /** Checks that the readers of changes and the receiver of webhooks get all messages, once and in order. */
  private async followersGetAll(instance: Instance): Promise<void> {
    const { followers, webhooks, receiver, reference, time } = this;
    if (followers.size === 0 && webhooks.isEmpty) return;
    receiver.failing = 0;
    followers.resume(instance);
    this.check(await this.done('resuming the webhooks', webhooks.resume(instance)));
    const watermark = () => this.done('the watermark', instance.served.watermark.now());
    const to = await watermark();
    await time.until('the reference', reference.follow(), START_MS);
    const due = [...(await reference.changes(to))];
    if (followers.readsPages) while (await this.done('a page', followers.nextPage(instance, 50)));
    const deadline = time.now + HEALING_MS;
    do await time.pass(1_000);
    while (!webhooks.hasAll(this.model.head, due.length) && time.now < deadline);
    const reached = await watermark();
    const later = [...(await reference.changes(reached))];
    this.check([
      ...receiver.faults,
      ...followers.faultsOf(due, later),
      ...webhooks.faultsOf(this.model.head, due, later),
    ]);
    if (!isDeepStrictEqual(folded(later), reference.values(reached)))
      throw new Broken(`the changes up to @${reached.sequence}, ${reached.at} do not give the state there`);
    receiver.failing = 0.25;
  }

  /** The result of work that must end, as nothing is wrong. */
  private async done<T>(what: string, work: Promise<T>): Promise<T> {
    try {
      return (await this.time.until(what, work, ANSWER_MS))!;
    } catch (error) {
      if (error instanceof Overdue) throw error;
      throw new Broken(`${what} failed: ${String(error)}`);
    }
  }

  private async getsReady(instance: Instance, deadline: number): Promise<void> {
    for (;;) {
      const ready = await this.ask(instance, '/health/ready');
      if (ready?.status === 200) return;
      if (this.time.now > deadline)
        throw new Broken(`${instance.name} does not get ready again: ${JSON.stringify(ready?.body)}`);
      await this.time.pass(1_000);
    }
  }

  private async checkReads(instance: Instance): Promise<void> {
    const { head } = this.model;
    const read = await this.ask(instance, `/v1/crossings?atLeast=${head}`);
    const { basis } = (read?.body ?? {}) as { basis?: { sequence: number } };
    if (read?.status !== 200 || (basis?.sequence ?? -1) < head)
      throw new Broken(`${instance.name} has not @${head}: ${JSON.stringify(read)}`);
    for (let n = 0; n < 3; n += 1) await this.checkAnswer(instance, this.question());
  }

  question(): Question & { readonly recordedAt: number } {
    const day = (): number => Date.UTC(2025, 9, 20) + this.chance.whole(-2, 30) * 86_400_000 + 43_200_000;
    return {
      asOf: day(),
      ...(this.chance.is(0.5) && { knownAt: day() }),
      recordedAt: this.chance.is(0.5) ? this.model.head : this.chance.whole(0, this.model.head),
    };
  }

  /** Checks that every cell agrees with the definitions. */
  private checkCells(): void {
    const db = new Database(this.disk.pathOf('views.db'), { readonly: true });
    try {
      const { asOf: _, ...scope } = this.question();
      compareWithOracle(new CellReader(db), db, this.model.events, scope);
    } finally {
      db.close();
    }
  }

  private async checkAudit(instance: Instance): Promise<void> {
    await this.time.until('the tree', instance.audit.caughtUp({ timeout: ANSWER_MS }), ANSWER_MS + 1);
    if (instance.audit.size !== this.model.head)
      throw new Broken(
        `the tree of ${instance.name} has ${instance.audit.size} of ${this.model.head} events`,
      );
  }

  release(): void {
    for (const instance of this.alive) this.kill(instance);
    swapZoneRules();
    this.receiver.release();
    this.reference.close();
    this.disk.release();
  }
}

async function eventsOf(reading: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of reading) events.push(event);
  return events;
}
