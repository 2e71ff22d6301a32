/** Requests of the data permits API. No field takes words: what a permit says in words stays in its document. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  Matches,
  ValidateIf,
} from 'class-validator'
import { DATA_CATEGORY_CODES, type DataCategory } from '../consents/events.js'
import { UtcTime } from '../platform/http/utc-time.js'
import {
  PERMIT_REVOCATION_REASONS,
  PERMIT_STANDINGS,
  PERMITTED_PURPOSE_CODES,
  type PermitRevocationReason,
  type PermitStanding,
  type PermittedPurpose,
} from './codes.js'
import type { PermitTerms } from './events.js'

const CODE = /^[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}$/
const MODEL = /^[a-z][a-z0-9]*(\.[a-z0-9+-]+)*$/
const JURISDICTION = /^[A-Z]{2}$/
const SHA256 = /^[0-9a-f]{64}$/
const DIGEST = { example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }

export class RegisterPermitDto implements PermitTerms {
  @ApiProperty({ example: 'HDAB-2026-0042', description: 'As the health data access body gave it.' })
  @Matches(CODE)
  identifier!: string

  @ApiProperty({ example: 'access-body', description: 'Organisation id of the health data access body.' })
  @Matches(CODE)
  issuer!: string

  @ApiProperty({ example: 'DE', description: 'ISO 3166-1 alpha-2, or EU.' })
  @Matches(JURISDICTION)
  jurisdiction!: string

  @ApiProperty({ ...DIGEST, description: 'SHA-256 of the permit’s document.' })
  @Matches(SHA256)
  document!: string

  @ApiProperty({ enum: PERMITTED_PURPOSE_CODES, isArray: true, example: ['scientific-research'] })
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(PERMITTED_PURPOSE_CODES, { each: true })
  purposes!: PermittedPurpose[]

  @ApiProperty({
    enum: DATA_CATEGORY_CODES,
    isArray: true,
    example: ['demographics', 'vital-signs', 'laboratory', 'social-history', 'conditions', 'medications', 'procedures'],
  })
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(DATA_CATEGORY_CODES, { each: true })
  dataCategories!: DataCategory[]

  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['any'] },
      { type: 'array', items: { type: 'string' } },
    ],
    example: ['cvd'],
    description: 'Model classes or single models, or `any`.',
  })
  @ValidateIf(({ models }: RegisterPermitDto) => models !== 'any')
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @Matches(MODEL, { each: true })
  models!: string[] | 'any'

  @ApiProperty({ example: 'evaluation-clinic', description: 'The health data holder: controller of the twins.' })
  @Matches(CODE)
  holder!: string

  @ApiProperty({ example: 'evaluation-institute', description: 'Organisation id of the health data user.' })
  @Matches(CODE)
  user!: string

  @ApiProperty({ example: '2026-11-01T00:00:00Z' })
  @UtcTime()
  from!: string

  @ApiProperty({ example: '2028-11-01T00:00:00Z', description: 'In force no more from then on.' })
  @UtcTime()
  until!: string
}

export class ApprovePermitDto {
  @ApiProperty({ ...DIGEST, description: 'SHA-256 of the document that you held the permit against.' })
  @Matches(SHA256)
  document!: string
}

export class RevokePermitDto {
  @ApiProperty({ enum: PERMIT_REVOCATION_REASONS, example: 'revoked-by-access-body' })
  @IsIn(PERMIT_REVOCATION_REASONS)
  reason!: PermitRevocationReason
}

export class ListPermitsDto {
  @ApiPropertyOptional({ enum: PERMIT_STANDINGS })
  @IsOptional()
  @IsIn(PERMIT_STANDINGS)
  standing?: PermitStanding
}
