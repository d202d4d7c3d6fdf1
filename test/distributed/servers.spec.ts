import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { corpus } from '../questions/asked.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { double, type Double, type DoubleOptions } from '../support/kurrentdb/index.js';
import { development, idsOf, Instance, sequencesOf, type Development, type Recorded } from './instance.js';

let folder: string;
let server: Double | undefined;
const running = new Set<Instance>();

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const instance of running) await instance.stop('SIGKILL');
  running.clear();
  await server?.stop();
  server = undefined;
  removeFolder(folder);
});

async function cluster(options: DoubleOptions = {}): Promise<Double> {
  server = await double(options);
  return server;
}

async function start(name: string, { connectionString }: Double): Promise<Instance> {
  const instance = await Instance.start(join(folder, name), `${connectionString}&nodePreference=leader`);
  running.add(instance);
  return instance;
}

/** A client that writes until it is stopped, and keeps its requests and their answers. */
class Scribe {
  readonly sent: Development[] = [];
  readonly answered: Recorded[] = [];
  private stopped = false;
  readonly done: Promise<void>;

  constructor(instance: Instance) {
    this.done = this.write(instance);
  }

  stop(): Promise<void> {
    this.stopped = true;
    return this.done;
  }

  async until(answers: number): Promise<void> {
    while (this.answered.length < answers) await wait(5);
  }

  private async write(instance: Instance): Promise<void> {
    for (let n = 0; !this.stopped; n += 1) {
      const batch = Array.from({ length: n % 4 === 0 ? 3 : 1 }, development);
      this.sent.push(...batch);
      try {
        this.answered.push(...(await instance.record(batch)));
      } catch (error) {
        // `fetch` throws this error where the instance has ended.
        if ((error as { readonly name: unknown }).name === 'TypeError') return;
        throw error;
      }
    }
  }
}

/** Checks that every event of the log is there once, in the same order at every instance, and agrees with its answer. */
async function agree(
  instances: readonly Instance[],
  answered: readonly Recorded[],
  size: number,
): Promise<void> {
  const [first = '', ...others] = await Promise.all(instances.map((instance) => instance.events(size)));
  for (const other of others) expect(other).toBe(first);
  expect(sequencesOf(first)).toEqual(Array.from({ length: size }, (_, index) => index + 1));
  const ids = idsOf(first);
  expect(new Set(ids).size).toBe(size);
  for (const { id, sequence } of answered) expect(ids[sequence - 1]).toBe(id);
  const [tree, ...trees] = await Promise.all(instances.map((instance) => instance.tree(size)));
  for (const other of trees) expect(other).toEqual(tree);
}

describe('instances over one log', () => {
  it('have equal sequences and equal answers, and each instance has read the events of the others', async () => {
    const log = await cluster();
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => start(name, log)));
    if (a === undefined || b === undefined || c === undefined) throw new Error('There are three');
    const instances = [a, b, c];
    const developments = corpus() as unknown as Development[];
    const answered = await a.record(developments);
    expect(answered.map(({ sequence }) => sequence)).toEqual(developments.map((_, index) => index + 1));

    for (let n = 0; n < 12; n += 1) {
      const [writer, reader] = [instances[n % 3], instances[(n + 1) % 3]];
      if (writer === undefined || reader === undefined) throw new Error('There are three');
      const [written] = await writer.record([development()]);
      if (written === undefined) throw new Error('One was written');
      answered.push(written);
      const { sequence, id } = written;
      const question = `/v1/events?after=${sequence - 1}&limit=1&atLeast=${sequence}`;
      expect((await reader.json<{ items: { id: string }[] }>(question)).items.map((item) => item.id)).toEqual(
        [id],
      );
    }
    const scribes = instances.map((instance) => new Scribe(instance));
    await Promise.all(scribes.map((scribe) => scribe.until(15)));
    for (const scribe of scribes) await scribe.stop();
    answered.push(...scribes.flatMap((scribe) => scribe.answered));

    const size = answered.length;
    await agree(instances, answered, size);
    for (const question of [
      `/v1/state?asOf=2025-11-05&knownAt=2025-11-10&recordedAt=@${size}`,
      `/v1/crossings?asOf=2026-03-02&recordedAt=@${size}`,
      `/v1/crossings/lt-by.medininkai/timeline?from=2025-10-20&to=2026-04-01&recordedAt=@${size}`,
      `/v1/diff?from.asOf=2025-10-01&to.asOf=2025-11-05&from.recordedAt=@${size}&to.recordedAt=@${size}`,
    ]) {
      const [first, ...others] = await Promise.all(instances.map((instance) => instance.text(question)));
      for (const other of others) expect(other).toBe(first);
    }
  });

  it('lose nothing where one instance is killed while it writes; requests without an answer can be sent to another instance', async () => {
    const log = await cluster();
    const [a, b] = await Promise.all(['a', 'b'].map((name) => start(name, log)));
    if (a === undefined || b === undefined) throw new Error('There are two');
    const scribes = [new Scribe(a), new Scribe(a), new Scribe(b)];
    await scribes[0]?.until(15);
    await a.stop('SIGKILL');
    running.delete(a);
    await Promise.all(scribes.slice(0, 2).map((scribe) => scribe.done));
    await scribes[2]?.until((scribes[2]?.answered.length ?? 0) + 10);
    await scribes[2]?.stop();
    const sent = scribes.flatMap((scribe) => scribe.sent);
    const answered = scribes.flatMap((scribe) => scribe.answered);
    const known = new Set(answered.map(({ id }) => id));
    const open = sent.filter(({ id }) => !known.has(id));
    for (const one of open) answered.push(...(await b.record([one])));
    const again = await start('a', log);
    await agree([again, b], answered, sent.length);
  });

  it('give the first answer where an event that one instance wrote before it was killed is sent to another instance', async () => {
    const log = await cluster();
    const [a, b] = await Promise.all(['a', 'b'].map((name) => start(name, log)));
    if (a === undefined || b === undefined) throw new Error('There are two');
    const one = development();
    log.failNext('append', { kind: 'silent', committed: true });
    const unanswered = a.post([one]).then(
      () => 'answered',
      () => 'cut off',
    );
    const isStored = () => log.store.stream('borderline') !== undefined;
    while (!isStored()) await wait(5);
    await a.stop('SIGKILL');
    running.delete(a);
    expect(await unanswered).toBe('cut off');
    const [answer] = await b.record([one]);
    expect(answer).toMatchObject({ id: one.id, sequence: 1, duplicate: true });
    await agree([b, await start('a', log)], [], 1);
  });

  it('lose nothing where a node fails and another node leads while they write', async () => {
    const log = await cluster({ nodes: 3 });
    const instances = await Promise.all(['a', 'b'].map((name) => start(name, log)));
    const scribes = instances.map((instance) => new Scribe(instance));
    const more = async (): Promise<void> => {
      await Promise.all(scribes.map((scribe) => scribe.until(scribe.answered.length + 6)));
    };
    await more();
    log.elect(1);
    await more();
    log.elect(2);
    await log.nodes[1]?.stop();
    await more();
    await log.nodes[2]?.stop();
    log.elect(0);
    await more();
    await log.nodes[1]?.start();
    await log.nodes[2]?.start();
    log.elect(undefined);
    await wait(300);
    log.elect(1);
    await more();
    for (const scribe of scribes) await scribe.stop();
    const answered = scribes.flatMap((scribe) => scribe.answered);
    expect(answered).toHaveLength(scribes.flatMap((scribe) => scribe.sent).length);
    await agree(instances, answered, answered.length);
  });
});
