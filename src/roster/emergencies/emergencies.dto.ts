import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsOptional, IsUUID, Matches, MaxLength, MinLength } from 'class-validator'
import { PageDto } from '../../platform/http/page.dto.js'
import { EMERGENCY_REASONS, type EmergencyReason } from '../reason-codes.js'

const PLAIN_TEXT = /^[^\p{Cc}]+$/u

export class OpenEmergencyDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  twin!: string

  @ApiProperty({ enum: EMERGENCY_REASONS })
  @IsIn(EMERGENCY_REASONS)
  reason!: EmergencyReason

  @ApiProperty({ example: 'Unconscious in the emergency room; anticoagulation unknown.', description: 'Sealed.' })
  @MinLength(10)
  @MaxLength(2000)
  @Matches(PLAIN_TEXT)
  explanation!: string
}

export class ReviewEmergencyDto {
  @ApiProperty({ enum: ['justified', 'not-justified'] })
  @IsIn(['justified', 'not-justified'])
  finding!: 'justified' | 'not-justified'
}

export class ListEmergenciesDto extends PageDto {
  @ApiPropertyOptional({ enum: ['missing'], description: 'Only those that nobody has reviewed.' })
  @IsOptional()
  @IsIn(['missing'])
  review?: 'missing'
}
