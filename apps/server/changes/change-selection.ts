import { Inject, Injectable } from '@nestjs/common';
import type { Runtime } from '#runtime';
import {
  isUnder,
  STATED_ASPECTS,
  viewNamed,
  VIEWS,
  Views,
  type ChangeOfState,
  type StepFilter,
  type ViewName,
} from '#views';
import { RUNTIME } from '../provided.js';
import { choices, list, type Parsed } from '../reading/parameters.js';
import { chosen, several, type Query } from '../reading/query.js';
import { VIEW_NAMES } from '../reading/question.js';
import { ChangeWatermark } from './change-watermark.js';

/** The parameters that select changes. */
export const CHANGE_FILTER = {
  view: choices(VIEW_NAMES, 'views, comma-separated; default all', 'crossings'),
  subject: list('ids of items, comma-separated', 'lt-by.medininkai'),
  border: list('the two countries of crossings, as they are registered now, comma-separated', 'LT-BY'),
  aspect: {
    ...list(
      `aspects, comma-separated; an aspect includes the aspects below it: \`status\` includes \`status/road\`. Aspects begin with ${STATED_ASPECTS.join(', ')}`,
      'status,next',
    ),
    read: aspectsOf,
  },
};

/** The selection as a reader asks for it. Plain data. */
export type ChangeFilter = Partial<Parsed<typeof CHANGE_FILTER>>;

function aspectsOf(query: Query, name: string): readonly string[] | undefined {
  const asked = several(query, name);
  for (const aspect of asked ?? []) chosen(name, aspect.split('/', 1)[0]!, STATED_ASPECTS);
  return asked;
}

/** Selects the changes that a reader gets. */
export interface ChangeSelection {
  /** Selects the steps that may have a selected change. */
  readonly filter: StepFilter;
  passes(change: Pick<ChangeOfState, 'view' | 'subject' | 'aspect'>): boolean;
  /** Whether a change of the subject may pass. */
  concerns(view: ViewName, subject: string): boolean;
}

/** The number of crossings whose border is remembered. */
const MOST_BORDERS = 100_000;

/** Selects changes. */
@Injectable()
export class ChangeSelections {
  private readonly borders = new Map<string, string | undefined>();
  private bordersAt = 0;

  constructor(
    private readonly views: Views,
    private readonly watermark: ChangeWatermark,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  of({ view, subject, border, aspect }: ChangeFilter): ChangeSelection {
    const views = VIEWS.filter(
      ({ name }) => (view?.includes(name) ?? true) && (border === undefined || name === 'crossings'),
    );
    const names = new Set<string>(views.map(({ name }) => name));
    const isAll = view === undefined && subject === undefined && border === undefined;
    const concerns = (view: ViewName, id: string): boolean =>
      names.has(view) &&
      (subject?.includes(id) ?? true) &&
      (border === undefined || border.includes(this.borderOf(id) ?? ''));
    return {
      filter: isAll
        ? {}
        : { categories: views.map(({ category }) => category), ...(subject && { subjects: subject }) },
      concerns,
      passes: (change) =>
        (aspect === undefined || aspect.some((asked) => isUnder(change.aspect, asked))) &&
        concerns(change.view, change.subject),
    };
  }

  /** The present border of a crossing: events may name one before it is registered. */
  private borderOf(crossing: string): string | undefined {
    const { sequence } = this.views;
    if (sequence !== this.bordersAt || this.borders.size >= MOST_BORDERS) this.borders.clear();
    this.bordersAt = sequence;
    if (!this.borders.has(crossing)) {
      const asOf = Math.max(this.runtime.now(), this.watermark.sentUpTo);
      const registration = this.views.state.registration(viewNamed('crossings')!, crossing, { asOf });
      this.borders.set(crossing, registration?.crossing?.border);
    }
    return this.borders.get(crossing);
  }
}
