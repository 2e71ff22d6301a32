import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { positioned } from '../journal/ledger-position.interceptor.js'
import { CancelRun, type CancelAnswer } from './commands/cancel-run.js'
import { SignaturesOn, type ShownSignature } from '../signatures/queries/signatures-on.js'
import { ReplayRun, type ReplayAnswer } from './commands/replay-run.js'
import { RunSimulation, type RunAnswer } from './commands/run-simulation.js'
import { GetReadiness, type ModelReadiness } from './queries/get-readiness.js'
import { GetRun, type RunView } from './queries/get-run.js'
import { ListRuns, type RunPage } from './queries/list-runs.js'
import { runStream } from './simulation.js'
import { SimulationAccess } from './simulation-access.js'
import { ListRunsDto, ReadinessDto, RunSimulationDto } from './simulations.dto.js'

/** Running models on twins, and the evidence of it. */
@ApiTags('simulations')
@ApiBearerAuth()
@Controller('api/v1')
export class SimulationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: SimulationAccess,
  ) {}

  @Post('simulations')
  @Requires('simulation.run')
  @ApiOperation({
    summary: 'Run a model on a twin',
    description:
      'The person’s consent is asked first and its answer recorded. 403 `consent-missing`, 422 `model-use-refused` and 422 `inputs-refused` name the run, which stays on record.',
  })
  @TakesIdempotencyKey()
  async run(
    @CurrentCaller() caller: Caller,
    @Body() order: RunSimulationDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RunAnswer> {
    await this.access.requireRunOn(caller, order)
    const answer = await this.commands.execute(new RunSimulation(context, order))
    response.setHeader('Location', `/api/v1/simulations/${answer.run}`)
    return positioned(response, answer)
  }

  @Get('simulations')
  @Requires('simulation.read')
  @ApiOperation({ summary: 'List runs, newest first', description: 'Refused, failed and repeated ones too.' })
  async list(@CurrentCaller() caller: Caller, @Query() { limit, cursor, ...filter }: ListRunsDto): Promise<RunPage> {
    const scope = await this.access.listScope(caller, filter.trial)
    return this.queries.execute(new ListRuns({ ...filter, scope }, limit, cursor))
  }

  @Get('simulations/:run')
  @Requires('simulation.read')
  @ApiOperation({ summary: 'Read a run with its inputs and outputs', description: 'The reading is recorded.' })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('run', ParseUUIDPipe) run: string,
    @CurrentContext() context: CommandContext,
  ): Promise<RunView & { signatures: ShownSignature[] }> {
    await this.access.requireRun(caller, 'simulation.read', run)
    const view = await this.queries.execute(new GetRun(context, run))
    return { ...view, signatures: await this.queries.execute(new SignaturesOn(context, { stream: runStream(run) })) }
  }

  @Post('simulations/:run/cancel')
  @HttpCode(200)
  @Requires('simulation.cancel')
  @ApiOperation({ summary: 'Cancel a run that is under way', description: 'Wherever it is computed, it is stopped.' })
  async cancel(
    @CurrentCaller() caller: Caller,
    @Param('run', ParseUUIDPipe) run: string,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CancelAnswer> {
    await this.access.requireRun(caller, 'simulation.cancel', run)
    return positioned(response, await this.commands.execute(new CancelRun(context, run)))
  }

  @Post('simulations/:run/replays')
  @HttpCode(200)
  @Requires('simulation.replay')
  @ApiOperation({
    summary: 'Compute a run again and compare',
    description: 'From what is on record alone. The comparison is recorded.',
  })
  async replay(
    @CurrentCaller() caller: Caller,
    @Param('run', ParseUUIDPipe) run: string,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReplayAnswer> {
    await this.access.requireRun(caller, 'simulation.replay', run)
    return positioned(response, await this.commands.execute(new ReplayRun(context, run)))
  }

  @Get('twins/:twin/readiness')
  @Requires('simulation.read')
  @ApiOperation({
    summary: 'Which of all models could run on a twin, and what each of the others lacks',
    description: 'Data, parameters or consent. No values.',
  })
  async readiness(
    @CurrentCaller() caller: Caller,
    @Param('twin', ParseUUIDPipe) twin: string,
    @Query() { day = new Date().toISOString().slice(0, 10), purpose, trial: named }: ReadinessDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ModelReadiness[]> {
    const trial = await this.access.requireReadiness(caller, twin, named)
    // A trial that nobody named is that of somebody who uses data in it alone.
    const use = { purpose: purpose ?? (trial === named ? 'HRESCH' : 'CLINTRCH'), trial } as const
    return this.queries.execute(new GetReadiness(context, twin, day, use))
  }
}
