import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { NeedsNothing } from '../keys/needs.js';
import { Problem } from '../problems/problem.js';
import { ONE_FORM } from '../reading/answer-form.js';
import { QueryParameters, choice, type Parsed } from '../reading/parameters.js';
import { Readiness, type LiveAnswer, type ReadyAnswer } from './readiness.js';

const READY = {
  for: choice(
    ['reading'],
    'reading: whether it can answer questions, even without the latest events (then with `Borderline-Behind`)',
  ),
};

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  @NeedsNothing()
  @ApiOperation({
    summary: 'Whether the process runs',
    description: 'It uses neither the log nor the disk.',
  })
  @ApiResponse({ status: 200, description: 'It does.', schema: ref('LiveAnswer') })
  live(): LiveAnswer {
    return { status: 'live' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  @NeedsNothing()
  @ApiOperation({
    summary: 'Whether the server can serve',
    description:
      'Checks the log and its consumers: the views, the search, the audit tree. The answer has the lag of each. A log that could not store the last append is not ready until it can be written again. It is `503` with the reasons if one of them cannot serve.',
  })
  @ApiResponse({ status: 200, description: 'It can.', schema: ref('ReadyAnswer') })
  async ready(@QueryParameters(READY, ONE_FORM) asked: Parsed<typeof READY>): Promise<ReadyAnswer> {
    const parts = await (asked.for === 'reading' ? this.readiness.reading() : this.readiness.all());
    const waiting = Object.entries(parts).filter(([, { ready }]) => !ready);
    if (waiting.length > 0) {
      const said = waiting.map(([part, { reason }]) => (reason === undefined ? part : `${part} (${reason})`));
      throw new Problem('unavailable', `Not ready: ${said.join(', ')}.`, {
        errors: waiting.map(([part, facts]) => ({ detail: `${part}: ${JSON.stringify(facts)}` })),
      });
    }
    return { status: 'ready', parts: parts as ReadyAnswer['parts'] };
  }
}
