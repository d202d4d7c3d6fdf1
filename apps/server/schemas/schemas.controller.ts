import { Controller, Get, Param, Req, UseInterceptors } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { envelopeSchema, schemaOfType, type JsonSchema } from '#events';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { NeedsNothing } from '../keys/needs.js';
import { Problem } from '../problems/problem.js';
import { answeredAs, AnswerInterceptor, rendered, type Answer } from '../reading/answer.js';
import { JSON_FORM } from '../reading/answer-form.js';
import { QueryParameters, type InForm } from '../reading/parameters.js';
import { serverOf } from '../reading/server-address.js';
import { schemasOf } from './schema-list.js';

const SCHEMA_JSON = 'application/schema+json';
const FORMS = [{ name: 'schema', type: SCHEMA_JSON }, JSON_FORM] as const;
type AskedSchemaForm = InForm<object, (typeof FORMS)[number]>;

const CONTENT = Object.fromEntries(
  FORMS.map(({ type }) => [type, { schema: { type: 'object' as const, additionalProperties: true } }]),
);

/** JSON Schemas (draft 2020-12) of developments. Open to everyone, as the description of the API is. */
@ApiTags('Writing')
@Controller('schemas')
@UseInterceptors(AnswerInterceptor)
export class SchemasController {
  @Get()
  @NeedsNothing()
  @ApiOperation({
    summary: 'List the JSON Schemas of developments',
    description:
      'One for each version of each event type, and one of the members that all developments have.',
  })
  @ApiResponse({ status: 200, description: 'Their addresses.', schema: ref('SchemaList') })
  list(@QueryParameters({}) _: object, @Req() request: FastifyRequest): Answer {
    return answeredAs(rendered(schemasOf(serverOf(request))), undefined, false);
  }

  @Get('envelope')
  @NeedsNothing()
  @ApiOperation({
    summary: 'The JSON Schema of a development of any type',
    description: 'The members that every development has; its `data` may be anything.',
  })
  @ApiResponse({ status: 200, description: 'Draft 2020-12.', content: CONTENT })
  envelope(@QueryParameters({}, FORMS) { form }: AskedSchemaForm, @Req() request: FastifyRequest): Answer {
    return schemaIn(form, envelopeSchema(`${serverOf(request)}/schemas/envelope`));
  }

  @Get(':type/:version')
  @NeedsNothing()
  @ApiOperation({
    summary: 'The JSON Schema of the developments of an event type, at a version',
    description:
      'The schema of the whole development as it is sent; it refers to no other document. The `dataschema` of a CloudEvent is this address. The service refuses every development that the schema refuses. The schema cannot express the meaning of times, and rules that depend on other members.',
  })
  @ApiParam({ name: 'type', schema: { type: 'string', example: 'crossing.closed' } })
  @ApiParam({ name: 'version', schema: { type: 'integer', minimum: 1, example: 2 } })
  @ApiResponse({ status: 200, description: 'Draft 2020-12.', content: CONTENT })
  ofType(
    @Param('type') type: string,
    @Param('version') version: string,
    @QueryParameters({}, FORMS) { form }: AskedSchemaForm,
    @Req() request: FastifyRequest,
  ): Answer {
    const id = `${serverOf(request)}/schemas/${type}/${version}`;
    const schema = /^[1-9]\d{0,3}$/.test(version) ? schemaOfType(id, type, Number(version)) : undefined;
    if (!schema) throw new Problem('not-found', 'There is no such type and version; /schemas lists them.');
    return schemaIn(form, schema);
  }
}

const schemaIn = ({ type }: (typeof FORMS)[number], schema: JsonSchema): Answer => ({
  ...answeredAs(rendered(schema), undefined, false),
  type,
});
