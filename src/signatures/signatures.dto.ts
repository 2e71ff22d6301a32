/** Requests of the signatures API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator'
import { KEY_REVOCATION_REASONS, type KeyRevocationReason } from './keys/signature-keys.js'
import { SIGNATURE_MEANING_CODES, type SignatureMeaning } from './meanings.js'

const STREAM = /^[a-z][a-z0-9-]{0,60}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Letters of any script, marks, and what stands between parts of a name. */
const PRINTED_NAME = /^[\p{L}\p{M}][\p{L}\p{M}\p{Zs}.,'’-]{1,198}$/u

export class AttestSignerDto {
  @ApiProperty({ example: 'Dr Ada Example', description: 'The name printed with signatures; kept sealed.' })
  @Matches(PRINTED_NAME)
  printedName!: string
}

export class OpenSigningDto {
  @ApiProperty({ example: 'run-6f1c9a52-35f4-4f0c-8a53-9f8f5b1f7a10' })
  @Matches(STREAM)
  stream!: string

  @ApiProperty({ example: 1, description: 'The revision the signer has seen.' })
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  revision!: number

  @ApiProperty({ enum: SIGNATURE_MEANING_CODES })
  @IsIn(SIGNATURE_MEANING_CODES)
  meaning!: SignatureMeaning
}

export class SignRecordDto {
  @ApiProperty({ description: 'Of the answer to `POST /api/v1/signing-requests`.' })
  @IsUUID()
  request!: string
}

export class ListSignaturesDto {
  @ApiPropertyOptional({ example: 'run-6f1c9a52-35f4-4f0c-8a53-9f8f5b1f7a10', description: 'The signed record.' })
  @IsOptional()
  @Matches(STREAM)
  stream?: string

  @ApiPropertyOptional({ description: 'With `stream`: signatures on this revision alone.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  revision?: number

  @ApiPropertyOptional({ description: 'Pseudonymous id of the signer.' })
  @IsOptional()
  @IsUUID()
  signer?: string

  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number

  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string
}

export class RevokeSignatureKeyDto {
  @ApiProperty({ enum: KEY_REVOCATION_REASONS })
  @IsIn(KEY_REVOCATION_REASONS)
  reason!: KeyRevocationReason
}

export class BackdateRevocationDto extends RevokeSignatureKeyDto {
  @ApiProperty({
    example: 5120,
    description: 'What the key signed at this position of the log or later is not trusted.',
  })
  @IsInt()
  @Min(0)
  @Max(2 ** 50)
  fromPosition!: number
}

export class DecideBackdatingDto {
  @ApiProperty({ enum: ['approved', 'refused'], example: 'approved' })
  @IsIn(['approved', 'refused'])
  outcome!: 'approved' | 'refused'
}
