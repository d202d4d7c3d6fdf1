import { Controller, Get, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatInstant, type Instant } from '#time';
import type { View } from '#views';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { answered, AnswerInterceptor, type Answer } from '../reading/answer.js';
import { JSON_FORM } from '../reading/answer-form.js';
import type { Basis } from '../reading/basis.js';
import { clientGone } from '../reading/client.js';
import { basisOf, CUT, Cuts, type ReadCut } from '../reading/cuts.js';
import { lineOf, NDJSON, sendLines, type Lines } from '../reading/ndjson.js';
import {
  choice,
  list,
  needed,
  number,
  QueryParameters,
  text,
  type InForm,
  type Parsed,
} from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';
import { VIEW_NAMES, viewOf } from '../reading/question.js';
import { Streams } from '../reading/streams.js';
import { LINK } from '../reading/tables.js';
import { filtersBeside, filtersAsked } from './filters-of-views.js';
import { ReadPlanes, type FoundPlanes, type PlanesAsked } from './read-planes.js';
import { addressOf, INTERVAL, intervalIn } from './view-query.js';

/** The number of cells of an answer in JSON: the answer ends with the subject that has the last of these cells. They take some 30 MB. */
const MOST_CELLS = 100_000;
/** The number of cells in one piece of an answer in lines. */
const CELLS_AT_A_TIME = 1_000;
/** The number of subjects that a request may name. */
const MOST_SUBJECTS = 100;

const { knownAt: _, ...CUT_BUT_KNOWN_AT } = CUT;

const PLANES = {
  ...CUT_BUT_KNOWN_AT,
  ...INTERVAL,
  view: needed(choice(VIEW_NAMES, 'whose subjects')),
  subject: list(
    'the ids of subjects, comma-separated; default all that match the filters',
    'lt-by.medininkai',
  ),
  limit: number('the greatest number of subjects, 1 to 1000; default all', { least: 1, most: 1000 }),
  after: text('an id: only subjects after it. The `next` of a page has it.'),
};

const FILTERS = filtersBeside(PLANES);
const ASKED = { ...FILTERS, ...PLANES };

const FORMS = [JSON_FORM, { name: 'ndjson', type: NDJSON }] as const;

@ApiTags('Reading')
@Controller('v1/planes')
@UseInterceptors(AnswerInterceptor)
export class PlanesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly cuts: Cuts,
    private readonly streams: Streams,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The answers at all valid and all known times',
    description: `For each subject its answers at every valid and every known time, as rectangles: in each rectangle the answer is the same. A plane at a known time equals the timeline with that \`knownAt\`. The filters choose the subjects, as in the list at \`asOf\`. An answer in JSON ends with the subject that has the ${MOST_CELLS.toLocaleString('en')}th cell; \`next\`, and the header \`Link\`, is the address of the next page. As NDJSON: all subjects, one a line, and the basis in the header \`Borderline-Basis\`.`,
  })
  @ApiProduces(...FORMS.map(({ type }) => type))
  @ApiResponse({
    status: 200,
    description: 'The planes, by id.',
    headers: {
      ...LINK,
      'Borderline-Basis': { description: 'For NDJSON: the basis, as JSON.', schema: { type: 'string' } },
    },
    content: {
      'application/json': { schema: ref('Planes') },
      [NDJSON]: { schema: { type: 'string', description: 'One subject a line, as in `items`.' } },
    },
  })
  async planes(
    @QueryParameters(ASKED, FORMS) asked: InForm<Parsed<typeof PLANES>, (typeof FORMS)[number]>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer | undefined> {
    const view = viewOf(asked.view);
    const wanted = wantedBy(view, asked);
    const cut = await this.cuts.resolved(asked);
    const gone = clientGone(reply);
    if (asked.form.name === 'ndjson') {
      this.streams.admit(request, reply);
      await this.sendAll(view, cut, wanted, request, reply);
      return undefined;
    }
    const found = await this.queries.execute(new ReadPlanes(view.name, cut, wanted, gone));
    const { items, sequence, last } = found;
    const basis = basisOf(cut, sequence);
    const next = last === undefined ? undefined : nextPlanes(asked, wanted, basis, last);
    const answer = answered(
      { basis, ...(next !== undefined && { next }), view: view.name, items },
      cut.pinned,
    );
    return { ...answer, headers: next === undefined ? {} : { link: `<${next}>; rel="next"` } };
  }

  /** Sends all planes, of one sequence; only one piece at a time is in memory. */
  private async sendAll(
    view: View,
    asked: ReadCut,
    wanted: PlanesAsked,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const batch = { ...wanted, cells: CELLS_AT_A_TIME };
    const signal = clientGone(reply);
    let left = wanted.limit;
    let found: FoundPlanes = await this.queries.execute(new ReadPlanes(view.name, asked, batch, signal));
    const cut = { ...asked, recordedAt: asked.recordedAt ?? found.sequence };
    reply.header('borderline-basis', JSON.stringify(basisOf(asked, found.sequence)));
    await sendLines(request, reply, async (lines: Lines) => {
      for (;;) {
        await lines.send(found.items.map(lineOf).join(''));
        left -= found.items.length;
        if (found.last === undefined || left <= 0) return;
        const next = { ...batch, after: found.last, limit: left };
        found = await this.queries.execute(new ReadPlanes(view.name, cut, next, lines.signal));
      }
    });
  }
}

/** Throws Problem `invalid-parameter`. */
function wantedBy(view: View, asked: Parsed<typeof PLANES>): PlanesAsked {
  const filters = filtersAsked(FILTERS, view, asked);
  const { subject: subjects, limit = Infinity, after = '' } = asked;
  if (subjects && Object.keys(filters).length > 0)
    throw badParameter('subject', 'Give either subjects or filters, not both.');
  if (subjects && subjects.length > MOST_SUBJECTS)
    throw badParameter('subject', `Name ${MOST_SUBJECTS} subjects at most.`);
  return { subjects, filters, interval: intervalIn(asked), limit, after, cells: MOST_CELLS };
}

/** The address of the page after the subject `last`: the same question with its basis, so that all pages are of one answer. */
function nextPlanes(
  asked: Parsed<typeof PLANES>,
  { filters }: PlanesAsked,
  { asOf, sequence, zone }: Basis,
  last: string,
): string {
  const { view, subject, from, to, accordingTo, minReliability, limit } = asked;
  const textOf = (instant: Instant | undefined) =>
    instant === undefined ? undefined : formatInstant(instant);
  return addressOf('/v1/planes', {
    view,
    ...filters,
    subject: subject?.join(),
    from: textOf(from),
    to: textOf(to),
    accordingTo,
    minReliability,
    asOf,
    recordedAt: `@${sequence}`,
    zone,
    limit: limit === undefined ? undefined : String(limit),
    after: last,
  });
}
