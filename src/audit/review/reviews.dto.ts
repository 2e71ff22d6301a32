/** Requests of the API of audit-trail reviews. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator'
import { PageDto } from '../../platform/http/page.dto.js'
import {
  FINDING_CODES,
  RESOLUTION_CODES,
  RISK_CRITERION_CODES,
  SEVERITIES,
  type FindingCode,
  type Resolution,
  type RiskCriterion,
  type Severity,
} from './codes.js'
import type { ReviewFilter } from './queries/list-reviews.js'

/** Without a time zone nobody can tell which moment is meant. */
const TIMESTAMP =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/
const STATUSES = ['planned', 'under-way', 'concluded', 'closed', 'overdue'] as const

export class PlanReviewDto {
  @ApiPropertyOptional({ description: 'Random id of a trial; default the whole trail.' })
  @IsOptional()
  @IsUUID('all')
  trial?: string

  @ApiProperty({ example: '2026-10-01T00:00:00Z', description: 'Entries recorded at or after this time …' })
  @Matches(TIMESTAMP)
  from!: string

  @ApiProperty({ example: '2026-11-01T00:00:00Z', description: '… and before this one.' })
  @Matches(TIMESTAMP)
  to!: string

  @ApiProperty({ example: '2026-11-15T00:00:00Z', description: 'When the review is to be closed.' })
  @Matches(TIMESTAMP)
  dueAt!: string

  @ApiProperty({ enum: RISK_CRITERION_CODES, isArray: true })
  @ArrayNotEmpty()
  @ArrayMaxSize(RISK_CRITERION_CODES.length)
  @IsIn(RISK_CRITERION_CODES, { each: true })
  criteria!: RiskCriterion[]

  @ApiPropertyOptional({ default: 20, description: 'At most so many entries are drawn for each criterion.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(500)
  perCriterion: number = 20

  @ApiPropertyOptional({ default: 7, description: 'Days from happening to recording after which an entry is late.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3_650)
  lateAfterDays: number = 7
}

export class SampleTwinsDto {
  @ApiProperty({ example: 10, minimum: 1, maximum: 500, description: 'How many coded twins are drawn, at most.' })
  @IsInt()
  @Min(1)
  @Max(500)
  size!: number
}

export class ListReviewsDto extends PageDto {
  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: NonNullable<ReviewFilter['status']>
}

export class RecordFindingDto {
  @ApiProperty({ enum: FINDING_CODES })
  @IsIn(FINDING_CODES)
  code!: FindingCode

  @ApiProperty({ enum: SEVERITIES })
  @IsIn(SEVERITIES)
  severity!: Severity

  @ApiProperty({ example: [1204], description: 'Positions of entries of the sample.' })
  @ArrayNotEmpty()
  @ArrayMaxSize(500)
  @IsInt({ each: true })
  @Min(0, { each: true })
  positions!: number[]

  @ApiProperty({ description: 'In words; kept sealed.' })
  @IsString()
  @MinLength(1)
  @MaxLength(10_000)
  explanation!: string
}

export class ResolveFindingDto {
  @ApiProperty({ enum: RESOLUTION_CODES })
  @IsIn(RESOLUTION_CODES)
  resolution!: Resolution
}
