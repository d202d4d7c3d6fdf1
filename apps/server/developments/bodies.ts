import { IsIn, IsObject, IsOptional, IsString, IsUUID, Length } from '#events';
import { ApiProperty, ApiPropertyOptional } from '../docs/api.js';

const KINDS = ['amended', 'transcription'] as const;

/** `POST /v1/developments/{id}/retractions` */
export class RetractionBody {
  @ApiPropertyOptional({ format: 'uuid', description: 'Of the retraction; makes retrying safe.' })
  @IsOptional()
  @IsUUID()
  id?: string;

  @ApiProperty({
    enum: KINDS,
    description: 'amended: the source changed its story; transcription: it was written down wrong here.',
  })
  @IsIn(KINDS)
  kind!: (typeof KINDS)[number];

  @ApiProperty({ description: 'Why.', minLength: 1, maxLength: 500 })
  @IsString()
  @Length(1, 500)
  reason!: string;

  @ApiPropertyOptional({
    description: 'When the correction became public: EDTF, or { edtf, zone, text }. Default: now.',
    oneOf: [{ type: 'string' }, { type: 'object' }],
  })
  @IsOptional()
  reportedAt?: unknown;

  @ApiPropertyOptional({ type: Object, description: 'Default: the source of what is corrected.' })
  @IsOptional()
  @IsObject()
  source?: Record<string, unknown>;

  @ApiPropertyOptional({ type: Object, description: 'Default: the attribution of what is corrected.' })
  @IsOptional()
  @IsObject()
  attribution?: Record<string, unknown>;
}

/** `POST /v1/developments/{id}/corrections` */
export class CorrectionBody extends RetractionBody {
  @ApiProperty({
    type: Object,
    description:
      'The whole development as it should be. `type`, `reportedAt`, `source` and `attribution` default to those of what is corrected; `occurred`, `until` and `data` are as given here.',
  })
  @IsObject()
  replacement!: Record<string, unknown>;
}
