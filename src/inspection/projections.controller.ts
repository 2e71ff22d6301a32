/** Read models for those who run the service: how far they are, rebuild one, let a halted one go on. No values are seen. */
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common'
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger'
import { IsBoolean, IsOptional } from 'class-validator'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { Journal } from '../journal/journal.js'
import { ProjectionEngine, type ProjectionStatus } from '../projections/projection-engine.js'
import type { RebuildResult } from '../projections/rebuild.js'
import { PROJECTION_STREAM, type ProjectionEvent } from './projection-events.js'

class RebuildDto {
  @ApiPropertyOptional({ description: 'Exchange the tables although the rebuilt ones differ from the live ones.' })
  @IsOptional()
  @IsBoolean()
  acceptDifference?: boolean
}

@ApiTags('projections')
@Controller('api/v1/projections')
export class ProjectionsController {
  constructor(
    private readonly projections: ProjectionEngine,
    private readonly journal: Journal,
  ) {}

  @Get()
  @Requires('projection.manage')
  @ApiOperation({ summary: 'Every read model: position, lag, whether it halted and why' })
  status(): Promise<ProjectionStatus[]> {
    return this.projections.status()
  }

  @Post(':name/rebuild')
  @HttpCode(200)
  @Requires('projection.manage')
  @ApiOperation({ summary: 'Rebuild beside the live tables, compare, exchange; the live ones answer meanwhile' })
  async rebuild(
    @CurrentContext() context: CommandContext,
    @Param('name') name: string,
    @Body() { acceptDifference = false }: RebuildDto,
  ): Promise<RebuildResult> {
    const result = await this.projections.rebuild(name, { acceptDifference })
    const equal = !Object.values(result.equal).includes(false)
    const data = { projection: name, position: result.position, equal, differenceAccepted: acceptDifference }
    await this.record(context, { type: 'projection.rebuilt', data })
    return result
  }

  @Post(':name/resume')
  @HttpCode(200)
  @Requires('projection.manage')
  @ApiOperation({ summary: 'Let a halted read model try again from where it stopped' })
  async resume(@CurrentContext() context: CommandContext, @Param('name') name: string): Promise<ProjectionStatus[]> {
    await this.projections.resume(name)
    await this.record(context, { type: 'projection.resumed', data: { projection: name } })
    return this.projections.status()
  }

  private async record(context: CommandContext, event: ProjectionEvent): Promise<void> {
    await this.journal.append(context, [{ stream: PROJECTION_STREAM, expectedRevision: 'any', entries: [{ event }] }])
  }
}
