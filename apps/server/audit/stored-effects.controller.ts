import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '#log';
import { EFFECT_MEMBERS, Views, type CellPage, type EffectRow, type CorrectionRow } from '#views';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '../docs/api.js';
import { Needs } from '../keys/needs.js';
import { EVENT_LOG } from '../provided.js';
import { ONE_FORM } from '../reading/answer-form.js';
import { Cuts } from '../reading/cuts.js';
import { lineOf, NDJSON, sendLines, type Lines } from '../reading/ndjson.js';
import { Streams } from '../reading/streams.js';
import { QueryParameters, recorded, zoneName, type Parsed } from '../reading/parameters.js';
import { AT_LEAST_MS } from '../reading/question.js';

/** Stored effects of one cell; of a long cell, a part. */
export interface EffectsLine {
  readonly cell: CellPage['cell'];
  readonly effects: readonly Readonly<Record<string, unknown>>[];
}

/** Stored corrections and retractions. */
export interface CorrectionsLine {
  readonly corrections: readonly CorrectionRow[];
}

const STORED = {
  zone: zoneName(),
  recordedAt: recorded('@<sequence>, or an instant or date of recording; default: all of it', '@400'),
};

/** The stored rows of the views. `borderline replay` compares them with views that it rebuilds. */
@ApiTags('Auditing')
@Controller('v1/audit/views')
export class StoredEffectsController {
  constructor(
    private readonly views: Views,
    private readonly cuts: Cuts,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly streams: Streams,
  ) {}

  @Get()
  @Needs('audit')
  @ApiOperation({
    summary: 'All effects and corrections in the views',
    description:
      'Every effect that was recorded up to the cut, as it was then: one cell a line, `{ cell, effects }`, in the order of category, subject, aspect and key; a long cell takes several lines. Then the corrections and retractions: `{ corrections: [[id, target, sequence, correction]] }`. Instants are milliseconds. `borderline replay` compares it with views rebuilt from the log.',
  })
  @ApiProduces(NDJSON)
  @ApiResponse({
    status: 200,
    description: 'Lines of effects, then lines of corrections.',
    content: {
      [NDJSON]: { schema: { type: 'string', description: 'One cell a line, then the corrections.' } },
    },
  })
  async held(
    @QueryParameters(STORED, ONE_FORM) asked: Parsed<typeof STORED>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { recordedAt } = await this.cuts.resolved(asked);
    await this.views.need(recordedAt ?? 0, { timeout: AT_LEAST_MS });
    this.streams.admit(request, reply);
    await sendLines(request, reply, (lines) => this.send(recordedAt ?? this.views.sequence, lines));
  }

  /** A line in each turn. */
  private async send(upTo: number, lines: Lines): Promise<void> {
    const all = linesUpTo(this.views.stored, upTo);
    for (let isDone = false; !isDone;) {
      const next = () => {
        const { value, done } = all.next();
        isDone = done === true;
        return { taken: value && lines.send(lineOf(value)) };
      };
      await (
        await this.log.turns.run(next, { lane: 'streams', signal: lines.signal })
      ).taken;
    }
  }
}

function* linesUpTo(
  stored: Views['stored'],
  upTo: number,
): Generator<EffectsLine | CorrectionsLine, undefined> {
  for (const { cell, effects } of stored.cells(upTo)) yield { cell, effects: effects.map(named) };
  for (const corrections of stored.corrections(upTo)) yield { corrections };
  return undefined;
}

function named(row: EffectRow): Readonly<Record<string, unknown>> {
  const members = Object.fromEntries(EFFECT_MEMBERS.map((name, index) => [name, row[index]]));
  const { value, thenValue } = members;
  return {
    ...members,
    value: JSON.parse(String(value)),
    thenValue: thenValue && JSON.parse(String(thenValue)),
  };
}
