import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import type { Instant } from '#time';
import { Views, VIEWS, type RememberedItem, type State, type StateChange, type ViewName } from '#views';
import { EVENT_LOG } from '../provided.js';
import { Problem } from '../problems/problem.js';
import { renderedTexts, type Rendered } from '../reading/answer.js';
import type { ReadCut } from '../reading/cuts.js';
import { jsonOf, listRendered, type ListForm } from './list-form.js';
import { untilViewsReach, viewOf, computeInTurns } from '../reading/question.js';
import { itemIn, segmentsIn } from './subject-answers.js';

/** The form of a list. */
export interface ListShape {
  readonly form: ListForm;
  /** The members of an item; default all. */
  readonly fields?: readonly string[] | undefined;
  /** The greatest number of items; default all. */
  readonly limit?: number | undefined;
  /** Only items after this id. */
  readonly after?: string | undefined;
}

/** The items of a view that pass its filters, as the text of the answer; the same text as long as nothing changes. */
export class ListItems extends Query<FoundList> {
  constructor(
    readonly view: ViewName,
    readonly cut: ReadCut,
    readonly filters: Readonly<Record<string, string>>,
    readonly shape: ListShape,
    /** The work of a query ends when its signal is aborted. A remembered answer needs no signal. */
    readonly whenGone?: () => AbortSignal,
  ) {
    super();
  }
}

/** An answer with the sequence that the views had when they were read. */
interface AtSequence {
  readonly sequence: number;
}

/** An answer without its basis. */
interface FoundText extends Rendered, AtSequence {}

interface FoundList extends FoundText {
  /** The last id of the page, where there are more items; undefined: there are no more. */
  readonly last?: string;
}

export class ReadItem extends Query<AtSequence & { readonly item: RememberedItem }> {
  constructor(
    readonly view: ViewName,
    readonly id: string,
    readonly cut: ReadCut,
    /** The work of a query ends when its signal is aborted. Short work needs no signal. */
    readonly whenGone?: () => AbortSignal,
  ) {
    super();
  }
}

