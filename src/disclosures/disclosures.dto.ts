/** Requests of the accounting of disclosures. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator'
import { STATEMENTS, type Statement } from './events.js'

const PLAIN_TEXT = /^[^\p{Cc}]+$/u
/** Ids of organisations, as event headers take them. */
const ORGANISATION = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/

export class RecipientPathDto {
  @ApiProperty({ example: 'evaluation-sponsor' })
  @Matches(ORGANISATION)
  @MaxLength(100)
  org!: string
}

export class DescribeRecipientDto {
  @ApiProperty({ example: 'Evaluation Sponsor Ltd' })
  @Matches(PLAIN_TEXT)
  @MaxLength(200)
  name!: string

  @ApiProperty({ example: 'Musterstraße 1, 10115 Berlin' })
  @Matches(PLAIN_TEXT)
  @MaxLength(500)
  address!: string
}

/** All of it is kept under the person's key. */
export class RecordDisclosureDto {
  @ApiProperty({ example: '2026-11-20T09:00:00.000Z' })
  @IsISO8601({ strict: true })
  at!: string

  @ApiProperty({ example: 'Public health office' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  recipient!: string

  @ApiPropertyOptional({
    example: 'health-office',
    description: 'Organisation id: it is told when the data are erased.',
  })
  @IsOptional()
  @Matches(ORGANISATION)
  @MaxLength(100)
  org?: string

  @ApiPropertyOptional({ example: 'Musterstraße 1, 10115 Berlin', description: 'If it is known.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  address?: string

  @ApiProperty({ example: 'Laboratory result of a notifiable disease' })
  @IsString()
  @MinLength(1)
  @MaxLength(1000)
  description!: string

  @ApiProperty({ example: 'Report that the law requires' })
  @IsString()
  @MinLength(1)
  @MaxLength(1000)
  purpose!: string
}

export class SuspendAccountingDto {
  @ApiProperty({ example: 'evaluation-authority', description: 'Organisation id of the agency.' })
  @Matches(ORGANISATION)
  @MaxLength(100)
  agency!: string

  @ApiProperty({ enum: STATEMENTS, example: 'written', description: 'An oral one holds for 30 days at the most.' })
  @IsIn(STATEMENTS)
  statement!: Statement

  @ApiProperty({ example: '2027-02-01T00:00:00.000Z' })
  @IsISO8601({ strict: true })
  until!: string
}
