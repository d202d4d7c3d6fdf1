import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '../docs/api.js';
import { Faults, pointerToken } from '#json';
import { ref } from '../docs/components.js';
import { Needs } from '../keys/needs.js';
import { Problem } from '../problems/problem.js';
import { ONE_FORM } from '../reading/answer-form.js';
import { QueryParameters } from '../reading/parameters.js';
import {
  IssueReceipt,
  VerifyReceipt,
  type IssuedReceipt,
  type ReceiptToVerify,
  type VerifiedReceipt,
} from './receipts.js';

/** Signs answers for clients that may read them. Only a checkpoint is stored. */
@ApiTags('Auditing')
@Controller('v1/audit/receipts')
export class ReceiptsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Needs('read')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Get a signed answer',
    description:
      'A signed statement: the question, its basis (pinned to a sequence), the digest of its answer, and the checkpoint of the events up to that sequence. Keep it with the answer.',
  })
  @ApiBody({ required: true, schema: ref('ReceiptRequest') })
  @ApiResponse({ status: 200, description: 'The receipt and the answer.', schema: ref('IssuedReceipt') })
  issue(@Body() body: unknown, @QueryParameters({}, ONE_FORM) _: object): Promise<IssuedReceipt> {
    return this.commands.execute(new IssueReceipt(body));
  }

  @Post('verify')
  @Needs('read')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Verify a receipt',
    description:
      'Checks whether a key of this log signed it, whether the log still begins with the events of its checkpoint, and whether the pinned question still has this answer.',
  })
  @ApiBody({ required: true, schema: ref('ReceiptToVerify') })
  @ApiResponse({ status: 200, description: 'The result, with the faults.', schema: ref('VerifiedReceipt') })
  verify(@Body() body: unknown, @QueryParameters({}, ONE_FORM) _: object): Promise<VerifiedReceipt> {
    return this.queries.execute(new VerifyReceipt(receiptIn(body)));
  }
}

const MEMBERS = ['answer', 'receipt', 'statement'];

function receiptIn(body: unknown): ReceiptToVerify {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new Problem('malformed-body', 'The body must be { "receipt": "<the note>" }.');
  }
  const { receipt, answer, statement } = body as Readonly<Record<string, unknown>>;
  const faults = new Faults();
  for (const name of Object.keys(body)) {
    if (!MEMBERS.includes(name))
      faults.add(pointerToken(name), `is not a member here; the members are ${MEMBERS.join(', ')}`);
  }
  if (typeof receipt !== 'string') faults.add('/receipt', 'must be the text of the note');
  if (faults.count > 0 || typeof receipt !== 'string') {
    const { all } = faults;
    throw new Problem('not-a-receipt', `The body is not a receipt: ${all[0]?.pointer} ${all[0]?.detail}.`, {
      errors: all,
    });
  }
  return { receipt, answer, statement };
}
