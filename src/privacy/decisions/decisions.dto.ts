/** Requests of the decisions API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator'
import { PageDto } from '../../platform/http/page.dto.js'
import { DECISION_STATUSES, type DecisionStatus } from './decision-state.js'
import { CONTEST_VERDICTS, DECISION_MATTERS, type ContestVerdict, type DecisionMatter } from './events.js'

const LONGEST_TEXT = 10_000

export class ProposeDecisionDto {
  @ApiProperty({ example: '6a3d0c52-5a0e-4ee5-8f0b-1f2f3f4f5f6f', description: 'The run whose result it rests on.' })
  @IsUUID()
  run!: string

  @ApiProperty({ enum: DECISION_MATTERS, example: 'eligibility' })
  @IsIn(DECISION_MATTERS)
  matter!: DecisionMatter

  @ApiProperty({ example: true, description: 'Whether it has legal or similarly significant effects (Art 22(1)).' })
  @IsBoolean()
  significant!: boolean

  @ApiProperty({ example: 'You are offered a place in the study.', description: 'Kept under the person’s key.' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  meaning!: string
}

export class ReviewDecisionDto {
  @ApiProperty({ example: true })
  @IsBoolean()
  agrees!: boolean

  @ApiProperty({ example: 'The inputs are current and the result fits the findings.' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  reasons!: string
}

export class JudgeContestDto {
  @ApiProperty({ enum: CONTEST_VERDICTS, example: 'overturned' })
  @IsIn(CONTEST_VERDICTS)
  verdict!: ContestVerdict

  @ApiProperty({ example: 'The model does not know of the operation.' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  reasons!: string

  @ApiPropertyOptional({ description: 'What a changed decision means for the person from now on.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  meaning?: string
}

export class ListDecisionsDto extends PageDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  subject?: string

  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  run?: string

  @ApiPropertyOptional({ enum: DECISION_STATUSES })
  @IsOptional()
  @IsIn(DECISION_STATUSES)
  status?: DecisionStatus
}
