import { Controller, Get, Inject, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { Audit } from '#data-folder';
import { Views } from '#views';
import type { Settings } from '../../settings.js';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { SEARCH_FILTER } from '../events/event-filter.js';
import { Needs } from '../keys/needs.js';
import { RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Runtime } from '#runtime';
import { AnswerInterceptor, type Answer } from '../reading/answer.js';
import { ONE_FORM } from '../reading/answer-form.js';
import { Gone } from '../reading/client.js';
import { number, QueryParameters, zoneName, type Parsed } from '../reading/parameters.js';
import { AT_LEAST_MS } from '../reading/question.js';
import { serverOf } from '../reading/server-address.js';
import { ATOM_TYPE, atomOf, JSON_FEED_TYPE, jsonFeedOf, updatedIn, type Feed } from './feed.js';
import { feedAnswered } from './feed-answer.js';
import { ReadFeed } from './read-feed.js';

const FEED = {
  zone: zoneName('the IANA zone of the times in the texts'),
  limit: number('the greatest number of entries, 1 to 500; default 50', { least: 1, most: 500 }),
  after: number(
    'a sequence: only developments whose last record has a smaller sequence. The link to the next page has it.',
    {
      least: 1,
    },
  ),
  ...SEARCH_FILTER,
  atLeast: number('a sequence to wait for, at most 5 s'),
};

type AskedFeed = Parsed<typeof FEED>;

const ABOUT =
  'An entry is a development with its corrections applied. It always keeps its id, and moves to the front when a correction of it is recorded. A retraction stays, with another title. The pages are linked (RFC 5005).';

/** Developments for readers of feeds. */
@ApiTags('Subscribing')
@Controller('v1/feeds')
@UseInterceptors(AnswerInterceptor)
export class FeedsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly audit: Audit,
    private readonly views: Views,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  @Get('atom.xml')
  @Needs('audit')
  @ApiOperation({ summary: 'The latest developments as an Atom feed', description: `RFC 4287. ${ABOUT}` })
  @ApiProduces(ATOM_TYPE)
  @ApiResponse({
    status: 200,
    description: 'The feed, the last altered entry first.',
    content: { [ATOM_TYPE]: { schema: { type: 'string' } } },
  })
  async atom(
    @QueryParameters(FEED, ONE_FORM) asked: AskedFeed,
    @Req() request: FastifyRequest,
    @Gone() gone: AbortSignal,
  ): Promise<Answer> {
    const feed = await this.page(asked, request, gone);
    return feedAnswered(
      atomOf(feed),
      `${ATOM_TYPE}; charset=utf-8`,
      updatedIn(feed.entries),
      this.runtime.now(),
    );
  }

  @Get('feed.json')
  @Needs('audit')
  @ApiOperation({ summary: 'The latest developments as a JSON Feed', description: `JSON Feed 1.1. ${ABOUT}` })
  @ApiProduces(JSON_FEED_TYPE)
  @ApiResponse({
    status: 200,
    description: 'The feed, the last altered entry first.',
    content: { [JSON_FEED_TYPE]: { schema: ref('JsonFeed') } },
  })
  async json(
    @QueryParameters(FEED, ONE_FORM) asked: AskedFeed,
    @Req() request: FastifyRequest,
    @Gone() gone: AbortSignal,
  ): Promise<Answer> {
    const feed = await this.page(asked, request, gone);
    const body = JSON.stringify(jsonFeedOf(feed));
    return feedAnswered(body, JSON_FEED_TYPE, updatedIn(feed.entries), this.runtime.now());
  }

  private async page(asked: AskedFeed, request: FastifyRequest, signal: AbortSignal): Promise<Feed> {
    const { type, subject, category, claimant, q, zone = this.settings.zone, limit = 50, after } = asked;
    await this.views.search.need(asked.atLeast ?? 0, { timeout: AT_LEAST_MS, signal });
    const filter = {
      ...(type && { types: type }),
      ...(subject && { subjects: subject }),
      ...(category && { categories: category }),
      ...(claimant && { claimants: claimant }),
      ...(q !== undefined && { text: q }),
    };
    const { entries, next } = await this.queries.execute(
      new ReadFeed(filter, { limit, after, zone }, { lane: 'answers', signal }),
    );
    const server = serverOf(request);
    return {
      origin: this.audit.checkpoints.keys.origin,
      server,
      self: addressWith(server, request.url, after),
      first: addressWith(server, request.url, undefined),
      next: next === undefined ? undefined : addressWith(server, request.url, next),
      entries,
    };
  }
}

/** The address of the request with another `after`, and without `atLeast`, which is no part of the identity of a page. */
function addressWith(server: string, url: string, after: number | undefined): string {
  const { pathname, searchParams } = new URL(url, server);
  searchParams.delete('atLeast');
  searchParams.delete('after');
  if (after !== undefined) searchParams.set('after', String(after));
  const query = searchParams.toString();
  return `${server}${pathname}${query === '' ? '' : `?${query}`}`;
}
