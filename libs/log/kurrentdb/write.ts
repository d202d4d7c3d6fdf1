import {
  NO_STREAM,
  ANY,
  type AppendStreamState,
  type JSONEventData,
  type KurrentDBClient,
} from '@kurrent/kurrentdb-client';

import { LogError } from '../errors.js';

/** What an append writes to one stream of the cluster. */
export interface StreamWrite {
  readonly streamName: string;
  readonly events: JSONEventData[];
  /** The revision it must have, -1 where it must not exist; undefined: any. */
  readonly expected: number | undefined;
}

/**
 * All of it or nothing; answers the commit position of the last of it, where the server tells. Everything that depends on the server's
 * version is here: several streams at once need 25.1, and are refused by an older one (UnsupportedError) before anything is written.
 */
export async function write(
  client: KurrentDBClient,
  writes: readonly StreamWrite[],
): Promise<bigint | undefined> {
  const [first] = writes;
  if (first === undefined) return undefined;
  if (writes.length === 1) {
    const { position } = await client.appendToStream(first.streamName, first.events, {
      streamState: stateOf(first.expected),
      requiresLeader: true,
    });
    return position?.commit;
  }
  if (new Set(writes.map(({ streamName }) => streamName.toLowerCase())).size < writes.length) {
    throw new LogError(
      'unsupported',
      'The cluster takes no append to streams whose names differ in case only',
    );
  }
  const { position } = await client.multiStreamAppend(
    writes.map(({ streamName, events, expected }) => ({
      streamName,
      events,
      expectedState: stateOf(expected),
    })),
  );
  return position;
}

function stateOf(expected: number | undefined): AppendStreamState {
  if (expected === undefined) return ANY;
  return expected === -1 ? NO_STREAM : BigInt(expected);
}
