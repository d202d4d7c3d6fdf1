import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import type { Interruptible } from '#runtime';
import { formatInstant, type Instant } from '#time';
import { Views, type Question, type Rectangle, type State, type View, type ViewName } from '#views';
import { EVENT_LOG } from '../provided.js';
import { Problem } from '../problems/problem.js';
import type { ReadCut } from '../reading/cuts.js';
import { untilViewsReach, viewOf, computeInTurns } from '../reading/question.js';
import type { Plane, PlaneCell } from './answers.js';

/** The subjects: by id, or by the filters of the list at the cut; without filters all known subjects. */
export interface PlanesAsked {
  readonly subjects?: readonly string[] | undefined;
  readonly filters: Readonly<Record<string, string>>;
  /** The range of valid time. */
  readonly interval: { readonly from?: Instant; readonly to?: Instant };
  /** Only subjects after this id. */
  readonly after: string;
  /** The greatest number of subjects. */
  readonly limit: number;
  /** The answer ends after the subject with this number of cells, counted over all subjects. */
  readonly cells: number;
}

export interface FoundPlanes {
  readonly items: readonly Plane[];
  /** The last id that was read, where there may be more subjects. */
  readonly last?: string;
  readonly sequence: number;
}

export class ReadPlanes extends Query<FoundPlanes> {
  constructor(
    readonly view: ViewName,
    /** The `knownAt` of the cut does not count. */
    readonly cut: ReadCut,
    readonly asked: PlanesAsked,
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ReadPlanes)
export class ReadPlanesHandler implements IQueryHandler<ReadPlanes> {
  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ view, cut, asked, signal }: ReadPlanes): Promise<FoundPlanes> {
    await untilViewsReach(this.views, [cut], signal);
    const { views } = this;
    const { result, sequence } = await computeInTurns(views, this.log.turns, [cut], { signal }, (question) =>
      planesIn(views.state, viewOf(view), question, asked),
    );
    return { ...result, sequence };
  }
}

function* planesIn(
  state: State,
  view: View,
  question: Question,
  { interval, cells: most, limit, ...asked }: PlanesAsked,
): Interruptible<Omit<FoundPlanes, 'sequence'>> {
  const { asOf: _, ...scope } = question;
  const items: Plane[] = [];
  let cells = 0;
  let last = asked.after;
  for (;;) {
    const { ids, more } = yield* subjectsIn(state, view, question, { ...asked, after: last });
    for (const [index, id] of ids.entries()) {
      const plane = yield* state.plane(view, id, scope, interval);
      if (asked.subjects && plane.length === 0 && !(yield* state.isKnown(view, id, scope)))
        throw unknown(view, id);
      last = id;
      if (plane.length === 0) continue;
      cells += plane.length;
      items.push({ id, cells: plane.map(cellOf) });
      const isLast = !more && index + 1 === ids.length;
      if ((items.length >= limit || cells >= most) && !isLast) return { items, last };
    }
    if (!more) return { items };
  }
}

/** The number of subjects that are looked up at a time. */
const AT_A_TIME = 100;

function* subjectsIn(
  state: State,
  view: View,
  question: Question,
  { subjects, filters, after }: Pick<PlanesAsked, 'subjects' | 'filters' | 'after'>,
): Interruptible<{ readonly ids: readonly string[]; readonly more: boolean }> {
  if (subjects) {
    const ids = [...new Set(subjects)].filter((id) => id > after).sort();
    return { ids, more: false };
  }
  if (Object.keys(filters).length > 0) {
    const { items, more } = yield* state.page(view, question, filters, { after, limit: AT_A_TIME });
    return { ids: items.map(({ item }) => item.id), more };
  }
  const ids = state.subjectsAfter(view, after, AT_A_TIME);
  return { ids, more: ids.length === AT_A_TIME };
}

const unknown = (view: View, id: string): Problem =>
  new Problem('not-found', `Nothing is known at this cut about ${id.slice(0, 100)} in ${view.name}.`);

function cellOf({ known, valid, ...said }: Rectangle): PlaneCell {
  return {
    known: { from: formatInstant(known.from), to: textOf(known.to) },
    valid: { from: textOf(valid.from), to: textOf(valid.to) },
    ...said,
  };
}

const textOf = (instant: Instant | undefined): string | null =>
  instant === undefined ? null : formatInstant(instant);
