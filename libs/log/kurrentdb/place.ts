import type { AllStreamRecordedEvent, Position } from '@kurrent/kurrentdb-client';

/** A record in a stream of ours that the cluster has: where it is no longer there, this is not the same log. */
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

export function placeAfter(record: AllStreamRecordedEvent, prefix: string): Place {
  const { position, streamId, revision, id } = record;
  return {
    position,
    witness: { stream: streamId.slice(prefix.length), revision: Number(revision), recordId: id },
  };
}

export function writtenPlace({ position, witness }: Place): string {
  return JSON.stringify({ commit: String(position.commit), prepare: String(position.prepare), ...witness });
}

/** What `writtenPlace` wrote. */
export function readPlace(text: string): Place {
  const { commit, prepare, ...witness } = JSON.parse(text) as Witness & { commit: string; prepare: string };
  return { position: { commit: BigInt(commit), prepare: BigInt(prepare) }, witness };
}
