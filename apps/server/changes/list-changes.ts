import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ChangeReader, type ChangeList, type ChangesAsked } from './change-reader.js';
import { ChangeSelections, type ChangeFilter } from './change-selection.js';

/** A page of the selected changes of state, in order. */
export class ListChanges extends Query<ChangeList> {
  constructor(
    readonly between: Pick<ChangesAsked, 'from' | 'to'>,
    readonly filter: ChangeFilter,
    readonly limit: number,
    readonly signal: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ListChanges)
export class ListChangesHandler implements IQueryHandler<ListChanges> {
  constructor(
    private readonly reader: ChangeReader,
    private readonly selections: ChangeSelections,
  ) {}

  execute({ between, filter, limit, signal }: ListChanges): Promise<ChangeList> {
    return this.reader.page({ ...between, selection: this.selections.of(filter), signal }, limit);
  }
}
