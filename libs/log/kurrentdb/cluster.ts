import { StreamNotFoundError, type KurrentDBClient, type Position } from '@kurrent/kurrentdb-client';
import type { Witness } from './place.js';
import { prefixOf } from './record.js';

/** Where the last of our events is that the leader has after a position, and whether there are more. */
export interface Ahead {
  readonly commit: bigint | undefined;
  /** How many this is the last of. */
  readonly events: number;
  readonly more: boolean;
}

/** The most events that one look ahead reads. */
const LOOK = 1_000;

/** Looks at what the leader has of our streams after a position; undefined: all of it. */
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
  let events = 0;
  for await (const { event } of ahead) {
    seen += 1;
    // A read begins with what is at the position.
    if (event === undefined || event.position.commit === from?.commit) continue;
    events += 1;
    commit = event.position.commit;
  }
  return { commit, events, more: seen === LOOK };
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
