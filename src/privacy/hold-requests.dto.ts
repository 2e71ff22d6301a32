import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator'
import { HOLD_GROUNDS, HOLD_REFUSALS, type HoldGround, type HoldRefusal } from './codes.js'

/** The person: by id, or by the code of a trial. */
export class RequestHoldDto {
  @ApiPropertyOptional({ example: '22222222-2222-4222-8222-222222222222' })
  @ValidateIf(({ code }: RequestHoldDto) => code === undefined)
  @IsUUID()
  subject?: string

  @ApiPropertyOptional({ example: '33333333-3333-4333-8333-333333333333', description: 'With `code`.' })
  @ValidateIf(({ code }: RequestHoldDto) => code !== undefined)
  @IsUUID()
  trial?: string

  @ApiPropertyOptional({ example: 'S01-0007', description: 'Of the person in the trial.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  code?: string

  @ApiProperty({ enum: HOLD_GROUNDS, example: 'inspection' })
  @IsIn(HOLD_GROUNDS)
  ground!: HoldGround
}

export class DecideHoldRequestDto {
  @ApiPropertyOptional({ enum: HOLD_REFUSALS, description: 'Why it is refused. Absent: it is placed.' })
  @IsOptional()
  @IsIn(HOLD_REFUSALS)
  refusal?: HoldRefusal
}
