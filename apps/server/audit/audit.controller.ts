import { Controller, Get, Inject, Param, Req, UseInterceptors } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AuditError,
  encodeBundle,
  formatHash,
  parseTilePath,
  TILE_WIDTH,
  type EntryBundle,
  type Tile,
} from '#audit';
import { Audit } from '#data-folder';
import type { EventLog } from '#log';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { Needs } from '../keys/needs.js';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG } from '../provided.js';
import { AnswerInterceptor, IMMUTABLE, untagged, type Answer } from '../reading/answer.js';
import { JSON_FORM, ONE_FORM } from '../reading/answer-form.js';
import { QueryParameters, needed, number, type Parsed } from '../reading/parameters.js';
import { Gone } from '../reading/client.js';
import { badParameter } from '../reading/query.js';
import type { ConsistencyProof, InclusionProof } from './answers.js';

/** How long an answer waits until the tree has all events of the log, in milliseconds. */
const WAIT_MS = 5_000;
const BYTES = 'application/octet-stream';
const TEXT = 'text/plain; charset=utf-8';

const CHECKPOINT = { size: number('the number of events; default: all events in the log') };
const INCLUSION = { size: number('the size of the tree; default: its present size') };
const CONSISTENCY = {
  from: needed(number('the size of the earlier tree')),
  to: number('the size of the later tree; default: its present size'),
};

