import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { encodeBundle, formatHash, type EntryBundle, type Tile } from '#audit';
import { Audit } from '#data-folder';
import type { EventLog } from '#log';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG } from '../provided.js';
import { badParameter } from '../reading/query.js';
import type { ConsistencyProof, InclusionProof } from './answers.js';

/** How long an answer waits until the tree has all events of the log, in milliseconds. */
const WAIT_MS = 5_000;

/** The signed note of the checkpoint at a size; of the whole log where there is none. Throws Problem `behind`. */
export class ReadCheckpoint extends Query<string> {
  constructor(readonly size: number | undefined) {
    super();
  }
}

/** The hashes of a tile, or the entries below one; undefined where the tree has no such tile. */
export class ReadTile extends Query<Uint8Array | undefined> {
  constructor(
    readonly tile: Tile | EntryBundle,
    readonly signal: AbortSignal,
  ) {
    super();
  }
}

/** The proof that an event is in the tree of a size, or in the present tree. Throws Problem `not-found`, `unavailable`. */
export class ProveInclusion extends Query<InclusionProof> {
  constructor(
    /** The id of the event. */
    readonly id: string,
    readonly size: number | undefined,
  ) {
    super();
  }
}

/** The proof that a tree of a size, or the present tree, begins with all leaves of an earlier tree. Throws Problem `unavailable`. */
export class ProveConsistency extends Query<ConsistencyProof> {
  constructor(
    readonly from: number,
    readonly to: number | undefined,
  ) {
    super();
  }
}

@QueryHandler(ReadCheckpoint)
export class ReadCheckpointHandler implements IQueryHandler<ReadCheckpoint> {
  constructor(
    private readonly audit: Audit,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ size }: ReadCheckpoint): Promise<string> {
    assertAtMost('size', size, (await this.log.head()).sequence);
    await this.audit.caughtUp({ timeout: WAIT_MS });
    if (size !== undefined && size > this.audit.size) {
      throw new Problem('behind', `The audit tree is at @${this.audit.size}, not yet at @${size}.`);
    }
    const { checkpoints } = this.audit;
    return size === undefined ? checkpoints.current() : checkpoints.at(size);
  }
}

@QueryHandler(ReadTile)
export class ReadTileHandler implements IQueryHandler<ReadTile> {
  constructor(private readonly audit: Audit) {}

  async execute({ tile, signal }: ReadTile): Promise<Uint8Array | undefined> {
    if (tile.level !== 'entries') return this.audit.tile(tile);
    const entries = await this.audit.entries(tile, signal);
    return entries && encodeBundle(entries);
  }
}

@QueryHandler(ProveInclusion)
export class ProveInclusionHandler implements IQueryHandler<ProveInclusion> {
  constructor(
    private readonly audit: Audit,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ id, size }: ProveInclusion): Promise<InclusionProof> {
    const event = await this.log.find(id.toLowerCase());
    if (event === undefined) throw new Problem('not-found', 'There is no event with this id.');
    await untilGrown(this.audit, size ?? event.sequence);
    assertAtMost('size', size, this.audit.size);
    const treeSize = size ?? this.audit.size;
    if (treeSize < event.sequence) {
      throw badParameter('size', `The event has sequence ${event.sequence}: the size must be at least that.`);
    }
    const leafIndex = event.sequence - 1;
    const path = await this.audit.proveInclusion(leafIndex, treeSize);
    const leafHash = formatHash(await this.audit.leaf(leafIndex));
    return { leafIndex, treeSize, leafHash, path: path.map(formatHash) };
  }
}

@QueryHandler(ProveConsistency)
export class ProveConsistencyHandler implements IQueryHandler<ProveConsistency> {
  constructor(private readonly audit: Audit) {}

  async execute({ from, to: asked }: ProveConsistency): Promise<ConsistencyProof> {
    await untilGrown(this.audit, asked ?? from);
    const { size } = this.audit;
    assertAtMost('to', asked, size);
    assertAtMost('from', from, size);
    const to = asked ?? size;
    if (from > to)
      throw badParameter('from', `It must not be greater than ${to}, the size of the later tree.`);
    const path = await this.audit.proveConsistency(from, to);
    return { from, to, path: path.map(formatHash) };
  }
}

/** Waits until the tree has all events of the log. Throws Problem `unavailable` where it still lacks the requested size. */
async function untilGrown(audit: Audit, size: number): Promise<void> {
  if ((await audit.caughtUp({ timeout: WAIT_MS })) || audit.size >= size) return;
  const { reason } = audit.status;
  const why = reason === undefined ? '' : `: ${reason}`;
  throw new Problem('unavailable', `The tree has ${audit.size} events so far, not yet ${size}${why}.`, {
    retryAfter: WAIT_MS / 1_000,
  });
}

function assertAtMost(name: string, size: number | undefined, most: number): void {
  if (size !== undefined && size > most)
    throw badParameter(name, `It must be a whole number from 0 to ${most}.`);
}

export const AUDIT_QUERIES = [
  ReadCheckpointHandler,
  ReadTileHandler,
  ProveInclusionHandler,
  ProveConsistencyHandler,
];
