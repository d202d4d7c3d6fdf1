import { Controller, Get, Inject, UseInterceptors } from '@nestjs/common';
import { TimeError } from '#time';
import type { Settings } from '../../settings.js';
import { ApiOperation, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { SETTINGS_TOKEN } from '../provided.js';
import { answeredAs, AnswerInterceptor, rendered, type Answer } from '../reading/answer.js';
import { choice, needed, QueryParameters, text, zoneName, type Parsed } from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';
import { meantTime, ROLES } from './meant-time.js';

const TIME = {
  text: needed(text('EDTF (ISO 8601-2), as in a development', '2025-10-29/2025-10-30')),
  zone: zoneName('the IANA zone of dates and of times without an offset'),
  role: choice(ROLES, 'start (default), as `occurred` is read, or end, as `until` is'),
};

/** The meaning of a time, for forms in which people write one. */
@ApiTags('Writing')
@Controller('v1/times')
@UseInterceptors(AnswerInterceptor)
export class TimesController {
  constructor(@Inject(SETTINGS_TOKEN) private readonly settings: Settings) {}

  @Get()
  @ApiOperation({
    summary: 'The range of instants that a time means',
    description:
      'For input forms that accept vague dates. For a text that is not a time, the answer is `invalid-parameter`; it names the wrong part and the right form.',
  })
  @ApiResponse({ status: 200, description: 'The range and its precision.', schema: ref('MeantTime') })
  time(@QueryParameters(TIME) asked: Parsed<typeof TIME>): Answer {
    const { text: edtf, zone = this.settings.zone, role = 'start' } = asked;
    try {
      return answeredAs(rendered(meantTime(edtf, zone, role)), undefined, false);
    } catch (error) {
      if (error instanceof TimeError) throw badParameter('text', error.message);
      throw error;
    }
  }
}
