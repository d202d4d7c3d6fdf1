import { Controller, Get, Param, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { AuditError, parseTilePath, TILE_WIDTH, type EntryBundle, type Tile } from '#audit';
import { Audit } from '#data-folder';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { Needs } from '../keys/needs.js';
import { Problem } from '../problems/problem.js';
import { AnswerInterceptor, IMMUTABLE, untagged, type Answer } from '../reading/answer.js';
import { JSON_FORM, ONE_FORM } from '../reading/answer-form.js';
import { QueryParameters, needed, number, type Parsed } from '../reading/parameters.js';
import { Gone } from '../reading/client.js';
import type { ConsistencyProof, InclusionProof } from './answers.js';
import { ProveConsistency, ProveInclusion, ReadCheckpoint, ReadTile } from './read-audit.js';

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
    private readonly queries: QueryBus,
    private readonly audit: Audit,
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
    return untagged(await this.queries.execute(new ReadCheckpoint(size)), TEXT);
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
    const bytes = tile && (await this.queries.execute(new ReadTile(tile, gone)));
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
    return proven(await this.queries.execute(new ProveInclusion(id, size)));
  }

  @Get('proofs/consistency')
  @Needs('audit')
  @ApiOperation({
    summary: 'The proof that a later tree begins with all leaves of an earlier tree',
    description: 'PROOF of RFC 9162 §2.1.4. Hashes are in base64.',
  })
  @ApiResponse({ status: 200, description: 'The proof.', schema: ref('ConsistencyProof') })
  async consistency(@QueryParameters(CONSISTENCY) { from, to }: Parsed<typeof CONSISTENCY>): Promise<Answer> {
    return proven(await this.queries.execute(new ProveConsistency(from, to)));
  }
}

const proven = (proof: InclusionProof | ConsistencyProof): Answer => ({
  ...untagged(JSON.stringify(proof), JSON_FORM.type),
  vary: 'accept, authorization',
});

function tileAt(path: string): Tile | EntryBundle | undefined {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof AuditError) return undefined;
    throw error;
  }
}
