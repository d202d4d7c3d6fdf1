import type { EventLog } from '#log';
import { finished, type Pieces } from '#runtime';

/** Developments of a request that are worked on at once. */
const FEW = 16;

/** Does the work on so many developments: of many, in turns with all other long work of the process. */
export const inTurns = <T>(
  { turns }: Pick<EventLog, 'turns'>,
  developments: number,
  pieces: Pieces<T>,
): T | Promise<T> => (developments <= FEW ? finished(pieces) : turns.finish(pieces, { lane: 'answers' }));
