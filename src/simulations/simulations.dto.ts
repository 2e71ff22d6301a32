/** Requests of the simulations API. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'

import { IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsUUID, Matches, Min } from 'class-validator'
import { PageDto } from '../platform/http/page.dto.js'
import { RUN_PURPOSES } from '../models/run-purposes.js'
import { MODEL_USES, type ModelUse } from '../models/registry/judge-use.js'
import type { RunOrder } from './run-order.js'
import type { RunStatus } from './simulation.js'

/** Ids of models. */
export const MODEL = /^[a-z][a-z0-9]*(\.[a-z0-9+-]+)+$/
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
export const RUN_STATUSES: readonly RunStatus[] = ['requested', 'completed', 'refused', 'failed', 'cancelled']

export class RunSimulationDto {
  @ApiProperty({ example: '6f1c9a52-35f4-4f0c-8a53-9f8f5b1f7a10' })
  @IsUUID()
  twin!: string

  @ApiPropertyOptional({ description: 'Run on the twin as it was at this revision; default as it stands.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  twinRevision?: number

  @ApiProperty({ example: 'cvd.prevent-2023' })
  @Matches(MODEL)
  model!: string

  @ApiPropertyOptional({
    enum: MODEL_USES,
    default: 'exploratory',
    description:
      'What the result is wanted for. `decision` is refused unless the version is approved for this context of use.',
  })
  @IsOptional()
  @IsIn(MODEL_USES)
  use?: ModelUse

  @ApiProperty({ enum: RUN_PURPOSES, example: 'HRESCH', description: 'v3-ActReason; what consent is asked for.' })
  @IsIn(RUN_PURPOSES)
  purpose!: RunOrder['purpose']

  @ApiPropertyOptional({ description: 'Random id of the trial the run belongs to.' })
  @IsOptional()
  @IsUUID()
  trial?: string

  @ApiPropertyOptional({ description: 'Whether somebody profits; what is not said counts as yes.' })
  @IsOptional()
  @IsBoolean()
  commercial?: boolean

  @ApiPropertyOptional({ example: 'MONDO:0004995' })
  @IsOptional()
  @Matches(/^MONDO:\d{7}$/)
  disease?: string

  @ApiPropertyOptional({
    example: '2026-06-01',
    description: 'Day as of which the person is looked at; default today.',
  })
  @IsOptional()
  @Matches(DAY)
  day?: string

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { riskRegion: 'Moderate' },
    description:
      'Parameters that the model takes beside the record, by name: see `parameters` of the model. They are sealed, and never replace what the record says.',
  })
  @IsOptional()
  @IsObject()
  parameters?: NonNullable<RunOrder['parameters']>
}

export class ListRunsDto extends PageDto {
  @ApiPropertyOptional({ enum: RUN_STATUSES })
  @IsOptional()
  @IsIn(RUN_STATUSES)
  status?: RunStatus

  @ApiPropertyOptional({ enum: MODEL_USES })
  @IsOptional()
  @IsIn(MODEL_USES)
  stamp?: ModelUse

  @ApiPropertyOptional({ example: 'cvd.prevent-2023' })
  @IsOptional()
  @Matches(MODEL)
  model?: string

  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  twin?: string

  @ApiPropertyOptional({ description: 'Of all twins of one person.' })
  @IsOptional()
  @IsUUID()
  subject?: string

  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  trial?: string
}

export class ReadinessDto {
  @ApiPropertyOptional({ example: '2026-06-01', description: 'Default today.' })
  @IsOptional()
  @Matches(DAY)
  day?: string

  @ApiPropertyOptional({ enum: RUN_PURPOSES, default: 'HRESCH', description: 'What consent is asked about.' })
  @IsOptional()
  @IsIn(RUN_PURPOSES)
  purpose?: RunOrder['purpose']

  @ApiPropertyOptional({ description: 'Random id of the trial the runs would belong to.' })
  @IsOptional()
  @IsUUID()
  trial?: string
}
