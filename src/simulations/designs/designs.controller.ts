import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Action } from '../../identity/actions.js'
import type { Caller } from '../../identity/caller.js'
import { CurrentCaller } from '../../identity/current-caller.js'
import { PolicyService } from '../../identity/policy.service.js'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { TakesIdempotencyKey } from '../../journal/idempotency-key.js'
import { positioned } from '../../journal/ledger-position.interceptor.js'
import { ComputeDesign, type DesignAnswer } from './commands/compute-design.js'
import { ReplayDesign, type DesignReplayAnswer } from './commands/replay-design.js'
import { ComputeDesignDto, ListDesignsDto } from './designs.dto.js'
import { GetDesign, type DesignView } from './queries/get-design.js'
import { ListDesigns, type DesignPage } from './queries/list-designs.js'

/** Trial machinery: power, sample size, stopping boundaries, analysis of simulated people, random numbers. */
@ApiTags('designs')
@ApiBearerAuth()
@Controller('api/v1/designs')
export class DesignsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly policy: PolicyService,
  ) {}

  @Post()
  @Requires('design.run')
  @ApiOperation({
    summary: 'Compute a design from parameters',
    description: 'It concerns no person and needs no consent. A refusal is recorded too, with its reasons.',
  })
  @TakesIdempotencyKey()
  async compute(
    @CurrentCaller() caller: Caller,
    @Body() order: ComputeDesignDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DesignAnswer> {
    await this.policy.require(caller, 'design.run', {})
    await this.policy.requireOwnTrial(caller, 'design.run', order.trial)
    const answer = await this.commands.execute(new ComputeDesign(context, order))
    response.setHeader('Location', `/api/v1/designs/${answer.design}`)
    return positioned(response, answer)
  }

  @Get()
  @Requires('design.read')
  @ApiOperation({ summary: 'List designs, newest first', description: 'Refused and failed ones too.' })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor, ...filter }: ListDesignsDto,
  ): Promise<DesignPage> {
    const { org } = await this.policy.scopeOf(caller, 'design.read')
    const scope = org === undefined ? {} : { org }
    return this.queries.execute(new ListDesigns({ ...filter, ...scope }, limit, cursor))
  }

  @Get(':design')
  @Requires('design.read')
  @ApiOperation({ summary: 'Read a design with its parameters and outputs' })
  read(@CurrentCaller() caller: Caller, @Param('design', ParseUUIDPipe) design: string): Promise<DesignView> {
    return this.allowed(caller, 'design.read', design)
  }

  @Post(':design/replays')
  @HttpCode(200)
  @Requires('design.replay')
  @ApiOperation({ summary: 'Compute a design again and compare', description: 'The comparison is recorded.' })
  async replay(
    @CurrentCaller() caller: Caller,
    @Param('design', ParseUUIDPipe) design: string,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DesignReplayAnswer> {
    await this.allowed(caller, 'design.replay', design)
    return positioned(response, await this.commands.execute(new ReplayDesign(context, design)))
  }

  /** A sponsor sees the designs of its own organisation. */
  private async allowed(caller: Caller, action: Action, design: string): Promise<DesignView> {
    const view = await this.queries.execute(new GetDesign(design))
    const { org } = view.actor
    await this.policy.require(caller, action, { ...(org !== undefined && { org }) })
    return view
  }
}