export class ReadTimeline extends Query<AtSequence & { readonly segments: readonly object[] }> {
  constructor(
    readonly view: ViewName,
    readonly id: string,
    readonly cut: ReadCut,
    readonly interval: { readonly from?: Instant; readonly to?: Instant },
    /** The work of a query ends when its signal is aborted. */
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

export class ReadState extends Query<FoundText> {
  constructor(
    readonly cut: ReadCut,
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

export class CompareStates extends Query<AtSequence & { readonly changes: readonly StateChange[] }> {
  constructor(
    readonly from: ReadCut,
    readonly to: ReadCut,
    readonly views: readonly ViewName[],
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

/** Earlier answers. Each is valid until the log or the clock moves past its basis. */
class Answers {
  private readonly answers = new Map<string, FoundText & { readonly from: Instant; readonly to: Instant }>();

  find(key: string, asOf: Instant, sequence: number): FoundText | undefined {
    const answer = this.answers.get(key);
    return answer?.sequence === sequence && answer.from <= asOf && asOf < answer.to ? answer : undefined;
  }

  keep(key: string, answer: FoundText & { readonly from: Instant; readonly to: Instant }): FoundText {
    if (this.answers.size >= MOST_ANSWERS) this.answers.clear();
    this.answers.set(key, answer);
    return answer;
  }
}

const MOST_ANSWERS = 200;

@QueryHandler(ListItems)
export class ListItemsHandler implements IQueryHandler<ListItems> {
  /** The answers by the state of the views: a file that was rebuilt for another catalogue has its own answers. */
  private readonly answers = new WeakMap<State, Answers>();

  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute(query: ListItems): Promise<FoundList> {
    const { view: name, cut, filters, shape, whenGone } = query;
    const view = viewOf(name);
    const { knownAt, recordedAt, accordingTo, minReliability } = cut;
    if (cut.atLeast !== undefined || recordedAt !== undefined)
      await untilViewsReach(this.views, [cut], whenGone?.());
    if (shape.limit !== undefined || shape.after !== undefined) return this.page(query);
    const { form, fields } = shape;
    const { sequence, state } = this.views;
    const answers = this.answers.get(state) ?? new Answers();
    this.answers.set(state, answers);
    const scope = [knownAt, recordedAt, accordingTo, minReliability];
    const key = JSON.stringify([name, scope, filters, form.name, fields]);
    const earlier = answers.find(key, cut.asOf, sequence);
    if (earlier) return earlier;
    const { views } = this;
    const computed = await computeInTurns(
      views,
      this.log.turns,
      [cut],
      { signal: whenGone?.() },
      function* (question) {
        const { items, ...steady } = yield* views.state.steadyList(view, question, filters);
        return { ...(yield* listRendered(view, items, form, fields, false)), ...steady };
      },
    );
    const answer = { ...computed.result, sequence: computed.sequence };
    return views.state === state ? answers.keep(key, answer) : answer;
  }

  /** A page is not remembered: it reads only its items and a few more. */
  private async page({ view: name, cut, filters, shape, whenGone }: ListItems): Promise<FoundList> {
    const view = viewOf(name);
    const { views } = this;
    const { form, fields, limit = Infinity, after = '' } = shape;
    const { turns } = this.log;
    const { result, sequence } = await computeInTurns(
      views,
      turns,
      [cut],
      { signal: whenGone?.() },
      function* (question) {
        const { items, more } = yield* views.state.page(view, question, filters, { after, limit });
        const last = more ? items.at(-1) : undefined;
        return {
          ...(yield* listRendered(view, items, form, fields, more)),
          ...(last && { last: last.item.id }),
        };
      },
    );
    return { ...result, sequence };
  }
}

@QueryHandler(ReadItem)
export class ReadItemHandler implements IQueryHandler<ReadItem> {
  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ view: name, id, cut, whenGone }: ReadItem): Promise<AtSequence & { item: RememberedItem }> {
    const view = viewOf(name);
    const { views } = this;
    await untilViewsReach(views, [cut], whenGone?.());
    const how = { signal: whenGone?.(), beginsNow: true };
    const { result, sequence } = await computeInTurns(views, this.log.turns, [cut], how, (question) =>
      itemIn(views.state, view, id, { cut, question }),
    );
    if (result instanceof Problem) throw result;
    return { item: result, sequence };
  }
}

@QueryHandler(ReadTimeline)
export class ReadTimelineHandler implements IQueryHandler<ReadTimeline> {
  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({
    view: name,
    id,
    cut,
    interval,
    signal,
  }: ReadTimeline): Promise<AtSequence & { segments: object[] }> {
    const view = viewOf(name);
    await untilViewsReach(this.views, [cut], signal);
    const { views } = this;
    const { result, sequence } = await computeInTurns(views, this.log.turns, [cut], { signal }, (question) =>
      segmentsIn(views.state, view, id, { cut, question, interval }),
    );
    if (result instanceof Problem) throw result;
    return { segments: result, sequence };
  }
}

@QueryHandler(ReadState)
export class ReadStateHandler implements IQueryHandler<ReadState> {
  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ cut, signal }: ReadState): Promise<FoundText> {
    await untilViewsReach(this.views, [cut], signal);
    const { views } = this;
    const { result, sequence } = await computeInTurns(
      views,
      this.log.turns,
      [cut],
      { signal },
      function* (question) {
        const counts: Record<string, Record<string, number>> = {};
        const listed: string[][] = [];
        for (const view of VIEWS) {
          const { items } = yield* views.state.steadyList(view, question, {});
          listed.push([`,"${view.name}":`], jsonOf(items));
          counts[view.name] = countsOf(items);
        }
        return renderedTexts([`{"counts":${JSON.stringify(counts)}`, ...listed.flat(), '}']);
      },
    );
    return { ...result, sequence };
  }
}

@QueryHandler(CompareStates)
export class CompareStatesHandler implements IQueryHandler<CompareStates> {
  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({
    from,
    to,
    views,
    signal,
  }: CompareStates): Promise<AtSequence & { changes: StateChange[] }> {
    await untilViewsReach(this.views, [from, to], signal);
    const { result, sequence } = await computeInTurns(
      this.views,
      this.log.turns,
      [from, to],
      { signal },
      (a, b) => this.views.state.diff(a, b, views.map(viewOf)),
    );
    return { changes: result, sequence };
  }
}

/** The number of items, and of items with each status or verdict. */
function countsOf(items: readonly RememberedItem[]): Record<string, number> {
  const counts: Record<string, number> = { total: items.length };
  for (const { status } of items) if (status !== undefined) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
