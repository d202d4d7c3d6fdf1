import { Consumer, logSource, type RecordedEvent } from '#log';
import { finished, type Runtime } from '#runtime';
import { projectionSink, State, ViewsDatabase, type Question, type View } from '#views';
import type { Model } from './model.js';

/** The views of a server without faults. They are in memory, and made from the list of the model. */
export class Reference {
  private readonly database = new ViewsDatabase(':memory:');
  private readonly consumer: Consumer<RecordedEvent>;

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
