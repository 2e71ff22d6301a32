/** Requests of the trials API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateNested } from 'class-validator'
import { PageDto } from '../platform/http/page.dto.js'
import { ENROLMENT_CODE } from './enrolment-code.js'
import { TRIAL_PHASES, type TrialPhase } from './events.js'
import {
  CLOSING_REASON_CODES,
  WITHDRAWAL_REASON_CODES,
  type ClosingReason,
  type WithdrawalReason,
} from './reason-codes.js'

/** Ids of organisations, sites and protocols, as event headers take them. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}$/
const PLAIN_TEXT = /^[^\p{Cc}]+$/u

export class ProtocolDto {
  @ApiProperty({ example: 'PROT-042' })
  @Matches(CODE)
  id!: string

  @ApiProperty({ example: '2.1' })
  @Matches(CODE)
  version!: string
}

export class RegisterTrialDto {
  @ApiProperty({ example: '2026-501234-17-00', description: "The sponsor's short code, e.g. the EU CT number." })
  @Matches(CODE)
  code!: string

  @ApiProperty({ example: 'Statin intensity guided by a digital twin', description: 'Public title of the protocol.' })
  @IsString()
  @MaxLength(500)
  @Matches(PLAIN_TEXT)
  title!: string

  @ApiProperty({ example: 'evaluation-sponsor', description: 'Organisation id of the sponsor: the one of the caller.' })
  @Matches(CODE)
  sponsor!: string

  @ApiProperty({ type: ProtocolDto })
  @ValidateNested()
  @Type(() => ProtocolDto)
  protocol!: ProtocolDto

  @ApiPropertyOptional({ enum: TRIAL_PHASES, example: 'phase-3' })
  @IsOptional()
  @IsIn(TRIAL_PHASES)
  phase?: TrialPhase
}

export class OpenSiteDto {
  @ApiProperty({ example: 'evaluation-site-1' })
  @Matches(CODE)
  site!: string

  @ApiProperty({ example: 'CH', description: 'ISO 3166-1 alpha-2.' })
  @Matches(/^[A-Z]{2}$/)
  country!: string
}

export class EnrolSubjectDto {
  @ApiProperty({ example: '22222222-2222-4222-8222-222222222222', description: 'The subject of a twin at the site.' })
  @IsUUID()
  subject!: string

  @ApiProperty({ example: 'evaluation-site-1' })
  @Matches(CODE)
  site!: string
}

export class WithdrawSubjectDto {
  @ApiProperty({ enum: WITHDRAWAL_REASON_CODES, example: 'subject-decision' })
  @IsIn(WITHDRAWAL_REASON_CODES)
  reason!: WithdrawalReason
}

export class CloseTrialDto {
  @ApiProperty({ enum: CLOSING_REASON_CODES, example: 'completed' })
  @IsIn(CLOSING_REASON_CODES)
  reason!: ClosingReason
}

export class ListTrialsDto extends PageDto {
  @ApiPropertyOptional({ enum: ['open', 'closed'] })
  @IsOptional()
  @IsIn(['open', 'closed'])
  status?: 'open' | 'closed'
}

export class ListEnrolmentsDto extends PageDto {
  @ApiPropertyOptional({ enum: ['enrolled', 'withdrawn'] })
  @IsOptional()
  @IsIn(['enrolled', 'withdrawn'])
  status?: 'enrolled' | 'withdrawn'

  @ApiPropertyOptional({ example: 'evaluation-site-1' })
  @IsOptional()
  @Matches(CODE)
  site?: string
}

/** Path parameters of an enrolment. */
export class EnrolmentPathDto {
  @ApiProperty({ example: '3f0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f' })
  @IsUUID()
  trial!: string

  @ApiProperty({ example: 'K7QX-9M2T' })
  @Matches(ENROLMENT_CODE)
  code!: string
}
