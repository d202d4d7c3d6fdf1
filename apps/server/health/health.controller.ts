import { Controller, Get, Inject, type OnModuleInit, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { EventLog } from '#log';
import { formatInstant } from '#time';
import { ApiOperation, ApiResponse, ApiTags } from '../docs/api.js';
import { anything, choice, map, object, only, type Schema } from '../docs/schema.js';
import { NeedsNothing } from '../keys/needs.js';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG } from '../provided.js';
import { Readiness, type PartReady } from './readiness.js';

/** How long a server may be without the cluster that keeps its log: longer than an election takes. */
const TOLERATED_SECONDS = 15;

const READY: Schema = object({
  status: choice(['ready']),
  parts: map(
    {
      ...object({ ready: only(true, 'it can serve') }),
      additionalProperties: anything('a fact about the part'),
    },
    'by name, such as `log` and `views`',
  ),
});

@ApiTags('Health')
@Controller('health')
export class HealthController implements OnModuleInit {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.register('log', async () => {
      const { sequence, recordedAt } = await this.log.head();
      const behind = await this.log.lag?.();
      return {
        ready: behind === undefined || behind.seconds < TOLERATED_SECONDS,
        sequence,
        recordedAt: sequence === 0 ? null : formatInstant(recordedAt),
        ...(behind && { behind: { events: behind.events ?? null, seconds: behind.seconds } }),
      };
    });
  }

  @Get('live')
  @NeedsNothing()
  @ApiOperation({ summary: 'Whether the process runs' })
  @ApiResponse({ status: 200, description: 'It does.', schema: object({ status: choice(['live']) }) })
  live(@Res({ passthrough: true }) reply: FastifyReply): { readonly status: 'live' } {
    reply.header('cache-control', 'no-store');
    return { status: 'live' };
  }

  @Get('ready')
  @NeedsNothing()
  @ApiOperation({ summary: 'Whether it can serve: the log, and the views caught up with it' })
  @ApiResponse({ status: 200, description: 'It can.', schema: READY })
  async ready(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly status: 'ready'; readonly parts: Readonly<Record<string, PartReady>> }> {
    const parts = await this.readiness.all();
    const waiting = Object.entries(parts).filter(([, { ready }]) => !ready);
    if (waiting.length > 0) {
      throw new Problem('unavailable', `Not ready: ${waiting.map(([part]) => part).join(', ')}.`, {
        errors: waiting.map(([part, facts]) => ({ detail: `${part}: ${JSON.stringify(facts)}` })),
      });
    }
    reply.header('cache-control', 'no-store');
    return { status: 'ready', parts };
  }
}
