import { Controller, Get, Inject, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '#log';
import type { Instant } from '#time';
import { columnsFor, csvColumns, Views, type ChangeOfState, type Point } from '#views';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG } from '../provided.js';
import { answeredAs, AnswerInterceptor, rendered, type Answer } from '../reading/answer.js';
import { JSON_FORM } from '../reading/answer-form.js';
import { clientGone } from '../reading/client.js';
import { CSV_FORM, CSV_TYPE, csvHead, csvRows } from '../reading/csv.js';
import { lineOf, NDJSON, sendLines, type Lines } from '../reading/ndjson.js';
import {
  instant,
  number,
  QueryParameters,
  start,
  zoneName,
  type InForm,
  type Parsed,
} from '../reading/parameters.js';
import { AT_LEAST_MS } from '../reading/question.js';
import { Streams } from '../reading/streams.js';
import { contentIn } from '../reading/tables.js';
import { AFTER, ChangePlaces } from './change-places.js';
import { CHANGE_FILTER, ChangeSelections } from './change-selection.js';
import { ChangeReader, type ChangeList, type ChangesAsked } from './change-reader.js';
import { ListChanges } from './list-changes.js';

const CHANGES = {
  zone: zoneName(),
  after: AFTER,
  from: start('an instant or a date (its start): only changes from then on', '2025-10-01'),
  to: instant('an instant or a date (its end): only changes until then', '2025-11-30'),
  limit: number('how many, 1 to 1000; default 100', { least: 1, most: 1000 }),
  ...CHANGE_FILTER,
  atLeast: number('a sequence to wait for, at most 5 s'),
};

const FORMS = [JSON_FORM, { name: 'ndjson', type: NDJSON }, CSV_FORM] as const;

const COLUMNS = columnsFor<ChangeOfState>({
  id: 'text',
  at: 'text',
  view: 'text',
  subject: 'text',
  aspect: 'text',
  before: 'text',
  after: 'text',
  since: 'text',
  sinceEarliest: 'text',
  knownSince: 'text',
  cause: 'text',
  by: 'text',
  rewrites: { from: 'text', to: 'text' },
  because: 'text',
});

@ApiTags('Subscribing')
@Controller('v1/changes')
@UseInterceptors(AnswerInterceptor)
export class ChangesController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly views: Views,
    private readonly streams: Streams,
    private readonly places: ChangePlaces,
    private readonly changes: ChangeReader,
    private readonly selections: ChangeSelections,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The changes of state, and their causes',
    description:
      'The changes of state in their order, by events and by the clock: a closure runs out, a phase takes effect, a vague start becomes certain. `at` is the instant of the change for a reader of the log; it never decreases. `from` and `to` select by `at`. A change with `rewrites` is about the past. The aspect `next` is the announced change. JSON gives a page; NDJSON and CSV give all changes, or `limit` of them. A page ends after two seconds, also with fewer changes than `limit`, or with none: `next` continues it. To continue later, ask with `after=<position>`, or follow `/v1/changes/stream` from it.',
  })
  @ApiProduces('application/json', NDJSON, CSV_FORM.type)
  @ApiResponse({
    status: 200,
    description: 'A page; or, as NDJSON, every change on a line of its own.',
    content: {
      'application/json': { schema: ref('ChangeList') },
      [NDJSON]: { schema: { type: 'string', description: 'One change a line, as in `items` of a page.' } },
      ...contentIn([CSV_FORM], {}, COLUMNS),
    },
  })
  async list(
    @QueryParameters(CHANGES, FORMS) asked: InForm<Parsed<typeof CHANGES>, (typeof FORMS)[number]>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer | undefined> {
    const gone = clientGone(reply);
    await this.views.need(asked.atLeast ?? 0, { timeout: AT_LEAST_MS, signal: gone });
    const between = await this.between(asked, gone);
    const { view, subject, border, aspect } = asked;
    const filter = { view, subject, border, aspect };
    const { name } = asked.form;
    if (name === 'json') {
      const query = new ListChanges(between, filter, asked.limit ?? 100, gone);
      const page: ChangeList = await this.queries.execute(query);
      return answeredAs(rendered(page), undefined, false);
    }
    this.streams.admit(request, reply);
    const columns = csvColumns(COLUMNS);
    const selection = this.selections.of(filter);
    const send = async (lines: Lines): Promise<void> => {
      if (name === 'csv') await lines.send(csvHead(columns));
      await this.changes.all(
        { ...between, selection, signal: lines.signal },
        asked.limit ?? Infinity,
        async (items) => {
          const rows = () =>
            this.log.turns.finish(csvRows(columns, items), { lane: 'streams', signal: gone });
          await lines.send(name === 'csv' ? await rows() : items.map(lineOf).join(''));
        },
      );
    };
    await sendLines(request, reply, send, name === 'csv' ? CSV_TYPE : NDJSON);
    return undefined;
  }

  private async between(
    asked: Parsed<typeof CHANGES>,
    signal: AbortSignal,
  ): Promise<Pick<ChangesAsked, 'from' | 'to'>> {
    const { after, from, to, zone } = asked;
    const place =
      after !== undefined
        ? await this.places.named(after, zone)
        : from === undefined
          ? await this.places.named('start')
          : await this.places.upTo(from - 1);
    if (!(await this.places.has(place, signal))) {
      const { sequence } = await this.log.head();
      throw new Problem('another-log', `This log, which ends at @${sequence}, does not have ${after}.`);
    }
    return { from: place, to: await this.until(to) };
  }

  private until(to: Instant | undefined): Promise<Point | undefined> {
    return to === undefined ? Promise.resolve(undefined) : this.places.upTo(to);
  }
}
