import fc from 'fast-check';
import type { DevelopmentAsSent } from '#events';
import { developmentAsSent } from '../../apps/cli/import/as-sent.js';
import { swapZoneRules } from '../../libs/time/zone.js';
import { eventOf, sentDevelopments } from '../laws/drawn.js';
import { FILES } from './disk.js';
import { ImportedFile, type ImportLine } from './importing.js';
import type { Answered, Instance } from './instance.js';
import type { Attempt, Entry, Sent } from './model.js';
import type { World } from './world.js';
import type { Chance } from '../support/chance.js';

/** The possible steps, with their weights. */
const STEPS = {
  record: 10,
  burst: 4,
  resend: 4,
  sendExported: 2,
  import: 1,
  correct: 5,
  dryRun: 4,
  read: 8,
  subscribe: 4,
  unsubscribe: 2,
  followChanges: 1,
  leaveChanges: 1,
  pageOfChanges: 1,
  webhook: 1,
  pass: 8,
  clock: 2,
  zoneRules: 1,
  fill: 2,
  lock: 3,
  fail: 2,
  mend: 4,
  snapshot: 1,
  start: 4,
  stop: 1,
  kill: 2,
  powerOff: 1,
  crash: 2,
  heal: 1,
} as const;

interface Recording {
  readonly developments: readonly DevelopmentAsSent[];
  readonly attempt: Attempt;
}

/** The clients and the faults of a world: one step after another, each drawn from the seed. */
export class Steps {
  private readonly recordings: Recording[] = [];
  private readonly imports: ImportedFile[] = [];
  private readonly runtime;
  private hasSummerTime = true;

  constructor(private readonly world: World) {
    this.runtime = world.time.runtimeOf({ dead: false, skew: 0 });
    swapZoneRules();
  }

  async take(): Promise<void> {
    const { world } = this;
    if (world.alive.length === 0) await world.start(this.skew());
    const step = world.chance.weighed(STEPS);
    await this[step]();
    await world.time.pass(world.chance.of([0, 0, 10, 100, 1_000, 12_000]), () => world.disk.dark);
    world.bury();
    await world.observe();
    world.checkSubscribers();
    if (this.instance !== undefined) await world.checkReadiness(this.instance);
    world.bury();
  }

  private get instance(): Instance | undefined {
    const { alive, chance } = this.world;
    return alive.length === 0 ? undefined : chance.of(alive);
  }

  private skew(): number {
    return this.world.chance.of([0, 0, 3_600_000, -3_600_000, -90_000]);
  }

  private async record(): Promise<void> {
    const { chance } = this.world;
    await this.send(this.newRecording(chance.is(0.6) ? 1 : chance.whole(2, 4)));
  }

  /** Runs the import command on a file: a new one, or one whose import was interrupted. */
  private async import(): Promise<void> {
    const { world, instance } = this;
    if (instance === undefined) return;
    const { chance } = world;
    const begun = this.imports.filter(({ isDone }) => !isDone);
    const isNew = begun.length === 0 || chance.is(0.5);
    const file = isNew
      ? new ImportedFile(drawnLines(chance, this.imports.length), world.model)
      : chance.of(begun);
    if (isNew) this.imports.push(file);
    await file.importInto(world, instance);
  }

  /** Sends several requests at the same time, two of which are equal. */
  private async burst(): Promise<void> {
    const { chance } = this.world;
    const fresh = Array.from({ length: chance.whole(2, 3) }, () => this.newRecording(chance.whole(1, 2)));
    await Promise.all([...fresh, ...fresh.slice(0, 1)].map((recording) => this.send(recording)));
  }

  private async resend(): Promise<void> {
    if (this.recordings.length > 0) await this.send(this.world.chance.of(this.recordings));
  }

  /** Sends an event in the form in which a server gives it, to another server or to the same server: nothing changes. */
  private async sendExported(): Promise<void> {
    const { world, instance } = this;
    if (instance === undefined || world.model.head === 0) return;
    const { id, sequence } = world.chance.of(world.model.events);
    const exported = await world.ask(instance, `/v1/events/${id}`);
    if (exported?.status !== 200 || this.instance === undefined) return;
    const { corrections: _corrections, causes: _causes, ...event } = exported.body as Record<string, unknown>;
    const answered = await world.ask(this.instance, '/v1/developments', developmentAsSent(event));
    world.tell(`@${sequence} was sent as it was exported: ${answered?.status ?? 'no answer'}`);
    const isKnown = answered?.status === 201 && (answered.body as { events: Entry[] }).events[0]?.duplicate;
    if (answered !== undefined && answered.status < 500 && isKnown !== true)
      world.check([`@${sequence} as exported was answered ${JSON.stringify(answered)}`]);
  }

