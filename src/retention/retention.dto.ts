/** Requests of the retention API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator'
import { PageDto } from '../platform/http/page.dto.js'
import { RetainedClassDto } from '../privacy/privacy.dto.js'
import { KEY_CLASSES } from '../vault/key-class.js'
import { PERIOD_REASONS, RECORD_CLASS_CODES, type PeriodReason, type RecordClass } from './record-classes.js'
import { CASE_STATUSES, type CaseStatus } from './retention-case.js'

/** Path parameter. */
export class RecordClassDto {
  @ApiProperty({ enum: RECORD_CLASS_CODES, example: 'eu-trial-record' })
  @IsIn(RECORD_CLASS_CODES)
  recordClass!: RecordClass
}

export class SetPeriodDto {
  @ApiProperty({ example: 30, description: 'Not below what the law asks for.' })
  @IsInt()
  @Min(0)
  @Max(200)
  years!: number

  @ApiProperty({ enum: PERIOD_REASONS, example: 'national-law' })
  @IsIn(PERIOD_REASONS)
  reason!: PeriodReason
}

export class ListRetentionCasesDto extends PageDto {
  @ApiPropertyOptional({ enum: CASE_STATUSES })
  @IsOptional()
  @IsIn(CASE_STATUSES)
  status?: CaseStatus
}

export class DecideExpiredDto {
  @ApiProperty({ type: [RetainedClassDto], description: 'Every class that is not due and stays, with its ground.' })
  @IsArray()
  @ArrayMaxSize(KEY_CLASSES.length)
  @ValidateNested({ each: true })
  @Type(() => RetainedClassDto)
  retained!: RetainedClassDto[]
}
