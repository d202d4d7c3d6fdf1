import { StreamNotFoundError, type KurrentDBClient, type Position } from '@kurrent/kurrentdb-client';
import type { Witness } from './place.js';
import { prefixOf } from './record.js';

/** Where the last of our events is that the leader has from the position on, and whether there are more. */
export interface Ahead {
  readonly commit: bigint | undefined;
  readonly more: boolean;
}

/** The most events that one look ahead reads. */
const LOOK = 1_000;

/** Looks from a position (inclusive; undefined: the beginning) at what the leader has of our streams. */
export async function lookAhead(
  client: KurrentDBClient,
  prefix: string,
  from: Position | undefined,
): Promise<Ahead> {
  let commit: bigint | undefined;
  let seen = 0;
  const ahead = client.readAll({
    fromPosition: from ?? 'start',
    filter: { filterOn: 'streamName', prefixes: [prefix], checkpointInterval: 1 },
    maxCount: LOOK,
    requiresLeader: true,
  });
  for await (const { event } of ahead) {
    seen += 1;
    commit = event?.position.commit ?? commit;
  }
  return { commit, more: seen === LOOK };
}

/** Whether the cluster has this very event. */
export async function witnessed(client: KurrentDBClient, name: string, witness: Witness): Promise<boolean> {
  try {
    const events = client.readStream(prefixOf(name) + witness.stream, {
      fromRevision: BigInt(witness.revision),
      maxCount: 1,
    });
    for await (const { event } of events) {
      return event?.id === witness.recordId && Number(event.revision) === witness.revision;
    }
    return false;
  } catch (error) {
    if (error instanceof StreamNotFoundError) return false;
    throw error;
  }
}
