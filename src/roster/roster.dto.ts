/** Requests of the roster API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator'
import { ROLES, type Role } from '../identity/roles.js'
import { ACCESS_REASONS, DECLINING_REASONS, type AccessReason, type DecliningReason } from './reason-codes.js'

/** As event headers take them. */
const CODE = /^[A-Za-z0-9](?:[A-Za-z0-9_-]|:(?!:)){0,127}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const PLAIN_TEXT = /^[^\p{Cc}]+$/u
const ACTOR_EXAMPLE = '0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11'
const STAFF_ROLES = ROLES.filter((role) => role !== 'participant')

export class AccessDecisionDto {
  @ApiProperty({ example: ACTOR_EXAMPLE, description: 'Pseudonymous id of the person, as in the audit trail.' })
  @IsUUID()
  actor!: string

  @ApiProperty({ enum: ['revoke', 'reinstate', 'unlock'] })
  @IsIn(['revoke', 'reinstate', 'unlock'])
  decision!: 'revoke' | 'reinstate' | 'unlock'

  @ApiProperty({ enum: ACCESS_REASONS })
  @IsIn(ACCESS_REASONS)
  reason!: AccessReason
}

export class RosterAsOfDto {
  @ApiPropertyOptional({ example: '2026-11-01T00:00:00Z', description: 'Default now.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  asOf?: string
}

export class RegisterPersonDto {
  @ApiProperty({
    example: 'f2b7…',
    description: "The `sub` of the person's tokens at the configured issuer. Never stored.",
  })
  @MaxLength(255)
  @Matches(PLAIN_TEXT)
  sub!: string

  @ApiProperty({ enum: ['person', 'service'] })
  @IsIn(['person', 'service'])
  kind!: 'person' | 'service'

  @ApiProperty({ example: 'Dr Ada Example', description: 'Printed name, shown with signatures. Sealed.' })
  @MaxLength(200)
  @Matches(PLAIN_TEXT)
  name!: string

  @ApiPropertyOptional({ description: 'Of a service account: the registered person who answers for it.' })
  @IsOptional()
  @IsUUID()
  owner?: string
}

export class RecordTrainingDto {
  @ApiProperty({ enum: STAFF_ROLES })
  @IsIn(STAFF_ROLES)
  role!: Role

  @ApiProperty({ example: '2026-03-01' })
  @Matches(DAY)
  @IsISO8601({ strict: true })
  completedOn!: string

  @ApiProperty({ example: '2028-03-01', description: 'Last day on which it counts.' })
  @Matches(DAY)
  @IsISO8601({ strict: true })
  validUntil!: string
}

export class AttestationDto {
  @ApiProperty({ example: 'signatures-are-binding:1', description: 'Code and version of the statement agreed to.' })
  @Matches(CODE)
  statement!: string
}

export class GrantScopeDto {
  @ApiPropertyOptional({ example: 'evaluation-clinic' })
  @IsOptional()
  @Matches(CODE)
  org?: string

  @ApiPropertyOptional({ example: 'evaluation-site-1' })
  @IsOptional()
  @Matches(CODE)
  site?: string

  @ApiPropertyOptional({ type: [String], format: 'uuid' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsUUID('all', { each: true })
  trials?: string[]

  @ApiPropertyOptional({ type: [String], example: ['CLINTRCH'], description: 'v3-ActReason codes; without them, any.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^[A-Z]{2,20}$/, { each: true })
  purposes?: string[]
}

export class RequestGrantDto {
  @ApiProperty({ example: ACTOR_EXAMPLE })
  @IsUUID()
  actor!: string

  @ApiProperty({ enum: STAFF_ROLES })
  @IsIn(STAFF_ROLES)
  role!: Role

  @ApiProperty({ type: GrantScopeDto })
  @ValidateNested()
  @Type(() => GrantScopeDto)
  scope!: GrantScopeDto

  @ApiPropertyOptional({ description: 'Default: from its execution on.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string

  @ApiPropertyOptional({ description: 'Exclusive. Required for a regulator, at most a year ahead.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  until?: string
}

export class DeclineGrantDto {
  @ApiProperty({ enum: DECLINING_REASONS })
  @IsIn(DECLINING_REASONS)
  reason!: DecliningReason
}

export class ReviewGrantDto {
  @ApiProperty({ enum: ['confirmed', 'to-be-revoked'] })
  @IsIn(['confirmed', 'to-be-revoked'])
  finding!: 'confirmed' | 'to-be-revoked'
}

export class RevokeGrantDto {
  @ApiProperty({ enum: ACCESS_REASONS })
  @IsIn(ACCESS_REASONS)
  reason!: AccessReason
}
