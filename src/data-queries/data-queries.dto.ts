/** Requests of the data queries API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'

import { IsIn, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator'
import { PageDto } from '../platform/http/page.dto.js'
import { FACT_FIELD_NAMES, type FactField } from '../twins/queries/find-fact.js'
import {
  CANCELLATION_REASON_CODES,
  QUERY_REASON_CODES,
  QUERY_STATUSES,
  type CancellationReason,
  type QueryReason,
  type QueryStatus,
} from './codes.js'

const LONGEST_TEXT = 4_000

export class RaiseQueryDto {
  @ApiProperty({ enum: FACT_FIELD_NAMES, example: 'quantity' })
  @IsIn(FACT_FIELD_NAMES)
  field!: FactField

  @ApiProperty({ enum: QUERY_REASON_CODES, example: 'value-implausible' })
  @IsIn(QUERY_REASON_CODES)
  reason!: QueryReason

  @ApiProperty({ example: 'Ten times the earlier values. Is the unit mg/dL?', description: 'Sealed.' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  question!: string

  @ApiPropertyOptional({ description: 'The trial in which the question is asked; a sponsor asks within theirs.' })
  @IsOptional()
  @IsUUID()
  trial?: string
}

export class AnswerQueryDto {
  @ApiPropertyOptional({
    example: '9c1f0c52-5a0e-4ee5-8f0b-1f2f3f4f5f63',
    description: 'Event id of the correction that answers it; the fact is corrected first, as any other.',
  })
  @IsOptional()
  @IsUUID()
  correction?: string

  @ApiPropertyOptional({
    example: 'Checked against the source: the value stands.',
    description: 'Sealed. Read by who asked, so it names neither the person nor an arm.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  explanation?: string
}

export class ReQueryDto {
  @ApiProperty({ example: 'Which source was it checked against?', description: 'Sealed.' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  question!: string
}

export class CancelQueryDto {
  @ApiProperty({ enum: CANCELLATION_REASON_CODES, example: 'raised-in-error' })
  @IsIn(CANCELLATION_REASON_CODES)
  reason!: CancellationReason
}

export class SummariseDataQueriesDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  trial?: string
}

export class ListDataQueriesDto extends PageDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  trial?: string

  @ApiPropertyOptional({ enum: QUERY_STATUSES })
  @IsOptional()
  @IsIn(QUERY_STATUSES)
  status?: QueryStatus

  @ApiPropertyOptional({ description: 'The site that is asked.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  site?: string

  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  twin?: string
}
