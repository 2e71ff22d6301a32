/** Requests of the cohorts API. */
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { ArrayMaxSize, ArrayNotEmpty, IsIn, IsOptional, IsUUID } from 'class-validator'
import { Matches, ValidateIf, ValidateNested } from 'class-validator'
import { PageDto } from '../../platform/http/page.dto.js'
import type { RunStatus } from '../simulation.js'
import { RUN_STATUSES, RunSimulationDto } from '../simulations.dto.js'
import type { CohortStatus } from './cohort.js'
import { MOST_MEMBERS } from './cohort-members.js'

const STATUSES: readonly CohortStatus[] = ['running', 'cancelling', 'cancelled', 'finished']
const NAME = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/

/** Twins that have all of this in common; without a member, every twin in use that is open to the caller. */
export class MemberFilterDto {
  @ApiPropertyOptional({ description: 'Random id of a trial: the persons enrolled in it.' })
  @IsOptional()
  @IsUUID()
  enrolledIn?: string

  @ApiPropertyOptional({
    example: 'evaluation-clinic',
    description: 'Organisation id of the site that keeps the twin.',
  })
  @IsOptional()
  @Matches(NAME)
  owner?: string

  @ApiPropertyOptional({ example: 'clinic-ehr', description: 'Source system that the twin came from.' })
  @IsOptional()
  @Matches(NAME)
  source?: string
}

/** The order of a single run, without its twin. */
export class RequestCohortDto extends OmitType(RunSimulationDto, ['twin', 'twinRevision'] as const) {
  @ApiPropertyOptional({ description: 'The twins, one by one. Either this or `filter`.', type: [String] })
  @ValidateIf(({ filter }: RequestCohortDto) => filter === undefined)
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_MEMBERS)
  @IsUUID(undefined, { each: true })
  twins?: string[]

  @ApiPropertyOptional({ description: 'What the twins have in common. Either this or `twins`.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => MemberFilterDto)
  filter?: MemberFilterDto

  @ApiPropertyOptional({
    description:
      'Random id of a data permit (EHDS Art 68) that the cohort rests on, instead of each person’s consent. Its persons are chosen by `filter`.',
  })
  @IsOptional()
  @IsUUID()
  permit?: string
}

export class ListCohortsDto extends PageDto {
  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: CohortStatus

  @ApiPropertyOptional({ example: 'cvd.prevent-2023' })
  @IsOptional()
  @Matches(NAME)
  model?: string
}

export class ListCohortRunsDto extends PageDto {
  @ApiProperty({ enum: RUN_STATUSES, required: false })
  @IsOptional()
  @IsIn(RUN_STATUSES)
  status?: RunStatus
}
