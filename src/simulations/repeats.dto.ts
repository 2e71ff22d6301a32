/** Requests about repeated runs. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator'
import { RUN_PURPOSES } from '../models/run-purposes.js'
import { PageDto } from '../platform/http/page.dto.js'
import { MODEL } from './simulations.dto.js'

export class ListRepeatsDto extends PageDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  twin?: string

  @ApiPropertyOptional({ description: 'Of all twins of one person.' })
  @IsOptional()
  @IsUUID()
  subject?: string

  @ApiPropertyOptional({ example: 'cvd.prevent-2023' })
  @IsOptional()
  @Matches(MODEL)
  model?: string

  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  trial?: string

  @ApiPropertyOptional({ minimum: 1, maximum: 1000, default: 2, description: 'Groups of fewer runs are left out.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  atLeast?: number
}

export class TraceRepeatsDto {
  @ApiProperty({ example: '11111111-1111-4111-8111-111111111111' })
  @IsUUID()
  twin!: string

  @ApiProperty({ example: 'cvd.prevent-2023' })
  @Matches(MODEL)
  model!: string

  @ApiProperty({ enum: RUN_PURPOSES, example: 'HRESCH' })
  @IsIn(RUN_PURPOSES)
  purpose!: (typeof RUN_PURPOSES)[number]

  @ApiPropertyOptional({ description: 'Left out: runs that belong to no trial.' })
  @IsOptional()
  @IsUUID()
  trial?: string
}
