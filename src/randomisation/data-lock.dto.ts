/** Requests about the lock of a trial's data. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator'
import {
  LEAVING_OPEN_REASON_CODES,
  UNLOCKING_REASON_CODES,
  type LeavingOpenReason,
  type UnlockingReason,
} from './reason-codes.js'

export class LockDataDto {
  @ApiPropertyOptional({
    enum: LEAVING_OPEN_REASON_CODES,
    description: 'Why data queries of the trial that have not ended may stay open.',
  })
  @IsOptional()
  @IsIn(LEAVING_OPEN_REASON_CODES)
  leavingOpen?: LeavingOpenReason
}

export class RequestUnlockingDto {
  @ApiProperty({ enum: UNLOCKING_REASON_CODES, example: 'data-wrong' })
  @IsIn(UNLOCKING_REASON_CODES)
  reason!: UnlockingReason

  @ApiProperty({
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    description: 'SHA-256 of the document that says which data and why, lower-case hexadecimal.',
  })
  @Matches(/^[0-9a-f]{64}$/)
  digest!: string
}

export class DecideUnlockingDto {
  @ApiProperty({ enum: ['approved', 'refused'], example: 'approved' })
  @IsIn(['approved', 'refused'])
  outcome!: 'approved' | 'refused'
}

export class ListChangesDto {
  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 20, description: 'Participants of a page.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number

  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string
}
