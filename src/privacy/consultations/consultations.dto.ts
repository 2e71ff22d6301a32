import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator'
import { CONSULTATION_POSITIONS, type ConsultationPosition } from './events.js'

export class AnswerConsultationDto {
  @ApiProperty({ enum: CONSULTATION_POSITIONS, example: 'needed-for-analysis' })
  @IsIn(CONSULTATION_POSITIONS)
  position!: ConsultationPosition

  @ApiPropertyOptional({
    example: 'The primary endpoint of this participant is not analysed yet.',
    description: 'Sealed.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(4_000)
  statement?: string
}
