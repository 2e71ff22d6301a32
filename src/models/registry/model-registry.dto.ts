/** Requests of the models API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsOptional, IsRFC3339, IsString, Matches, MaxLength } from 'class-validator'
import { AI_ACT_CLASSES, type AiActClass, type AiActClassification } from './ai-act.js'
import { MODEL_NATURES, type ModelNature } from './credibility-factors.js'
import { VERSION_STATUSES, type VersionStatus } from './model-version-state.js'

/** Text that is shown to reviewers: no control characters. */
export const PLAIN_TEXT = /^[^\p{Cc}]+$/u
export const LONGEST_TEXT = 4000
const MODEL = /^[a-z][a-z0-9]*(\.[a-z0-9+-]+)*$/
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/

/** Path parameters of a version. */
export class ModelVersionPathDto {
  @ApiProperty({ example: 'cvd.prevent-2023' })
  @Matches(MODEL)
  @MaxLength(100)
  id!: string

  @ApiProperty({ example: '1.0.0' })
  @Matches(VERSION)
  @MaxLength(100)
  version!: string
}

export class ListModelVersionsDto {
  @ApiPropertyOptional({ enum: VERSION_STATUSES })
  @IsOptional()
  @IsIn(VERSION_STATUSES)
  status?: VersionStatus
}

export class ReadCaseDto {
  @ApiPropertyOptional({ example: '2026-06-01T00:00:00Z', description: 'As it stood at this time.' })
  @IsOptional()
  @IsRFC3339()
  asOf?: string
}

export class ProposeVersionDto {
  @ApiProperty({
    enum: MODEL_NATURES,
    example: 'statistical',
    description: 'A learned model answers four more factors in its plan.',
  })
  @IsIn(MODEL_NATURES)
  nature!: ModelNature
}

export class ClassifyVersionDto implements AiActClassification {
  @ApiProperty({ enum: AI_ACT_CLASSES, example: 'research-only' })
  @IsIn(AI_ACT_CLASSES)
  class!: AiActClass

  @ApiProperty({ example: 'Art. 2(6)', description: 'The article it rests on.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(200)
  basis!: string

  @ApiProperty({ example: 'Used for scientific research on consented twins alone.' })
  @Matches(PLAIN_TEXT)
  @MaxLength(LONGEST_TEXT)
  rationale!: string
}

export class ApproveVersionDto {
  @ApiProperty({
    example: '9f3c4d0f5e0a7b1d2c3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8',
    description: '`recordDigest` of the case that was read.',
  })
  @Matches(/^[0-9a-f]{64}$/)
  recordDigest!: string
}

export class SupersedeVersionDto {
  @ApiProperty({ example: '1.1.0', description: 'The approved version that takes its place.' })
  @Matches(VERSION)
  @MaxLength(100)
  by!: string
}

export class RetireVersionDto {
  @ApiProperty({ example: 'The publication was corrected; its successor is in use.' })
  @IsString()
  @Matches(PLAIN_TEXT)
  @MaxLength(LONGEST_TEXT)
  explanation!: string
}
