import { ApiProperty } from '@nestjs/swagger'
import { IsIn, IsString, Matches, MaxLength } from 'class-validator'
import { SOURCE_KINDS, type SourceKind } from './events.js'
import { REVOKING_REASONS, type RevokingReason } from './revoking-reasons.js'

/** A name, a URN or a plain URI: no blank, query, fragment or user, so that it cannot carry a person's name. */
const SOURCE_NAME =
  /^(?:[A-Za-z0-9][A-Za-z0-9._-]{0,63}|urn:(?:oid|uuid):[0-9a-f.-]{1,120}|https?:\/\/[^\s?#@]{1,190})$/

export class RegisterSourceDto {
  @ApiProperty({ example: 'clinic-ehr', description: 'As `meta.source` or the header `X-Source-System` states it.' })
  @IsString()
  @MaxLength(200)
  @Matches(SOURCE_NAME)
  source!: string

  @ApiProperty({ enum: SOURCE_KINDS })
  @IsIn(SOURCE_KINDS)
  kind!: SourceKind
}

export class RevokeSourceDto {
  @ApiProperty({ example: 'clinic-ehr' })
  @IsString()
  @MaxLength(200)
  @Matches(SOURCE_NAME)
  source!: string

  @ApiProperty({ enum: REVOKING_REASONS })
  @IsIn(REVOKING_REASONS)
  reason!: RevokingReason
}
