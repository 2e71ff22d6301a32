/** Requests of the randomisation API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator'
import { PageDto } from '../platform/http/page.dto.js'
import { BLINDABLE_ROLES, type BlindableRole } from './events.js'
import {
  NO_PLAN_REASON_CODES,
  TRIAL_UNBLINDING_REASON_CODES,
  UNBLINDING_REASON_CODES,
  type NoPlanReason,
  type TrialUnblindingReason,
  type UnblindingReason,
} from './reason-codes.js'

const CODE = /^[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}$/
/** ASCII, so that a character is a byte: sealed allocations have one length. */
const ARM = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/
const SHA_256 = /^[0-9a-f]{64}$/
const PLAIN_TEXT = /^[^\p{Cc}]+$/u
const ENROLMENT_CODE = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/
const MOST_PLACES = 10_000

export class ArmDto {
  @ApiProperty({ example: 'A', description: 'Code of the arm, as lists have it.' })
  @Matches(ARM)
  arm!: string

  @ApiProperty({ example: 'Rosuvastatin 20 mg', description: 'As in the protocol, which is public.' })
  @MaxLength(200)
  @Matches(PLAIN_TEXT)
  name!: string

  @ApiProperty({ example: 1, description: 'Of how many participants this arm gets: 2 and 1 are the ratio 2:1.' })
  @IsInt()
  @Min(1)
  @Max(20)
  share!: number
}

export class DesignArmsDto {
  @ApiProperty({ type: [ArmDto] })
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(12)
  @ValidateNested({ each: true })
  @Type(() => ArmDto)
  arms!: ArmDto[]

  @ApiProperty({
    enum: BLINDABLE_ROLES,
    isArray: true,
    example: ['participant', 'investigator', 'steward', 'modeller', 'sponsor', 'compliance', 'qa'],
    description: 'From whom the arms are hidden; empty for an open-label trial.',
  })
  @IsArray()
  @ArrayUnique()
  @IsIn(BLINDABLE_ROLES, { each: true })
  blinded!: BlindableRole[]

  @ApiProperty({ enum: ['none', 'site'], example: 'site' })
  @IsIn(['none', 'site'])
  stratifiedBy!: 'none' | 'site'
}

export class StratumListDto {
  @ApiProperty({ example: 'evaluation-site-1', description: 'A site; `all` where the design is not stratified.' })
  @Matches(CODE)
  stratum!: string

  @ApiProperty({ type: [String], example: ['A', 'B', 'B', 'A'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_PLACES)
  @Matches(ARM, { each: true })
  arms!: string[]
}

export class SealListDto {
  @ApiPropertyOptional({ type: [Number], example: [4, 6], description: 'For a generated list: lengths of its blocks.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @IsInt({ each: true })
  @Min(2, { each: true })
  @Max(240, { each: true })
  blockSizes?: number[]

  @ApiPropertyOptional({ example: 48, description: 'For a generated list: places of each stratum.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_PLACES)
  places?: number

  @ApiPropertyOptional({
    type: [String],
    description: 'For a generated list: sites, where they are strata. Default all.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @Matches(CODE, { each: true })
  sites?: string[]

  @ApiPropertyOptional({ type: [StratumListDto], description: 'Instead: a list drawn elsewhere.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => StratumListDto)
  imported?: StratumListDto[]
}

export class ListAllocationsDto extends PageDto {
  @ApiPropertyOptional({ enum: ['arm'], description: 'Adds the arm; for those from whom it is not hidden.' })
  @IsOptional()
  @IsIn(['arm'])
  show?: 'arm'

  @ApiPropertyOptional({
    example: 'A',
    description: 'Of this arm alone, for those from whom it is not hidden. A page may hold fewer than `limit`.',
  })
  @IsOptional()
  @Matches(ARM)
  arm?: string
}

/** Path parameters of a participant. */
export class ParticipantPathDto {
  @ApiProperty({ example: '3f0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f' })
  @IsUUID()
  trial!: string

  @ApiProperty({ example: 'K7QX-9M2T' })
  @Matches(ENROLMENT_CODE)
  code!: string
}

export class UnblindParticipantDto {
  @ApiProperty({ enum: UNBLINDING_REASON_CODES, example: 'emergency-treatment' })
  @IsIn(UNBLINDING_REASON_CODES)
  reason!: UnblindingReason

  @ApiProperty({ example: 'Bleeding; the antidote depends on what was given.', description: 'Sealed.' })
  @MinLength(10)
  @MaxLength(2000)
  @Matches(PLAIN_TEXT)
  explanation!: string
}

export class ReviewUnblindingDto {
  @ApiProperty({ enum: ['justified', 'not-justified'], example: 'justified' })
  @IsIn(['justified', 'not-justified'])
  finding!: 'justified' | 'not-justified'
}

export class RegisterPlanDto {
  @ApiProperty({ example: '1.0' })
  @Matches(CODE)
  version!: string

  @ApiProperty({
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    description: 'SHA-256 of the document, lower-case hexadecimal.',
  })
  @Matches(SHA_256)
  digest!: string

  @ApiPropertyOptional({
    example: 'cvd.prevent-2023',
    description: 'Model whose prediction at baseline is adjusted for.',
  })
  @IsOptional()
  @Matches(CODE)
  score?: string

  @ApiPropertyOptional({
    description:
      'Random id of the cohort that the score was fitted on; none: it comes from elsewhere, as the document says.',
  })
  @IsOptional()
  @IsUUID('all')
  trainedOn?: string

  @ApiPropertyOptional({ type: [String], example: [], description: 'Computed designs that the plan rests on.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  designs?: string[]
}

export class RequestUnblindingDto {
  @ApiProperty({ enum: BLINDABLE_ROLES, isArray: true, example: ['sponsor', 'modeller'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(BLINDABLE_ROLES, { each: true })
  openTo!: BlindableRole[]

  @ApiProperty({ enum: TRIAL_UNBLINDING_REASON_CODES, example: 'planned-analysis' })
  @IsIn(TRIAL_UNBLINDING_REASON_CODES)
  reason!: TrialUnblindingReason

  @ApiPropertyOptional({
    enum: NO_PLAN_REASON_CODES,
    description: 'Why there is no analysis plan; only where none is registered, and needed there.',
  })
  @IsOptional()
  @IsIn(NO_PLAN_REASON_CODES)
  withoutPlan?: NoPlanReason
}

export class UnblindTrialDto {
  @ApiProperty({
    example: '6d0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
    description: 'The request that somebody else approved by signature.',
  })
  @IsUUID()
  request!: string
}