  private newRecording(size: number): Recording {
    const developments = Array.from({ length: size }, () => ({
      ...this.world.chance.of(POOL),
      id: this.runtime.id(),
    }));
    const events = developments.map(({ id }): Sent => ({ id, contents: [] }));
    const recording = { developments, attempt: this.world.model.sent(events) };
    this.recordings.push(recording);
    return recording;
  }

  private async send({ developments, attempt }: Recording): Promise<void> {
    const { instance } = this;
    if (instance === undefined) return;
    developments.forEach((sent, index) => {
      const content = eventOf(sent);
      if (content !== undefined) attempt.events[index]!.contents.push(content);
    });
    await this.settle(attempt, instance, '/v1/developments', { developments });
  }

  /** Sends a correction or a retraction of an event. */
  private async correct(): Promise<void> {
    const { world, instance } = this;
    const { chance, model } = world;
    if (instance === undefined || model.head === 0) return;
    const target = chance.of(model.events);
    const id = this.runtime.id();
    const others = POOL.filter(({ type }) => type === target.type);
    const other = others.length === 0 ? undefined : chance.of(others);
    const isRetraction = other === undefined || chance.is(0.4);
    const kind = chance.of(['amended', 'transcription']);
    const body = { id, kind, reason: 'It was otherwise.', reportedAt: chance.of(POOL).reportedAt };
    const replacement = other && { occurred: other.occurred, until: other.until, data: other.data };
    const path = `/v1/developments/${target.id}/${isRetraction ? 'retractions' : 'corrections'}`;
    const sent = isRetraction ? body : { ...body, replacement };
    await this.settle(world.model.sent([{ id, contents: [] }]), instance, path, sent);
  }

  /** Sends a request, and checks the answer against the model. */
  private async settle(attempt: Attempt, instance: Instance, path: string, body: object): Promise<void> {
    const { world } = this;
    const answered = await world.ask(instance, path, body);
    const what = `${instance.name} POST ${path} ${attempt.events.length}`;
    world.tell(`${what}: ${answered === undefined ? 'no answer' : answered.status}${sequencesOf(answered)}`);
    if (answered?.status === 201) {
      world.check(world.model.answered(attempt, (answered.body as { events: Entry[] }).events));
    } else if (answered !== undefined && answered.status < 500) {
      const isKnown = attempt.events.some(({ id, contents }) => contents.length > 0 || world.model.has(id));
      if (isKnown) world.check([`${what} was answered ${answered.status}: ${JSON.stringify(answered.body)}`]);
      world.model.refused(attempt);
    } else if (answered?.status === 503) {
      await world.checkUnwritable(instance);
    }
  }

  private async dryRun(): Promise<void> {
    const { world, instance } = this;
    if (instance === undefined) return;
    const sent = { ...world.chance.of(POOL), id: this.runtime.id() };
    const answered = await world.ask(instance, '/v1/developments?dryRun=true', sent);
    world.tell(`${instance.name} dry run: ${answered?.status ?? 'no answer'}`);
  }

  private async read(): Promise<void> {
    const { world, instance } = this;
    if (instance === undefined) return;
    await world.checkAnswer(instance, world.question());
  }

  private subscribe(): void {
    const { world, instance } = this;
    if (instance !== undefined) world.subscribe(world.chance.of(SUBSCRIBERS), instance);
  }

  private followChanges(): void {
    const { world, instance } = this;
    if (instance === undefined) return;
    const name = world.chance.of(CHANGE_FOLLOWERS);
    world.followers.follow(name, instance, name === CROSSINGS_ALONE ? 'crossings' : undefined);
  }

  private leaveChanges(): void {
    const { world } = this;
    world.followers.leave(world.chance.of(CHANGE_FOLLOWERS));
  }

  private async pageOfChanges(): Promise<void> {
    const { world, instance } = this;
    if (instance === undefined) return;
    await world.attempt('a page of changes', instance, () =>
      world.followers.nextPage(instance, world.chance.whole(1, 50)),
    );
  }

  private async webhook(): Promise<void> {
    const { world, instance } = this;
    const kind = world.webhooks.missing;
    if (instance === undefined || kind === undefined) return;
    await world.attempt(`a webhook of ${kind}`, instance, () => world.webhooks.register(kind, instance));
  }

  private unsubscribe(): void {
    this.world.unsubscribe(this.world.chance.of(SUBSCRIBERS));
  }