/** Proofs, for readers who do not trust this server, that no event was changed, removed or inserted. */
@ApiTags('Auditing')
@Controller('v1/audit')
@UseInterceptors(AnswerInterceptor)
export class AuditController {
  constructor(
    private readonly audit: Audit,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  @Get('key')
  @Needs('audit')
  @ApiOperation({
    summary: 'The keys that sign checkpoints and receipts',
    description:
      'In signed-note form (C2SP), one a line, the newest first. After a rotation the older key signs too, until it is retired; its earlier signatures stay valid.',
  })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'origin+id+key', schema: { type: 'string' } })
  key(@QueryParameters({}, ONE_FORM) _: object): Answer {
    return untagged(this.audit.checkpoints.keys.verifierKeys.map((key) => `${key}\n`).join(''), TEXT);
  }

  @Get('checkpoint')
  @Needs('audit')
  @ApiOperation({
    summary: 'The signed checkpoint of the log, now or at an earlier size',
    description:
      'Origin, number of events, root of their Merkle tree; a signed note (C2SP tlog-checkpoint). Keep it. For one `size` and key it is always the same.',
  })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'A signed note.', schema: { type: 'string' } })
  async checkpoint(
    @QueryParameters(CHECKPOINT, ONE_FORM) { size }: Parsed<typeof CHECKPOINT>,
  ): Promise<Answer> {
    assertAtMost('size', size, (await this.log.head()).sequence);
    await this.audit.caughtUp({ timeout: WAIT_MS });
    if (size !== undefined && size > this.audit.size) {
      throw new Problem('behind', `The audit tree is at @${this.audit.size}, not yet at @${size}.`);
    }
    const note = await (size === undefined
      ? this.audit.checkpoints.current()
      : this.audit.checkpoints.at(size));
    return untagged(note, TEXT);
  }

  @Get('tile/*')
  @Needs('audit')
  @ApiOperation({
    summary: 'A tile of the Merkle tree, or the entries below one',
    description:
      'C2SP tlog-tiles: `tile/<L>/<N>` and `tile/entries/<N>`, with `.p/<W>` for a partial tile. An entry is the canonical JSON (RFC 8785) of an event as `/v1/events` lists it; entry 0 has sequence 1.',
  })
  @ApiParam({ name: 'path', schema: { type: 'string', example: '0/000' } })
  @ApiProduces(BYTES)
  @ApiResponse({
    status: 200,
    description: 'Hashes of 32 bytes each; or entries, each with its length in two bytes before it.',
    schema: { type: 'string', format: 'binary' },
  })
  async tile(
    @QueryParameters({}, ONE_FORM) _: object,
    @Req() { url }: FastifyRequest,
    @Gone() gone: AbortSignal,
  ): Promise<Answer> {
    const tile = tileAt(url.replace(/\/?(\?.*)?$/s, '').slice('/v1/audit/'.length));
    const bytes = tile && (await this.bytesOf(tile, gone));
    if (tile === undefined || bytes === undefined)
      throw new Problem('not-found', 'The tree has no such tile.');
    return untagged(Buffer.from(bytes), BYTES, tile.width === TILE_WIDTH ? IMMUTABLE : 'max-age=60');
  }

  @Get('proofs/inclusion/:eventId')
  @Needs('audit')
  @ApiOperation({
    summary: 'The proof that an event is in the tree',
    description: 'PATH of RFC 9162 §2.1.3. Hashes are in base64; the root is in the checkpoint of that size.',
  })
  @ApiParam({ name: 'eventId', schema: { type: 'string' } })
  @ApiResponse({ status: 200, description: 'The proof.', schema: ref('InclusionProof') })
  async inclusion(
    @Param('eventId') id: string,
    @QueryParameters(INCLUSION) { size }: Parsed<typeof INCLUSION>,
  ): Promise<Answer> {
    const event = await this.log.find(id.toLowerCase());
    if (event === undefined) throw new Problem('not-found', 'There is no event with this id.');
    await this.untilGrown(size ?? event.sequence);
    assertAtMost('size', size, this.audit.size);
    const treeSize = size ?? this.audit.size;
    if (treeSize < event.sequence) {
      throw badParameter('size', `The event has sequence ${event.sequence}: the size must be at least that.`);
    }
    const leafIndex = event.sequence - 1;
    const path = await this.audit.proveInclusion(leafIndex, treeSize);
    const leafHash = formatHash(await this.audit.leaf(leafIndex));
    const proof: InclusionProof = { leafIndex, treeSize, leafHash, path: path.map(formatHash) };
    return proven(proof);
  }

  @Get('proofs/consistency')
  @Needs('audit')
  @ApiOperation({
    summary: 'The proof that a later tree begins with all leaves of an earlier tree',
    description: 'PROOF of RFC 9162 §2.1.4. Hashes are in base64.',
  })
  @ApiResponse({ status: 200, description: 'The proof.', schema: ref('ConsistencyProof') })
  async consistency(@QueryParameters(CONSISTENCY) asked: Parsed<typeof CONSISTENCY>): Promise<Answer> {
    await this.untilGrown(asked.to ?? asked.from);
    const { size } = this.audit;
    assertAtMost('to', asked.to, size);
    assertAtMost('from', asked.from, size);
    const { from, to = size } = asked;
    if (from > to)
      throw badParameter('from', `It must not be greater than ${to}, the size of the later tree.`);
    const path = await this.audit.proveConsistency(from, to);
    const proof: ConsistencyProof = { from, to, path: path.map(formatHash) };
    return proven(proof);
  }

  /** Waits until the tree has all events of the log. Throws Problem `unavailable` where it still lacks the requested size. */
  private async untilGrown(size: number): Promise<void> {
    if ((await this.audit.caughtUp({ timeout: WAIT_MS })) || this.audit.size >= size) return;
    const { reason } = this.audit.status;
    const why = reason === undefined ? '' : `: ${reason}`;
    throw new Problem(
      'unavailable',
      `The tree has ${this.audit.size} events so far, not yet ${size}${why}.`,
      {
        retryAfter: WAIT_MS / 1_000,
      },
    );
  }

  private async bytesOf(tile: Tile | EntryBundle, gone: AbortSignal): Promise<Uint8Array | undefined> {
    if (tile.level !== 'entries') return this.audit.tile(tile);
    const entries = await this.audit.entries(tile, gone);
    return entries && encodeBundle(entries);
  }
}

const proven = (proof: InclusionProof | ConsistencyProof): Answer => ({
  ...untagged(JSON.stringify(proof), JSON_FORM.type),
  vary: 'accept, authorization',
});

function assertAtMost(name: string, size: number | undefined, most: number): void {
  if (size !== undefined && size > most)
    throw badParameter(name, `It must be a whole number from 0 to ${most}.`);
}

function tileAt(path: string): Tile | EntryBundle | undefined {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof AuditError) return undefined;
    throw error;
  }
}
