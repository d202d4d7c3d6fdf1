import type { Interruptible } from '#runtime';
import { explainRows, type PartialExplanation, type RowWindow } from './explain-rows.js';
import { explain, weighable, type ExplanationSource } from './explain.js';
import { historyOf, type AnswerHistory, type HistoryAsked } from './history.js';
import type { Question } from './question.js';
import { SubjectWork, type Elsewhere } from './subject-work.js';
import type { View } from './view.js';

/** Explains the answers about single subjects. `source` gives the views for the present turn of the thread. */
export class Explanations {
  private readonly work: SubjectWork;

  constructor(
    private readonly source: () => ExplanationSource,
    elsewhere?: Elsewhere,
  ) {
    this.work = new SubjectWork(() => source().cells, elsewhere);
  }

  /** A page of the effects that were weighed for an answer: the strongest verdicts first, or, of a very large subject, as `explainRows` orders them. */
  page(
    view: View,
    id: string,
    question: Question,
    aspect: string | undefined,
    page: RowWindow,
  ): Interruptible<PartialExplanation> {
    const task = { what: 'explanation', aspect, page } as const;
    return this.work.inTurns({ view, id, asked: question, task }, () => {
      const source = this.source();
      const weigh = weighable(source, view, id) === 'tooMuch' ? explainRows : pageOfAll;
      return weigh(source, view, id, question, aspect, page);
    });
  }

  /** The changes of an answer as knowledge grew. The subject is weighable. */
  history(view: View, id: string, question: Question, how: HistoryAsked): Interruptible<AnswerHistory> {
    return this.work.inTurns({ view, id, asked: question, task: { what: 'history', how } }, () =>
      historyOf(this.source(), view, id, question, how),
    );
  }
}

/** A page of all effects. */
function* pageOfAll(
  ...[source, view, id, question, aspect, page]: Parameters<typeof explainRows>
): Interruptible<PartialExplanation> {
  const { effects, ...answered } = yield* explain(source, view, id, question, aspect);
  const shown = effects.slice(page.after, page.after + page.limit);
  return { ...answered, effects: shown, total: effects.length };
}
