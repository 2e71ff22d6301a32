/** Requests about impact assessments. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, MaxLength, Min, MinLength } from 'class-validator'
import { RESIDUAL_RISKS, WITHDRAWAL_CAUSES, type ResidualRisk, type WithdrawalCause } from './events.js'
import { RUN_PURPOSES, type RunPurpose } from '../models/run-purposes.js'

const LONGEST_TEXT = 20_000
const LONGEST_NAME = 100

/** What is missing of the four parts is named all at once, so none is required here. */
export class ProposeAssessmentDto {
  @ApiProperty({ example: 'cvd.prevent-2023' })
  @IsString()
  @MaxLength(LONGEST_NAME)
  model!: string

  @ApiPropertyOptional({ example: '1.0.0', description: 'The version that runs. Default: every version.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NAME)
  version?: string

  @ApiProperty({ enum: RUN_PURPOSES, example: 'HRESCH', description: 'v3-ActReason' })
  @IsIn(RUN_PURPOSES)
  purpose!: RunPurpose

  @ApiPropertyOptional({ example: 'Ten-year risk of each enrolled person.', description: 'Art 35(7)(a). Kept sealed.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  description?: string

  @ApiPropertyOptional({ example: 'No less intrusive predictor is as accurate.', description: 'Art 35(7)(b).' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  necessity?: string

  @ApiPropertyOptional({ example: 'A wrong score may lead to a wrong choice.', description: 'Art 35(7)(c).' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  risks?: string

  @ApiPropertyOptional({ example: 'A clinician reviews each score.', description: 'Art 35(7)(d).' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  measures?: string
}

export class ListAssessmentsDto {
  @ApiPropertyOptional({ example: 'cvd.prevent-2023', description: 'Default: every model.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NAME)
  model?: string
}

/** What was read is what is advised on or approved. */
class ReadRevisionDto {
  @ApiProperty({ example: 1, description: 'The revision that was read.' })
  @IsInt()
  @Min(0)
  revision!: number
}

export class AdviseDto extends ReadRevisionDto {
  @ApiProperty({ enum: RESIDUAL_RISKS, example: 'low', description: 'What remains once the measures are taken.' })
  @IsIn(RESIDUAL_RISKS)
  residualRisk!: ResidualRisk

  @ApiProperty({ example: 'The measures suffice as long as each score is reviewed.', description: 'Kept sealed.' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  advice!: string
}

export class ApproveAssessmentDto extends ReadRevisionDto {
  @ApiProperty({ example: '2027-11-22T00:00:00.000Z', description: 'From then on it no longer counts.' })
  @IsISO8601({ strict: true })
  reviewBy!: string
}

export class WithdrawAssessmentDto {
  @ApiProperty({ enum: WITHDRAWAL_CAUSES, example: 'risk-changed' })
  @IsIn(WITHDRAWAL_CAUSES)
  cause!: WithdrawalCause
}
