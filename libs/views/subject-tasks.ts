import { Turnstile, type Interruptible, type Runtime } from '#runtime';
import { ChangeFinder } from './changes/change-finder.js';
import { SubjectSchedule } from './due/subject-schedule.js';
import { Explanations } from './explanations.js';
import { readerOfAnother, type ProjectionReader } from './projection-reader.js';
import { VIEWS_KIND, type ViewsReader } from './sqlite/views-database.js';
import type { Question } from './question.js';
import { State, VIEWS } from './state.js';
import type { SubjectTask } from './subject-work.js';
import type { View } from './view.js';
import { ViewsError } from './views-error.js';

/** A task as it is sent to another thread: it names its view. */
export interface SentTask extends Omit<SubjectTask, 'view' | 'asked'> {
  readonly view: View['name'];
  readonly asked: SubjectTask['asked'] & { readonly recordedAt: number };
  /** The opening of the file, in the status of its writer, that the sender reads. */
  readonly opening: number;
}

/** Milliseconds of a turn: this thread only gives turns to other tasks. */
const SLICE_MS = 50;

/** Does the tasks of another thread in this thread, in turns, on a connection of its own. The file must have the `recordedAt` of the tasks. */
export class SubjectTasks {
  private readonly turns: Turnstile;
  private readonly views: ProjectionReader<ViewsReader>;
  private opening = 0;

  constructor(runtime: Runtime, file: string) {
    this.turns = new Turnstile(runtime, SLICE_MS);
    this.views = readerOfAnother(runtime, file, VIEWS_KIND, () => this.opening);
  }

  /** The result. `signal` is read before each answer of a cell: another thread may abort it in shared memory. Rejects with ViewsError or after an abort. */
  do(sent: SentTask, signal: Pick<AbortSignal, 'aborted'>): Promise<unknown> {
    this.opening = sent.opening;
    // The sender may have events that came after the last read, in the same turn of this thread.
    this.views.renew();
    return this.turns.finish(this.checked(sent, signal), { lane: 'answers' });
  }

  close(): void {
    this.views.close();
  }

  private *checked(sent: SentTask, signal: Pick<AbortSignal, 'aborted'>): Interruptible<unknown> {
    const { reader } = this.views;
    const computation = resultOf(reader, sent);
    const check = (): void => {
      if (signal.aborted) throw new ViewsError('unavailable', 'nobody waits for the answer');
    };
    for (;;) {
      check();
      // All reads until the next yield are of one sequence. A file that was replaced meanwhile stays open for a while.
      if (this.views.reader !== reader) throw new ViewsError('unavailable', 'they were rebuilt meanwhile');
      const next = reader.cells.checked(check, () => computation.next());
      if (next.done === true) return next.value;
      yield next.value;
    }
  }
}

const VIEWS_BY_NAME = new Map<string, View>(VIEWS.map((view) => [view.name, view]));

/** The result of a task, computed here. */
export function* resultOf(
  reader: Pick<ViewsReader, 'cells' | 'effects' | 'due'>,
  { view: name, id, asked, task }: Omit<SentTask, 'opening'>,
): Interruptible<unknown> {
  const view = VIEWS_BY_NAME.get(name)!;
  const question = asked as Question;
  const state = new State(reader.cells);
  switch (task.what) {
    case 'result':
      return state.result(view, id, question);
    case 'stated':
      return yield* state.statedOf(view, id, question);
    case 'known':
      return yield* state.isKnown(view, id, asked);
    case 'timeline':
      return yield* state.timeline(view, id, asked, task.interval);
    case 'plane':
      return yield* state.plane(view, id, asked, task.interval);
    case 'nextChange':
      return yield* state.nextChange(view, id, question, task.to);
    case 'changes':
      return yield* new ChangeFinder(() => reader).ofSubject(view, task.compared, task.touched);
    case 'schedule':
      return yield* new SubjectSchedule(state, reader.due.bounds, view, id, task).find();
    case 'explanation':
      return yield* new Explanations(() => reader).page(view, id, question, task.aspect, task.page);
    case 'history':
      return yield* new Explanations(() => reader).history(view, id, question, task.how);
  }
}
