import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/schema.js';
import { NeedsNothing } from '../keys/needs.js';
import { Problem } from '../problems/problem.js';
import { badParameter, one, refuseUnknown, type Query as Asked } from '../reading/query.js';
import { Readiness, type LiveAnswer, type ReadyAnswer } from './readiness.js';

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @NeedsNothing()
  @ApiOperation({ summary: 'Whether the process runs' })
  @ApiResponse({ status: 200, description: 'It does.', schema: ref('LiveAnswer') })
  live(@Res({ passthrough: true }) reply: FastifyReply): LiveAnswer {
    reply.header('cache-control', 'no-store');
    return { status: 'live' };
  }

  @Get('ready')
  @NeedsNothing()
  @ApiOperation({
    summary: 'Whether it can serve: the log, and what is made from it: the views, the search, the audit tree',
  })
  @ApiQuery({
    name: 'for',
    required: false,
    schema: { type: 'string', enum: ['reading'] },
    description:
      'whether it can answer questions, though perhaps not with the latest: `Borderline-Behind` says so',
  })
  @ApiResponse({ status: 200, description: 'It can.', schema: ref('ReadyAnswer') })
  async ready(@Query() query: Asked, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyAnswer> {
    refuseUnknown(query, ['for']);
    const purpose = one(query, 'for');
    if (purpose !== undefined && purpose !== 'reading') throw badParameter('for', 'It must be reading.');
    const parts = await (purpose === 'reading' ? this.readiness.reading() : this.readiness.all());
    const waiting = Object.entries(parts).filter(([, { ready }]) => !ready);
    if (waiting.length > 0) {
      const said = waiting.map(([part, { reason }]) => (reason === undefined ? part : `${part} (${reason})`));
      throw new Problem('unavailable', `Not ready: ${said.join(', ')}.`, {
        errors: waiting.map(([part, facts]) => ({ detail: `${part}: ${JSON.stringify(facts)}` })),
      });
    }
    reply.header('cache-control', 'no-store');
    return { status: 'ready', parts: parts as ReadyAnswer['parts'] };
  }
}
