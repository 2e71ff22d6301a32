/** Requests of the audit API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Transform, Type } from 'class-transformer'
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator'
import { AUDIT_ORDERS, type AuditOrderBy } from './audit-order.js'
import { EXPORT_FORMATS, type ExportFormat } from './export/formats.js'

/** Codes and ids as event headers carry them. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}$/
/** Without a time zone nobody can tell which moment is meant. */
const TIMESTAMP =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/
/** Far beyond any log, and exact as a JavaScript number. */
const LAST_POSITION = 2 ** 50

export class AuditFilterDto {
  @ApiPropertyOptional({ example: '22222222-2222-4222-8222-222222222222', description: 'Whom it concerns.' })
  @IsOptional()
  @IsUUID('all')
  subject?: string

  @ApiPropertyOptional({ description: 'Pseudonymous id of who acted.' })
  @IsOptional()
  @Matches(CODE)
  actor?: string

  @ApiPropertyOptional({ example: 'investigator' })
  @IsOptional()
  @Matches(CODE)
  role?: string

  @ApiPropertyOptional({ example: '3f0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f' })
  @IsOptional()
  @IsUUID('all')
  trial?: string

  @ApiPropertyOptional({
    example: 'K7QX-9M2T',
    description: 'With `trial`: the person enrolled there under this code.',
  })
  @IsOptional()
  @Matches(CODE)
  enrolmentCode?: string

  @ApiPropertyOptional({
    example: 'twin.*',
    description: 'An event type, or the beginning of some with `*` behind it.',
  })
  @IsOptional()
  @Matches(/^[a-z0-9.-]{1,128}\*?$/)
  type?: string

  @ApiPropertyOptional({ example: 'CLINTRCH', description: 'v3-ActReason code.' })
  @IsOptional()
  @Matches(CODE)
  purpose?: string

  @ApiPropertyOptional({ example: 'entry-error' })
  @IsOptional()
  @Matches(CODE)
  reason?: string

  @ApiPropertyOptional({ example: 'twin-11111111-1111-4111-8111-111111111111' })
  @IsOptional()
  @Matches(CODE)
  stream?: string

  @ApiPropertyOptional({ description: 'Everything that one request caused.' })
  @IsOptional()
  @IsUUID('all')
  correlation?: string

  @ApiPropertyOptional({ description: 'Event id: everything that it caused.' })
  @IsOptional()
  @IsUUID('all')
  causation?: string

  @ApiPropertyOptional({ example: '2026-03-01T00:00:00Z', description: 'Recorded at or after this time.' })
  @IsOptional()
  @Matches(TIMESTAMP)
  from?: string

  @ApiPropertyOptional({ example: '2026-04-01T00:00:00Z', description: 'Recorded before this time.' })
  @IsOptional()
  @Matches(TIMESTAMP)
  to?: string

  @ApiPropertyOptional({ minimum: 0 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(LAST_POSITION)
  fromPosition?: number

  @ApiPropertyOptional({ minimum: 0, description: 'Exclusive.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(LAST_POSITION)
  toPosition?: number

  @ApiPropertyOptional({ minimum: 0, description: 'The trail as it was when the log held this many events.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(LAST_POSITION)
  asOfPosition?: number
}

export class ListAuditDto extends AuditFilterDto {
  @ApiPropertyOptional({ enum: AUDIT_ORDERS, default: 'position' })
  @IsOptional()
  @IsIn(AUDIT_ORDERS)
  order?: AuditOrderBy

  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'desc' })
  @IsOptional()
  @IsIn(['asc', 'desc'])
  direction?: 'asc' | 'desc'

  @ApiPropertyOptional({ minimum: 1, maximum: 500, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number

  @ApiPropertyOptional({ description: '`next` of the page before; good for the same caller, filter and order.' })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  cursor?: string

  @ApiPropertyOptional({ default: false, description: 'Count all that match. Takes long in a large log.' })
  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  total?: boolean
}

export class ExportAuditDto extends AuditFilterDto {
  @ApiProperty({ enum: EXPORT_FORMATS })
  @IsIn(EXPORT_FORMATS)
  format!: ExportFormat
}

export class ReadAuditEntryDto {
  @ApiPropertyOptional({ minimum: 0, description: 'The trail as it was when the log held this many events.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(LAST_POSITION)
  asOfPosition?: number
}
