/** Requests of the legal register. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBooleanString,
  IsIn,
  IsInt,
  IsOptional,
  IsRFC3339,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator'
import type { Check, LegalText, Retirement } from './events.js'
import { TOPIC_NAMES, type Topic } from './topics.js'
import {
  CHECK_OUTCOMES,
  LEGAL_CONFIDENCES,
  LEGAL_KINDS,
  LEGAL_STATUSES,
  RETIREMENT_REASONS,
  STANDINGS,
  type CheckOutcome,
  type LegalConfidence,
  type LegalKind,
  type LegalStatus,
  type RetirementReason,
  type Standing,
} from './vocabulary.js'

const ID = /^[a-z]+(-[a-z0-9]+)+$/
const REQUIREMENT = /^TL-[A-Z]{3}-\d{3}$/
const JURISDICTION = /^[A-Z]{2,3}(\/[A-Z]{2,3})*$/
const PLAIN_TEXT = /^[^\p{Cc}]+$/u
const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/
const DATE_OF_REGION = /^([A-Z]{2,4} )?\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** Said to be null rather than left out: an entry has all its fields. */
const OrNull = () => ValidateIf((_, value) => value !== null)

/** Path parameter. */
export class LegalEntryPathDto {
  @ApiProperty({ example: 'us-p11' })
  @Matches(ID)
  @MaxLength(60)
  id!: string
}

export class ProposeLegalEntryDto extends LegalEntryPathDto implements LegalText {
  @ApiProperty({ example: 'US', description: 'INT for what holds internationally; several with a slash.' })
  @Matches(JURISDICTION)
  @MaxLength(40)
  jurisdiction!: string

  @ApiProperty({ example: 'Electronic Records; Electronic Signatures' })
  @Matches(PLAIN_TEXT)
  @MaxLength(300)
  instrument!: string

  @ApiProperty({ type: String, nullable: true, example: '21 CFR 11' })
  @OrNull()
  @Matches(PLAIN_TEXT)
  @MaxLength(200)
  citation!: string | null

  @ApiProperty({ enum: LEGAL_KINDS, example: 'law' })
  @IsIn(LEGAL_KINDS)
  kind!: LegalKind

  @ApiProperty({ enum: LEGAL_STATUSES, example: 'in force' })
  @IsIn(LEGAL_STATUSES)
  status!: LegalStatus

  @ApiProperty({ type: String, nullable: true, example: null, description: 'A year, a month or a day.' })
  @OrNull()
  @Matches(DATE)
  published!: string | null

  @ApiProperty({ type: String, nullable: true, example: '1997-08-20' })
  @OrNull()
  @Matches(DATE)
  inForce!: string | null

  @ApiProperty({ example: ['EU 2027-12-02'], description: 'Dates, with the region in front where they differ.' })
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(DATE_OF_REGION, { each: true })
  appliesFrom!: string[]

  @ApiProperty({ type: String, nullable: true, example: null })
  @OrNull()
  @Matches(DATE)
  appliesUntil!: string | null

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Id of another entry.' })
  @OrNull()
  @Matches(ID)
  @MaxLength(60)
  supersedes!: string | null

  @ApiProperty({ example: ['11.10(e)', '11.50'], description: 'By number only.' })
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(PLAIN_TEXT, { each: true })
  @MaxLength(60, { each: true })
  clauses!: string[]

  @ApiProperty({ enum: TOPIC_NAMES, isArray: true, example: ['audit', 'sign'] })
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @IsIn(TOPIC_NAMES, { each: true })
  touches!: Topic[]

  @ApiProperty({ example: ['TL-AUD-001'], description: 'Ids of requirements of this version.' })
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(REQUIREMENT, { each: true })
  controls!: string[]

  @ApiProperty({ type: String, nullable: true, example: 'compliance office' })
  @OrNull()
  @Matches(PLAIN_TEXT)
  @MaxLength(100)
  owner!: string | null

