import type { Position } from '@kurrent/kurrentdb-client';
import type { Part } from './record.js';

/** An event of ours that the cluster has: where it is no longer there, this is not the same log. */
export interface Witness {
  readonly stream: string;
  readonly revision: number;
  readonly recordId: string;
}

/** Where in `$all` a follower has got to. */
export interface Place {
  readonly position: Position;
  readonly witness: Witness;
}

export function placeAfter({ position, event, engineRevision, recordId }: Part): Place {
  return { position, witness: { stream: event.stream, revision: engineRevision, recordId } };
}

export function writtenPlace({ position, witness }: Place): string {
  return JSON.stringify({ commit: String(position.commit), prepare: String(position.prepare), ...witness });
}

/** What `writtenPlace` wrote. */
export function readPlace(text: string): Place {
  const { commit, prepare, ...witness } = JSON.parse(text) as Witness & { commit: string; prepare: string };
  return { position: { commit: BigInt(commit), prepare: BigInt(prepare) }, witness };
}
