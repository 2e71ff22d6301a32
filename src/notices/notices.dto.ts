/** Requests of the notices API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator'
import { UtcTime } from '../platform/http/utc-time.js'
import {
  NOTICE_STANDINGS,
  NOTICE_WITHDRAWAL_REASONS,
  type NoticeStanding,
  type NoticeWithdrawalReason,
} from './codes.js'
import {
  MAX_TEXT_CHARACTERS,
  MAX_TITLE_CHARACTERS,
  NOTICE_CODE,
  NOTICE_LANGUAGE,
  NOTICE_TEXT,
  NOTICE_TITLE,
} from './notice-text.js'

const SHA256 = /^[0-9a-f]{64}$/
const PUBLIC_STANDINGS = NOTICE_STANDINGS.filter((standing) => standing !== 'unpublished')

/** Path parameters. */
export class NoticeVersionPathDto {
  @ApiProperty({ example: 'twin-research' })
  @Matches(NOTICE_CODE)
  notice!: string

  @ApiProperty({ example: '2.1' })
  @Matches(NOTICE_CODE)
  version!: string
}

/** Path parameters. */
export class NoticeTextPathDto extends NoticeVersionPathDto {
  @ApiProperty({ example: 'de', description: 'BCP 47.' })
  @Matches(NOTICE_LANGUAGE)
  language!: string
}

export class DraftNoticeDto extends NoticeTextPathDto {
  @ApiProperty({ example: 'Your data in research', maxLength: MAX_TITLE_CHARACTERS })
  @Matches(NOTICE_TITLE)
  @MaxLength(MAX_TITLE_CHARACTERS)
  title!: string

  @ApiProperty({
    example: 'We ask you whether your record may be used for research.\n\nYou may say no.',
    maxLength: MAX_TEXT_CHARACTERS,
    description: 'Plain text; line feeds make lines and paragraphs. It is published and names no person.',
  })
  @Matches(NOTICE_TEXT)
  @MaxLength(MAX_TEXT_CHARACTERS)
  text!: string
}

export class JudgeNoticeDto {
  @ApiProperty({ enum: ['approved', 'rejected'] })
  @IsIn(['approved', 'rejected'])
  outcome!: 'approved' | 'rejected'

  @ApiProperty({
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    description: 'Digest of the text that was read.',
  })
  @Matches(SHA256)
  sha256!: string

  @ApiProperty({ example: 'Complete under Art 13, and plain.', maxLength: 2_000 })
  @Matches(NOTICE_TEXT)
  @MaxLength(2_000)
  remark!: string
}

export class PublishNoticeDto {
  @ApiPropertyOptional({
    example: '2027-01-01T00:00:00Z',
    description: 'Default now; the languages of a version share it.',
  })
  @IsOptional()
  @UtcTime()
  inForceFrom?: string
}

export class WithdrawNoticeDto {
  @ApiProperty({ enum: NOTICE_WITHDRAWAL_REASONS })
  @IsIn(NOTICE_WITHDRAWAL_REASONS)
  reason!: NoticeWithdrawalReason
}

export class ListNoticesDto {
  @ApiPropertyOptional({ example: 'twin-research' })
  @IsOptional()
  @Matches(NOTICE_CODE)
  notice?: string

  @ApiPropertyOptional({ enum: PUBLIC_STANDINGS })
  @IsOptional()
  @IsIn(PUBLIC_STANDINGS)
  standing?: Exclude<NoticeStanding, 'unpublished'>
}

export class NoticeRegisterDto {
  @ApiPropertyOptional({ example: 'twin-research' })
  @IsOptional()
  @Matches(NOTICE_CODE)
  notice?: string
}