  @ApiProperty({ type: String, nullable: true, example: 'https://www.ecfr.gov/current/title-21/part-11' })
  @OrNull()
  @IsUrl({ protocols: ['https'], require_protocol: true })
  @MaxLength(500)
  sourceUrl!: string | null

  @ApiProperty({ enum: LEGAL_CONFIDENCES, example: 'H', description: 'H: high. M: medium. L: not verified.' })
  @IsIn(LEGAL_CONFIDENCES)
  confidence!: LegalConfidence

  @ApiProperty({ type: String, nullable: true, example: null })
  @OrNull()
  @Matches(PLAIN_TEXT)
  @MaxLength(2000)
  note!: string | null
}

export class ProposeRetirementDto implements Retirement {
  @ApiProperty({ enum: RETIREMENT_REASONS, example: 'superseded' })
  @IsIn(RETIREMENT_REASONS)
  reason!: RetirementReason

  @ApiProperty({ type: String, nullable: true, example: 'eu-a11d', description: 'Given when it is superseded.' })
  @OrNull()
  @Matches(ID)
  @MaxLength(60)
  supersededBy!: string | null
}

class RemarkDto {
  @ApiProperty({ example: 'Compared with the text on the publisher’s site.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(2000)
  remark!: string
}

export class JudgeProposalDto extends RemarkDto {
  @ApiProperty({ enum: ['approved', 'rejected'], example: 'approved' })
  @IsIn(['approved', 'rejected'])
  outcome!: 'approved' | 'rejected'

  @ApiPropertyOptional({ example: '2026-11-20', description: 'Held against its source on this day; for an approval.' })
  @ValidateIf(({ outcome }: JudgeProposalDto) => outcome !== 'rejected')
  @Matches(DAY)
  checkedOn?: string
}

export class CheckEntryDto extends RemarkDto implements Check {
  @ApiProperty({ example: '2026-11-20' })
  @Matches(DAY)
  checkedOn!: string

  @ApiProperty({ enum: CHECK_OUTCOMES, example: 'unchanged' })
  @IsIn(CHECK_OUTCOMES)
  outcome!: CheckOutcome
}

export class RegisterAsOfDto {
  @ApiPropertyOptional({ example: '2026-06-01T00:00:00Z', description: 'As it stood at this time.' })
  @IsOptional()
  @IsRFC3339()
  asOf?: string
}

export class ListLegalEntriesDto extends RegisterAsOfDto {
  @ApiPropertyOptional({ example: 'EU' })
  @IsOptional()
  @Matches(JURISDICTION)
  jurisdiction?: string

  @ApiPropertyOptional({ enum: LEGAL_KINDS })
  @IsOptional()
  @IsIn(LEGAL_KINDS)
  kind?: LegalKind

  @ApiPropertyOptional({ enum: LEGAL_STATUSES })
  @IsOptional()
  @IsIn(LEGAL_STATUSES)
  status?: LegalStatus

  @ApiPropertyOptional({ enum: LEGAL_CONFIDENCES })
  @IsOptional()
  @IsIn(LEGAL_CONFIDENCES)
  confidence?: LegalConfidence

  @ApiPropertyOptional({ enum: TOPIC_NAMES })
  @IsOptional()
  @IsIn(TOPIC_NAMES)
  touches?: Topic

  @ApiPropertyOptional({ example: 'TL-AUD-001', description: 'Entries that this requirement answers.' })
  @IsOptional()
  @Matches(REQUIREMENT)
  requirement?: string

  @ApiPropertyOptional({ enum: STANDINGS })
  @IsOptional()
  @IsIn(STANDINGS)
  standing?: Standing

  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'Whether a proposal waits for a decision.' })
  @IsOptional()
  @IsBooleanString()
  waiting?: string
}

export class ListDueEntriesDto extends RegisterAsOfDto {
  @ApiPropertyOptional({ default: 365, description: 'Not checked for so many days.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(3650)
  uncheckedDays?: number

  @ApiPropertyOptional({ default: 90, description: 'Comes to apply within so many days.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(3650)
  withinDays?: number
}
