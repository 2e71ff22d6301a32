/** Requests about how the service is operated. */
import { ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsOptional, IsRFC3339, Matches } from 'class-validator'
import { PROCESSES, type ProcessKind } from './configuration/events.js'

export class ReadConfigurationDto {
  @ApiPropertyOptional({ enum: PROCESSES, default: 'service' })
  @IsOptional()
  @IsIn(PROCESSES)
  process?: ProcessKind

  @ApiPropertyOptional({ example: 'main', description: 'INSTANCE_NAME; by default that of the instance asked.' })
  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9-]{0,40}$/)
  instance?: string

  @ApiPropertyOptional({ example: '2026-06-01T00:00:00Z', description: 'As it was at this time.' })
  @IsOptional()
  @IsRFC3339()
  asOf?: string
}