  private async pass(): Promise<void> {
    await this.world.time.pass(
      this.world.chance.of([1, 20, 500, 5_000, 20_000, 90_000]),
      () => this.world.disk.dark,
    );
  }

  private clock(): void {
    const { world, instance } = this;
    if (instance === undefined) return;
    instance.skew += world.chance.of([-86_400_000, -3_600_000, -1, 60_000, 30 * 86_400_000]);
    world.tell(`the clock of ${instance.name} is off by ${instance.skew / 1_000} s`);
  }

  /** Changes the version of the zone database: Vilnius loses its summer time, or gets it back. */
  private zoneRules(): void {
    this.hasSummerTime = !this.hasSummerTime;
    swapZoneRules(
      this.hasSummerTime ? undefined : (zone) => (zone === 'Europe/Vilnius' ? 'Etc/GMT-2' : zone),
    );
    this.world.tell(this.hasSummerTime ? 'Vilnius has its summer time again' : 'Vilnius has no summer time');
  }

  private fill(): void {
    const { world } = this;
    for (const file of FILES) if (world.chance.is(0.5)) world.disk.fill(file);
    world.troubled();
    world.tell('the disk is full');
  }

  private lock(): void {
    const { world } = this;
    const file = world.chance.of(FILES);
    if (!world.disk.lock(file)) return;
    world.troubled();
    world.tell(`somebody has locked ${file}`);
  }

  private fail(): void {
    const { world } = this;
    const file = world.chance.of(FILES);
    world.disk.fail(file, world.chance.of([0.02, 0.2, 1]));
    world.troubled();
    world.tell(`the disk fails under ${file}`);
  }

  private mend(): void {
    if (!this.world.disk.ails) return;
    this.world.disk.heal();
    this.world.troubled();
    this.world.tell('the disk is well');
  }

  private snapshot(): void {
    this.world.disk.snapshot();
  }

  private async start(): Promise<void> {
    await this.world.start(this.skew());
  }

  private async stop(): Promise<void> {
    const { world, instance } = this;
    if (instance === undefined) return;
    await world.stop(instance);
    world.tell(`${instance.name} has stopped`);
  }

  private kill(): void {
    const { world, instance } = this;
    if (instance === undefined) return;
    world.kill(instance);
    world.tell(`${instance.name} was killed`);
  }

  private powerOff(): void {
    this.world.disk.powerOff();
  }

  /** Prepares a crash of a process, or of the power, at one of its next writes. */
  private crash(): void {
    const { world, instance } = this;
    if (instance === undefined) return;
    const kind = world.chance.of(['process', 'power'] as const);
    world.disk.crash = { kind, process: instance.name, after: world.chance.whole(0, 30) };
  }

  /** Ends the faults, finishes the interrupted imports, and checks that everything recovers. */
  async heal(): Promise<void> {
    const { world } = this;
    await world.heal(async (instance) => {
      for (const file of this.imports) if (!file.isDone) await file.importInto(world, instance);
      await world.observe();
      for (const file of this.imports) world.check(file.missing(world.model));
    });
  }

  release(): void {
    for (const file of this.imports) file.remove();
  }
}

/** The developments that clients send, without ids. They are the same for all seeds, because drawing them takes longer than a run. */
const POOL: readonly DevelopmentAsSent[] = fc
  .sample(sentDevelopments, { seed: 1, numRuns: 600 })
  .filter((sent) => eventOf({ ...sent, id: '019a0000-0000-7000-8000-000000000000' }) !== undefined);
const CROSSINGS_ALONE = 'the reader of crossings';
const CHANGE_FOLLOWERS = ['the reader of changes', CROSSINGS_ALONE];
const SUBSCRIBERS = ['first', 'second', 'third'];

/** The lines of a file to import: developments without ids, and some lines that are refused. Rarely it is too long for one request. */
function drawnLines(chance: Chance, file: number): ImportLine[] {
  const size = chance.is(0.02) ? 310 : chance.whole(10, 30);
  return Array.from({ length: size }, (_, line): ImportLine => {
    if (chance.is(0.03)) return chance.of(REFUSED);
    const { id: _id, source, ...development } = chance.of(POOL);
    return { ...development, source: { ...(source as object), title: `File ${file}, line ${line}` } };
  });
}

const REFUSED: readonly ImportLine[] = ['not JSON', { type: 'crossing.sold' }];

function sequencesOf(answered: Answered | undefined): string {
  if (answered?.status !== 201) return '';
  const sequences = (answered.body as { events: Entry[] }).events.map(({ sequence }) => sequence);
  return ` @${Math.min(...sequences)}–@${Math.max(...sequences)}`;
}
