/** Requests of the privacy API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Transform, Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator'
import { PageDto } from '../platform/http/page.dto.js'
import { PURPOSE_CODES, type Purpose } from '../consents/events.js'
import { KEY_CLASSES, type KeyClass } from '../vault/key-class.js'
import {
  ERASURE_GROUND_CODES,
  EXTENSION_REASONS,
  HOLD_GROUNDS,
  HOLD_REQUESTERS,
  IDENTITY_METHODS,
  OUTCOMES,
  REFUSAL_GROUND_CODES,
  REQUEST_CHANNELS,
  REQUEST_KIND_CODES,
  RETENTION_GROUND_CODES,
  type ErasureGround,
  type ExtensionReason,
  type HoldGround,
  type HoldRequester,
  type IdentityMethod,
  type Outcome,
  type RefusalGround,
  type RequestChannel,
  type RequestKind,
  type RetentionGround,
} from './codes.js'
import { ERASURE_STATUSES, type ErasureStatus } from './forgetting/forgetting-state.js'
import type { RequestStatus } from './requests/request-state.js'

const STATUSES: readonly RequestStatus[] = ['received', 'identified', 'prepared', 'held', 'decided', 'answered']
const SUBJECT = { example: '22222222-2222-4222-8222-222222222222' }

export class ReceiveRequestDto {
  @ApiProperty(SUBJECT)
  @IsUUID()
  subject!: string

  @ApiProperty({ enum: REQUEST_KIND_CODES, example: 'erasure' })
  @IsIn(REQUEST_KIND_CODES)
  kind!: RequestKind

  @ApiProperty({ enum: REQUEST_CHANNELS, example: 'electronic' })
  @IsIn(REQUEST_CHANNELS)
  channel!: RequestChannel

  @ApiPropertyOptional({ example: '2026-11-20T09:00:00.000Z', description: 'When the person asked. Default: now.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  receivedAt?: string

  @ApiPropertyOptional({ enum: PURPOSE_CODES, isArray: true, description: 'What an objection is about. Default: all.' })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(PURPOSE_CODES, { each: true })
  purposes?: Purpose[]

  @ApiPropertyOptional({ description: 'The run whose result a person is to review.' })
  @IsOptional()
  @IsUUID()
  run?: string

  @ApiPropertyOptional({ description: 'The decision that a person contests; its run need not be named.' })
  @IsOptional()
  @IsUUID()
  decision?: string

  @ApiPropertyOptional({ example: 'Please delete everything about me.', description: 'Kept under the person’s key.' })
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  statement?: string
}

export class IdentifyRequesterDto {
  @ApiProperty({ enum: IDENTITY_METHODS, example: 'document' })
  @IsIn(IDENTITY_METHODS)
  method!: IdentityMethod

  @ApiProperty({ example: true })
  @IsBoolean()
  confirmed!: boolean
}

export class ExtendRequestDto {
  @ApiProperty({ enum: EXTENSION_REASONS, example: 'complexity' })
  @IsIn(EXTENSION_REASONS)
  reason!: ExtensionReason
}

export class RetainedClassDto {
  @ApiProperty({ enum: KEY_CLASSES, example: 'trial-record' })
  @IsIn(KEY_CLASSES)
  class!: KeyClass

  @ApiProperty({ enum: RETENTION_GROUND_CODES, example: '17-3-b' })
  @IsIn(RETENTION_GROUND_CODES)
  ground!: RetentionGround
}

export class ErasureScopeDto {
  @ApiProperty({ enum: ERASURE_GROUND_CODES, example: '17-1-b' })
  @IsIn(ERASURE_GROUND_CODES)
  ground!: ErasureGround

  @ApiProperty({ enum: KEY_CLASSES, isArray: true, example: ['identity', 'contact', 'optional-research'] })
  @IsArray()
  @ArrayUnique()
  @IsIn(KEY_CLASSES, { each: true })
  classes!: KeyClass[]

  @ApiProperty({ type: [RetainedClassDto] })
  @IsArray()
  @ArrayMaxSize(KEY_CLASSES.length)
  @ValidateNested({ each: true })
  @Type(() => RetainedClassDto)
  retained!: RetainedClassDto[]
}

export class DecideRequestDto {
  @ApiProperty({ enum: OUTCOMES, example: 'partial' })
  @IsIn(OUTCOMES)
  outcome!: Outcome

  @ApiPropertyOptional({ enum: REFUSAL_GROUND_CODES, isArray: true, description: 'Of a refusal, in whole or in part.' })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(REFUSAL_GROUND_CODES, { each: true })
  grounds?: RefusalGround[]

  @ApiPropertyOptional({
    type: ErasureScopeDto,
    description: 'What goes and what stays, of an erasure that is granted.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => ErasureScopeDto)
  erasure?: ErasureScopeDto

  @ApiPropertyOptional({ example: 'The record of your trial must be kept for 25 years.' })
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  explanation?: string
}

export class AnswerRequestDto {
  @ApiProperty({ enum: REQUEST_CHANNELS, example: 'electronic' })
  @IsIn(REQUEST_CHANNELS)
  channel!: RequestChannel
}

export class TakeCopyDto {
  @ApiPropertyOptional({
    example: 'other-clinic',
    description: 'Organisation id, where the copy goes to an organisation instead of the person. It is accounted for.',
  })
  @IsOptional()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/)
  @MaxLength(100)
  recipient?: string
}

export class PlaceHoldDto {
  @ApiProperty(SUBJECT)
  @IsUUID()
  subject!: string

  @ApiProperty({ enum: HOLD_REQUESTERS, example: 'regulator' })
  @IsIn(HOLD_REQUESTERS)
  requestedBy!: HoldRequester

  @ApiProperty({ enum: HOLD_GROUNDS, example: 'inspection' })
  @IsIn(HOLD_GROUNDS)
  ground!: HoldGround
}

export class JudgeHoldDto {
  @ApiProperty({ example: true })
  @IsBoolean()
  approved!: boolean
}

export class LiftRestrictionDto {
  @ApiProperty(SUBJECT)
  @IsUUID()
  subject!: string
}

const asBoolean = Transform(({ value }: { value: unknown }) =>
  value === 'true' ? true : value === 'false' ? false : value,
)

export class ListRequestsDto extends PageDto {
  @ApiPropertyOptional({ enum: REQUEST_KIND_CODES })
  @IsOptional()
  @IsIn(REQUEST_KIND_CODES)
  kind?: RequestKind

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: RequestStatus

  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  subject?: string

  @ApiPropertyOptional({ description: 'Past their day and not answered.' })
  @IsOptional()
  @asBoolean
  @IsBoolean()
  overdue?: boolean

  @ApiPropertyOptional({ description: 'False: those that wait for their answer.' })
  @IsOptional()
  @asBoolean
  @IsBoolean()
  answered?: boolean
}

export class ListErasuresDto extends PageDto {
  @ApiPropertyOptional({ enum: ERASURE_STATUSES })
  @IsOptional()
  @IsIn(ERASURE_STATUSES)
  status?: ErasureStatus
}

export class ListHoldsDto extends PageDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  subject?: string

  @ApiPropertyOptional()
  @IsOptional()
  @asBoolean
  @IsBoolean()
  inForce?: boolean
}
