import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { parseChangeId, START_OF_CHANGES, type ChangeOfState, type ViewName } from '#views';
import { ChangeStream } from '../../apps/server/changes/change-stream.js';
import { SseStream } from '../../apps/server/reading/sse.js';
import type { Instance } from './instance.js';
import { keyOf } from './reference.js';

/** A reader of changes. It continues after its last id, at any process. */
interface Follower {
  /** The view whose changes it reads; absent: all views. */
  readonly view?: ViewName;
  readonly got: ChangeOfState[];
  lastId: string | undefined;
  /** The process whose stream it reads, and the end of that. */
  reading?: { readonly instance: Instance; readonly leave: () => void };
}

/** The readers of `/v1/changes/stream` and of `/v1/changes`, by name, and their law: they get exactly the changes, in order, each once. */
export class ChangeFollowers {
  readonly faults: string[] = [];
  private readonly followers = new Map<string, Follower>();

  /** `isCalm`: whether nothing is wrong, so that no stream may break. */
  constructor(private readonly isCalm: () => boolean) {}

  get size(): number {
    return this.followers.size;
  }

  /** Opens a stream, from the place where the reader has stopped. */
  follow(name: string, instance: Instance, view?: ViewName): void {
    const follower = this.named(name, view);
    follower.reading?.leave();
    const { watermark, walk, places, selections } = instance.served;
    const from = follower.lastId === undefined ? START_OF_CHANGES : parseChangeId(follower.lastId);
    const selection = selections.of(follower.view === undefined ? {} : { view: [follower.view] });
    const source = new ChangeStream(from, { walk, places, watermark, selection, end: async () => ({}) });
    const response = new PassThrough();
    const leave = (): void => {
      if (follower.reading?.leave === leave) delete follower.reading;
      response.removeAllListeners('data').destroy();
    };
    follower.reading = { instance, leave };
    let text = '';
    response.on('data', (chunk: Buffer) => {
      const messages = (text + chunk.toString()).split('\n\n');
      text = messages.pop()!;
      for (const message of messages) this.take(name, follower, message);
    });
    response.once('close', leave);
    new SseStream(response as unknown as ServerResponse, source, {
      runtime: instance.runtime,
      onError: (error) => {
        if (this.isCalm()) this.faults.push(`the stream of ${name} broke: ${String(error)}`);
      },
    });
  }

  leave(name: string): void {
    this.followers.get(name)?.reading?.leave();
  }

  /** The process has ended, and its streams with it. */
  left(instance: Instance): void {
    for (const { reading } of this.followers.values()) if (reading?.instance === instance) reading.leave();
  }

  /** Opens the streams again that have ended. */
  resume(instance: Instance): void {
    for (const [name, { reading }] of this.followers)
      if (reading === undefined && name !== PAGES) this.follow(name, instance);
  }

  /** Reads the next page of `/v1/changes`. Returns whether there are more. */
  async nextPage({ served: { reader, selections } }: Instance, limit: number): Promise<boolean> {
    const follower = this.named(PAGES);
    const { lastId } = follower;
    const from = (lastId === undefined ? undefined : parseChangeId(lastId)) ?? START_OF_CHANGES;
    const { items, next, position } = await reader.page({ from, selection: selections.of({}) }, limit);
    // Another page may have been asked for when this one did not come in time.
    if (follower.lastId !== lastId) return true;
    follower.got.push(...items);
    follower.lastId = position;
    return next !== null;
  }

  get readsPages(): boolean {
    return this.followers.has(PAGES);
  }

  /**
   * The faults of all readers who should have got these changes. `later`: the changes that they may have got too, which begin with these.
   */
  faultsOf(changes: readonly ChangeOfState[], later: readonly ChangeOfState[]): string[] {
    const ofFollowers = [...this.followers].flatMap(([name, { view, got }]) => {
      const own = (all: readonly ChangeOfState[]) =>
        all.filter((one) => view === undefined || one.view === view);
      return faultsOf(name, got, own(changes).length, own(later));
    });
    return [...this.faults.splice(0), ...ofFollowers];
  }

  private named(name: string, view?: ViewName): Follower {
    const follower = this.followers.get(name) ?? { ...(view && { view }), got: [], lastId: undefined };
    this.followers.set(name, follower);
    return follower;
  }

  private take(name: string, follower: Follower, message: string): void {
    const fields = new Map(
      message
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    const [kind, id, data] = [fields.get('event'), fields.get('id'), fields.get('data')];
    if (kind === 'reset') this.faults.push(`${name} was reset after ${String(follower.lastId)}`);
    if (kind === 'change') follower.got.push(JSON.parse(data!) as ChangeOfState);
    if (id) follower.lastId = id;
  }
}

const PAGES = 'the reader of pages';

/** The faults of changes that a reader got: at least `most` of the changes that are due, in order, and no others. */
export function faultsOf(
  who: string,
  got: readonly ChangeOfState[],
  least: number,
  due: readonly ChangeOfState[],
): string[] {
  const wrong = got.findIndex((change, index) => !isDeepStrictEqual(plain(change), plain(due[index])));
  if (wrong >= 0)
    return [`${who} got ${JSON.stringify(got[wrong])}\nwhere this is due:\n${JSON.stringify(due[wrong])}`];
  return got.length < least ? [`${who} has got ${got.length} of ${least} changes`] : [];
}

/** The state that the changes give from the empty state. */
export function folded(changes: readonly ChangeOfState[]): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const change of changes) {
    if (change.after === undefined) values.delete(keyOf(change));
    else values.set(keyOf(change), change.after);
  }
  return values;
}

const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));
