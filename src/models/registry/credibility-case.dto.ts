/** Requests of the credibility case: one body a step. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator'
import type { Consequence, Influence } from '../model-card.js'
import { CASE_STEPS, type CaseStep } from './case-steps.js'
import { FACTORS, type Factor, type GoalLevel, type Level } from './credibility-factors.js'
import { REOPENING_CAUSES, type Evidence, type ReopeningCause } from './events.js'
import { LONGEST_TEXT, ModelVersionPathDto, PLAIN_TEXT } from './model-registry.dto.js'

const DEGREES = ['low', 'medium', 'high'] as const
const EVIDENCE_KINDS = [
  'reference-results',
  'test',
  'publication',
  'model-card',
  'data',
  'report',
  'monitoring',
] as const satisfies readonly Evidence['kind'][]

/** Path parameters of a factor. */
export class FactorPathDto extends ModelVersionPathDto {
  @ApiProperty({ enum: FACTORS, example: 'numerical-code-verification' })
  @IsIn(FACTORS)
  factor!: Factor
}

export class EvidenceDto implements Evidence {
  @ApiProperty({ example: 'Published results of the PREVENT calculator' })
  @Matches(PLAIN_TEXT)
  @MaxLength(500)
  title!: string

  @ApiProperty({ enum: EVIDENCE_KINDS, example: 'reference-results' })
  @IsIn(EVIDENCE_KINDS)
  kind!: Evidence['kind']

  @ApiProperty({
    example: '0d9e6d3b1c0f4a5b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b',
    description: 'SHA-256, hexadecimal.',
  })
  @Matches(/^[0-9a-f]{64}$/)
  digest!: string

  @ApiPropertyOptional({ example: 'tests/models/public-vectors.json', description: 'A path in the project, or a DOI.' })
  @IsOptional()
  @Matches(PLAIN_TEXT)
  @MaxLength(500)
  reference?: string
}

export class QuestionDto {
  @ApiProperty({ example: 'How likely is a first cardiovascular event within ten years?' })
  @Matches(PLAIN_TEXT)
  @MaxLength(LONGEST_TEXT)
  question!: string
}

export class ContextLimitDto {
  @ApiProperty({ example: 'age', description: 'Name of an input in the model’s specification.' })
  @Matches(/^[A-Za-z][A-Za-z0-9_.]{0,63}$/)
  input!: string

  @ApiPropertyOptional({ example: 40 })
  @IsOptional()
  @IsNumber()
  minimum?: number

  @ApiPropertyOptional({ example: 75 })
  @IsOptional()
  @IsNumber()
  maximum?: number

  @ApiPropertyOptional({ example: ['female'] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  oneOf?: (string | boolean)[]
}

export class ContextOfUseDto {
  @ApiProperty({
    example: 'Research on primary prevention in adults of 40 to 75 years; not for the treatment of anybody.',
  })
  @Matches(PLAIN_TEXT)
  @MaxLength(LONGEST_TEXT)
  statement!: string

  @ApiProperty({ example: ['HRESCH'], description: 'v3-ActReason codes of the purposes it covers.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @Matches(/^[A-Z]{3,20}$/, { each: true })
  purposes!: string[]

  @ApiProperty({ type: [ContextLimitDto], description: 'What the inputs of a run are held against.' })
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ContextLimitDto)
  limits!: ContextLimitDto[]
}

export class RiskDto {
  @ApiProperty({ enum: DEGREES, example: 'low', description: 'How much the decision leans on the model.' })
  @IsIn(DEGREES)
  influence!: Influence

  @ApiProperty({ enum: DEGREES, example: 'medium', description: 'How much harm a wrong decision can do.' })
  @IsIn(DEGREES)
  consequence!: Consequence

  @ApiProperty({ example: 'One of several inputs to a research question; nobody is treated by it.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(LONGEST_TEXT)
  rationale!: string
}

export class FactorGoalDto {
  @ApiProperty({ enum: FACTORS, example: 'numerical-code-verification' })
  @IsIn(FACTORS)
  factor!: Factor

  @ApiProperty({ nullable: true, minimum: 1, maximum: 3, example: 2, description: 'Null: the factor does not apply.' })
  @ValidateIf(({ goal }: FactorGoalDto) => goal !== null)
  @IsInt()
  @Min(1)
  @Max(3)
  goal!: GoalLevel | null

  @ApiProperty({ example: 'Independent reference results exist.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(LONGEST_TEXT)
  rationale!: string
}

export class PlanDto {
  @ApiProperty({ type: [FactorGoalDto], description: 'Each factor once.' })
  @IsArray()
  @ArrayMaxSize(FACTORS.length)
  @ValidateNested({ each: true })
  @Type(() => FactorGoalDto)
  goals!: FactorGoalDto[]
}

export class FactorAssessmentDto {
  @ApiProperty({ minimum: 0, maximum: 3, example: 2 })
  @IsInt()
  @Min(0)
  @Max(3)
  achieved!: Level

  @ApiProperty({ example: 'Every reference result is met within a relative error of 1e-9.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(LONGEST_TEXT)
  summary!: string

  @ApiProperty({ type: [EvidenceDto] })
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => EvidenceDto)
  evidence!: EvidenceDto[]
}

export class DeviationDto {
  @ApiPropertyOptional({ enum: FACTORS })
  @IsOptional()
  @IsIn(FACTORS)
  factor?: Factor

  @ApiProperty({ example: 'Fewer reference results than planned.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(LONGEST_TEXT)
  what!: string

  @ApiProperty({ example: 'The publication tabulates no more.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(LONGEST_TEXT)
  why!: string
}

export class DocumentationDto {
  @ApiProperty({ type: EvidenceDto, description: 'The report of the results.' })
  @ValidateNested()
  @Type(() => EvidenceDto)
  report!: EvidenceDto

  @ApiProperty({
    type: [DeviationDto],
    description: 'Where what was done differs from the plan; empty when nothing does.',
  })
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => DeviationDto)
  deviations!: DeviationDto[]
}

export class AdequacyDto {
  @ApiProperty({ example: true })
  @IsBoolean()
  adequate!: boolean

  @ApiProperty({ example: 'All goals are met.' })
  @IsString()
  @Matches(PLAIN_TEXT)
  @MaxLength(LONGEST_TEXT)
  rationale!: string
}

export class ReopenCaseDto {
  @ApiProperty({ enum: REOPENING_CAUSES, example: 'drift' })
  @IsIn(REOPENING_CAUSES)
  cause!: ReopeningCause

  @ApiProperty({ enum: CASE_STEPS, example: 'execution', description: 'From this step on all is to be done again.' })
  @IsIn(CASE_STEPS)
  from!: CaseStep

  @ApiProperty({ example: 'Calibration fell below the limit that was agreed.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(LONGEST_TEXT)
  explanation!: string

  @ApiProperty({ type: [EvidenceDto], description: 'Drift needs some.' })
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => EvidenceDto)
  evidence!: EvidenceDto[]
}
