import { Controller, Get, Inject, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { Audit } from '#data-folder';
import type { Runtime } from '#runtime';
import { EARLIEST } from '#time';
import { Views } from '#views';
import type { Settings } from '../../settings.js';
import { CHANGE_FILTER } from '../changes/change-selection.js';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '../docs/api.js';
import { RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import { AnswerInterceptor, type Answer } from '../reading/answer.js';
import { ONE_FORM } from '../reading/answer-form.js';
import { Gone } from '../reading/client.js';
import { number, QueryParameters, zoneName, type Parsed } from '../reading/parameters.js';
import { AT_LEAST_MS } from '../reading/question.js';
import { serverOf } from '../reading/server-address.js';
import { CALENDAR_TYPE, calendarOf } from './calendar.js';
import { feedAnswered } from './feed-answer.js';
import { ReadSchedule } from './read-schedule.js';

const SCHEDULE = {
  zone: zoneName('the IANA zone of the days of vague items'),
  ...CHANGE_FILTER,
  atLeast: number('a sequence to wait for, at most 5 s'),
};

/** What is due, for calendars. */
@ApiTags('Subscribing')
@Controller('v1/feeds')
@UseInterceptors(AnswerInterceptor)
export class ScheduleController {
  constructor(
    private readonly queries: QueryBus,
    private readonly audit: Audit,
    private readonly views: Views,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  @Get('schedule.ics')
  @ApiOperation({
    summary: 'What is due, as a calendar to subscribe to',
    description:
      'RFC 5545. The announced changes that the clock will make, as known now: a closure ends, a phase begins, a measure expires, a deadline or a decision is due. An item keeps its UID when a correction moves it; then its SEQUENCE grows. An item that was retracted, or is overlaid, is CANCELLED. Where the instant is vague, the item is TENTATIVE and takes all the days on which it may be. Items of the last 90 days are there too. Of more than 5,000 items, the calendar has the items that are due first.',
  })
  @ApiProduces(CALENDAR_TYPE)
  @ApiResponse({
    status: 200,
    description: 'The calendar, by time.',
    content: { [CALENDAR_TYPE]: { schema: { type: 'string' } } },
  })
  async calendar(
    @QueryParameters(SCHEDULE, ONE_FORM) asked: Parsed<typeof SCHEDULE>,
    @Req() request: FastifyRequest,
    @Gone() signal: AbortSignal,
  ): Promise<Answer> {
    const { zone = this.settings.zone, atLeast = 0, ...filter } = asked;
    await this.views.need(atLeast, { timeout: AT_LEAST_MS, signal });
    const now = this.runtime.now();
    const query = new ReadSchedule(filter, now, zone, signal);
    const { appointments, isWhole } = await this.queries.execute(query);
    const origin = this.audit.checkpoints.keys.origin;
    const body = calendarOf(appointments, { origin, server: serverOf(request), zone, isWhole });
    const altered = appointments.reduce((last, one) => Math.max(last, one.altered), EARLIEST);
    return feedAnswered(body, `${CALENDAR_TYPE}; charset=utf-8`, altered, now);
  }
}
