import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ReceiptBasis } from '#audit';
import { Views } from '#views';
import { Problem } from '../problems/problem.js';
import { JSON_FORM } from '../reading/answer-form.js';
import type { Basis } from '../reading/basis.js';
import { basisOf, CUT, Cuts, type AskedCut, type ReadCut } from '../reading/cuts.js';
import { untilViewsReach } from '../reading/question.js';
import { parsed, type ParameterTable, type Parsed } from '../reading/parameters.js';
import type { Query } from '../reading/query.js';
import { SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import { ListItems, ReadItem, ReadState, ReadTimeline } from '../state/read-state.js';
import { picked } from '../state/list-form.js';
import {
  filterValuesIn,
  intervalIn,
  itemParameters,
  listParameters,
  nextPage,
  TIMELINE,
  type AskedShape,
} from '../state/view-query.js';
import type { AskedFor, AskedQuestion } from './receipt-question.js';

/** The parameters of the cut that a basis resolves. The receipt repeats the other parameters as they are. */
const RESOLVED: readonly string[] = [
  'asOf',
  'knownAt',
  'recordedAt',
  'zone',
  'atLeast',
] satisfies readonly (keyof AskedCut)[];

/** The answer of GET to the pinned question; `{ basis, known: false }` where GET answers 404. */
export interface PinnedAnswer {
  readonly basis: Basis;
  readonly [member: string]: unknown;
}

/** Answers questions pinned to a sequence, so that each can be asked again at any time. */
@Injectable()
export class PinnedAnswers {
  constructor(
    private readonly queries: QueryBus,
    private readonly cuts: Cuts,
    private readonly views: Views,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  /**
   * The question with the recorded axis as a sequence, also where the question leaves this axis open or cuts it by time. Throws Problem as a read.
   */
  async basisOf({ parameters, asks }: AskedQuestion): Promise<ReceiptBasis> {
    const cut = await this.cuts.resolved(this.parsedFor(asks, parameters));
    await untilViewsReach(this.views, [cut]);
    const sequence = cut.recordedAt ?? this.views.sequence;
    return { ...basisOf(cut, sequence), recordedAt: `@${sequence}` };
  }

  /**
   * The same answer as GET to the question at this basis, parsed as JSON; `{ basis, known: false }` where nothing is known of the subject. Throws
   * Problem as a read.
   */
  async answer({ parameters, asks }: AskedQuestion, basis: ReceiptBasis): Promise<PinnedAnswer> {
    const others = Object.entries(parameters).filter(([name]) => !RESOLVED.includes(name));
    const { asOf, knownAt, recordedAt, zone } = basis;
    const pinned: Query = {
      ...Object.fromEntries(others),
      ...{ asOf, recordedAt, zone },
      ...(knownAt !== null && { knownAt }),
    };
    const asked = this.parsedFor(asks, pinned);
    const cut = await this.cuts.resolved(asked);
    return { basis: basisOf(cut, basis.sequence), ...(await this.membersOf(asks, asked, cut)) };
  }

  /** The query, read by the parameters of GET. */
  private parsedFor(asks: AskedFor, query: Query): AskedTimeline {
    return parsed(tableOf(asks), query, this.settings.zone) as AskedTimeline;
  }

  private async membersOf(asks: AskedFor, asked: AskedTimeline, cut: ReadCut): Promise<object> {
    try {
      return await this.ask(asks, asked, cut);
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-found') return { known: false };
      throw error;
    }
  }

  private async ask(asks: AskedFor, asked: AskedTimeline, cut: ReadCut): Promise<object> {
    switch (asks.kind) {
      case 'state':
        return read((await this.queries.execute(new ReadState(cut))).content);
      case 'list': {
        const { view } = asks;
        const shape = { ...asked, form: JSON_FORM };
        const query = new ListItems(view.name, cut, filterValuesIn(view, asked), shape);
        const found = await this.queries.execute(query);
        const next = nextPage(view, asked, JSON_FORM, basisOf(cut, found.sequence), found.last);
        return { ...(next !== undefined && { next }), ...read(found.content) };
      }
      case 'item': {
        const { item } = await this.queries.execute(new ReadItem(asks.view.name, asks.id, cut));
        return picked(item.item, asked.fields);
      }
      case 'timeline': {
        const query = new ReadTimeline(asks.view.name, asks.id, cut, intervalIn(asked));
        return read(JSON.stringify({ segments: (await this.queries.execute(query)).segments }));
      }
    }
  }
}

type AskedTimeline = Parsed<typeof TIMELINE> & AskedShape;

/** The value that a receiver parses. */
const read = (json: string | Buffer): object => JSON.parse(json.toString()) as object;

function tableOf(asks: AskedFor): ParameterTable {
  switch (asks.kind) {
    case 'list':
      return listParameters(asks.view);
    case 'timeline':
      return TIMELINE;
    case 'item':
      return itemParameters(asks.view);
    case 'state':
      return CUT;
  }
}
