import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ReceiptBasis } from '#audit';
import { Views } from '#views';
import { Problem } from '../problems/problem.js';
import { CUT_PARAMETERS } from '../reading/cut.js';
import type { Basis } from '../reading/basis.js';
import { basisOf, Cuts, type ReadCut } from '../reading/cuts.js';
import { untilStanding } from '../reading/question.js';
import type { Query } from '../reading/query.js';
import { ListItems, ReadItem, ReadState, ReadTimeline } from '../state/read-state.js';
import { filtersFrom, INTERVAL_PARAMETERS, intervalFrom } from '../state/view-query.js';
import type { AskedFor, AskedQuestion } from './receipt-question.js';

/** Those that a basis has resolved; of the cut's other parameters, the answer depends too. */
const RESOLVED: readonly string[] = [
  'asOf',
  'knownAt',
  'recordedAt',
  'zone',
  'atLeast',
] satisfies readonly (typeof CUT_PARAMETERS)[number][];

/** The answer that GET gives to the pinned question; `{ basis, known: false }` where GET answers 404. */
export interface PinnedAnswer {
  readonly basis: Basis;
  readonly [member: string]: unknown;
}

/** Answers questions so that each can be asked again for good: pinned to a sequence. */
@Injectable()
export class PinnedAnswers {
  constructor(
    private readonly queries: QueryBus,
    private readonly cuts: Cuts,
    private readonly views: Views,
  ) {}

  /**
   * What the question comes to now: where its recorded axis is open, or cut by time, the sequence that this means. Throws
   * Problem as a read does.
   */
  async basisOf({ parameters, asks }: AskedQuestion): Promise<ReceiptBasis> {
    const cut = await this.cuts.read(parameters, alsoKnown(asks));
    await untilStanding(this.views, [cut]);
    const sequence = cut.recordedAt ?? this.views.sequence;
    return { ...basisOf(cut, sequence), recordedAt: `@${sequence}` };
  }

  /**
   * The very answer, as JSON reads it, that GET gives to the question at this basis. Where GET would say that nothing is known
   * of the subject, `{ basis, known: false }`. Throws Problem as a read does.
   */
  async answer({ parameters, asks }: AskedQuestion, basis: ReceiptBasis): Promise<PinnedAnswer> {
    const others = Object.entries(parameters).filter(([name]) => !RESOLVED.includes(name));
    const { asOf, knownAt, recordedAt, zone } = basis;
    const pinned: Query = {
      ...Object.fromEntries(others),
      ...{ asOf, recordedAt, zone },
      ...(knownAt !== null && { knownAt }),
    };
    const cut = await this.cuts.read(pinned, alsoKnown(asks));
    return { basis: basisOf(cut, basis.sequence), ...(await this.membersOf(asks, pinned, cut)) };
  }

  private async membersOf(asks: AskedFor, query: Query, cut: ReadCut): Promise<object> {
    try {
      return await this.ask(asks, query, cut);
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-found') return { known: false };
      throw error;
    }
  }

  private async ask(asks: AskedFor, query: Query, cut: ReadCut): Promise<object> {
    switch (asks.kind) {
      case 'state':
        return read((await this.queries.execute(new ReadState(cut))).content);
      case 'list':
        return read(
          (await this.queries.execute(new ListItems(asks.view, cut, filtersFrom(asks.view, query)))).content,
        );
      case 'item':
        return read(JSON.stringify((await this.queries.execute(new ReadItem(asks.view, asks.id, cut))).item));
      case 'timeline': {
        const asked = new ReadTimeline(asks.view, asks.id, cut, intervalFrom(query, cut.zone));
        return read(JSON.stringify({ segments: (await this.queries.execute(asked)).segments }));
      }
    }
  }
}

/** What the receiver reads. */
const read = (json: string | Buffer): object => JSON.parse(json.toString()) as object;

function alsoKnown(asks: AskedFor): readonly string[] {
  switch (asks.kind) {
    case 'list':
      return Object.keys(asks.view.filters);
    case 'timeline':
      return INTERVAL_PARAMETERS;
    case 'state':
    case 'item':
      return [];
  }
}
