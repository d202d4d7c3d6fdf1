import { Consumer, logSource, type EventLog, type RecordedEvent } from '#log';
import { finished, type Interruptible, type Runtime } from '#runtime';
import {
  ChangeFinder,
  ChangeWalk,
  projectionSink,
  START_OF_CHANGES,
  State,
  ViewsDatabase,
  type ChangeOfState,
  type ChangePlace,
  type Point,
  type Question,
  type View,
} from '#views';
import { leafDigits } from '../../apps/server/events/position.js';
import type { Model } from './model.js';

/** The views of a server without faults. They are in memory, and made from the list of the model. */
export class Reference {
  private readonly database = new ViewsDatabase(':memory:');
  private readonly consumer: Consumer<RecordedEvent>;
  private readonly walk: ChangeWalk;
  private readonly found: ChangeOfState[] = [];
  private walked: ChangePlace = START_OF_CHANGES;

  constructor(model: Model, runtime: Runtime) {
    const log = {
      async *read({ after = 0, limit = Infinity }: { after?: number; limit?: number } = {}) {
        yield* model.events.slice(after, after + limit);
      },
      head: async () => ({ sequence: model.head, recordedAt: model.events.at(-1)?.recordedAt ?? 0 }),
      reached: async (sequence: number) => sequence <= model.head,
      find: async (id: string) => model.events.find((event) => event.id === id),
    };
    this.consumer = new Consumer(runtime, logSource(log), projectionSink(this.database, log));
    const history: EventLog['history'] = async ({ after = 0, through = Infinity }, take) => {
      const events = model.events.slice(after, through);
      await take({ events, through: after + events.length });
      return after + events.length;
    };
    // Without turns: nothing else waits.
    const turns = {
      finish: async <T>(work: Interruptible<T>) => finished(work),
      run: <T>(work: () => T) => work(),
    };
    const walkedLog = { history, turns } as unknown as Pick<EventLog, 'history' | 'turns'>;
    const changes = new ChangeFinder(() => this.database);
    this.walk = new ChangeWalk(walkedLog, { changes, due: this.database.due }, leafDigits);
  }

  /** All changes up to a point, in order; later calls have later points. `follow` before it. */
  async changes(to: Point): Promise<readonly ChangeOfState[]> {
    const steps = this.walk.through(this.walked, to);
    for (let next = await steps.next(); ; next = await steps.next()) {
      if (next.done === true) this.walked = next.value;
      if (next.done === true) return this.found;
      this.found.push(...next.value.changes);
    }
  }

  /** The values of the whole state at a point, by view, subject and aspect. */
  values({ sequence, at }: Point): Map<string, unknown> {
    const stated = finished(new State(this.database.cells).stated({ asOf: at, recordedAt: sequence }));
    return new Map(stated.map((value) => [keyOf(value), value.value]));
  }

  follow(): Promise<void> {
    return this.consumer.catchUp();
  }

  list(view: View, question: Question): string {
    return JSON.stringify(finished(new State(this.database.cells).list(view, question)));
  }

  close(): void {
    this.database.close();
  }
}

/** The name of a value of the state. */
export const keyOf = ({
  view,
  subject,
  aspect,
}: Pick<ChangeOfState, 'view' | 'subject' | 'aspect'>): string => JSON.stringify([view, subject, aspect]);
