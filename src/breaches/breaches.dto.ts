/** Requests of the breach register. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Transform } from 'class-transformer'
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator'
import { PageDto } from '../platform/http/page.dto.js'
import {
  BREACH_NATURES,
  BREACH_RISKS,
  COMMUNICATION_CHANNELS,
  COMMUNICATION_EXCEPTION_CODES,
  DETECTIONS,
  RECORD_CATEGORIES,
  SUBJECT_CATEGORIES,
  type BreachNature,
  type BreachRisk,
  type CommunicationChannel,
  type CommunicationException,
  type Detection,
  type RecordCategory,
  type SubjectCategory,
} from './codes.js'

const MOST_PEOPLE = 10_000_000_000
const LONGEST_TEXT = 5000
const ORGANISATION = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** What somebody writes of a breach; all of it is kept sealed. */
export class BreachTextsDto {
  @ApiPropertyOptional({ example: 'A laptop with an export was stolen from the study office.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  description?: string

  @ApiPropertyOptional({ example: 'The data protection officer, dpo@clinic.example', description: 'Art 33(3)(b).' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  contact?: string

  @ApiPropertyOptional({ example: 'Diagnoses may become known to strangers.', description: 'Art 33(3)(c).' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  consequences?: string

  @ApiPropertyOptional({ example: 'The disk was encrypted; its key was revoked.', description: 'Art 33(3)(d).' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  measures?: string
}

export class RecordBreachDto extends BreachTextsDto {
  @ApiProperty({ enum: DETECTIONS, example: 'staff' })
  @IsIn(DETECTIONS)
  detection!: Detection

  @ApiProperty({ example: '2026-11-22T07:30:00.000Z' })
  @IsISO8601({ strict: true })
  detectedAt!: string

  @ApiPropertyOptional({
    example: '2026-11-22T08:00:00.000Z',
    description: 'When the controller became aware: the 72 hours run from then. Default: now.',
  })
  @IsOptional()
  @IsISO8601({ strict: true })
  awareAt?: string
}

/** Facts come in phases: each is replaced by what is known later. */
export class AssessBreachDto extends BreachTextsDto {
  @ApiPropertyOptional({ enum: BREACH_NATURES, isArray: true, example: ['confidentiality'] })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(BREACH_NATURES, { each: true })
  natures?: BreachNature[]

  @ApiPropertyOptional({ enum: SUBJECT_CATEGORIES, isArray: true, example: ['trial-participants'] })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SUBJECT_CATEGORIES, { each: true })
  subjectCategories?: SubjectCategory[]

  @ApiPropertyOptional({ enum: RECORD_CATEGORIES, isArray: true, example: ['health'] })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(RECORD_CATEGORIES, { each: true })
  recordCategories?: RecordCategory[]

  @ApiPropertyOptional({ example: 120, description: 'Persons, approximately.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_PEOPLE)
  subjects?: number

  @ApiPropertyOptional({ example: 4800, description: 'Records, approximately.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  records?: number

  @ApiPropertyOptional({ enum: BREACH_RISKS, example: 'high', description: 'For rights and freedoms of persons.' })
  @IsOptional()
  @IsIn(BREACH_RISKS)
  risk?: BreachRisk
}

export class NotifyAuthorityDto {
  @ApiProperty({ example: 'de-be-blnbdi', description: 'Id of the supervisory authority.' })
  @Matches(ORGANISATION)
  @MaxLength(100)
  authority!: string

  @ApiPropertyOptional({ default: false, description: 'What is missing follows without undue delay (Art 33(4)).' })
  @IsOptional()
  @IsBoolean()
  phased?: boolean

  @ApiPropertyOptional({ description: 'Required after the 72 hours.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  reasonsForDelay?: string
}

export class InformSubjectsDto {
  @ApiProperty({ enum: COMMUNICATION_CHANNELS, example: 'direct' })
  @IsIn(COMMUNICATION_CHANNELS)
  channel!: CommunicationChannel

  @ApiProperty({ example: 120, description: 'Approximately.' })
  @IsInt()
  @Min(1)
  @Max(MOST_PEOPLE)
  persons!: number
}

export class ExemptCommunicationDto {
  @ApiProperty({ enum: COMMUNICATION_EXCEPTION_CODES, example: '34-3-a' })
  @IsIn(COMMUNICATION_EXCEPTION_CODES)
  exception!: CommunicationException
}

export class ListBreachesDto extends PageDto {
  @ApiPropertyOptional({ enum: ['open', 'closed'] })
  @IsOptional()
  @IsIn(['open', 'closed'])
  status?: 'open' | 'closed'

  @ApiPropertyOptional({ description: 'Only those whose 72 hours passed without a notification.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  overdue?: boolean
}
