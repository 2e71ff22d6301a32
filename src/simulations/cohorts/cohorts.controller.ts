import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res, Sse } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import { concatMap, from, map, of, takeWhile, timer, type Observable } from 'rxjs'
import type { Caller } from '../../identity/caller.js'
import { CurrentCaller } from '../../identity/current-caller.js'
import { isVeiled } from '../../identity/policy.js'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { TakesIdempotencyKey } from '../../journal/idempotency-key.js'
import { LEDGER_POSITION } from '../../journal/ledger-position.interceptor.js'
import { InvalidRequest } from '../../platform/errors.js'
import { ListRuns, type RunPage } from '../queries/list-runs.js'
import { CohortAccess } from './cohort-access.js'
import { ListCohortRunsDto, ListCohortsDto, RequestCohortDto } from './cohorts.dto.js'
import { CancelCohort } from './commands/cancel-cohort.js'
import { RequestCohort, type CohortAnswer } from './commands/request-cohort.js'
import { GetCohort, type CohortView } from './queries/get-cohort.js'
import { ListCohorts, type CohortPage } from './queries/list-cohorts.js'
import { CancelReplay } from './replay/cancel-replay.js'
import { GetReplay, type ReplayView } from './replay/get-replay.js'
import { RequestReplay } from './replay/request-replay.js'

const PROGRESS_EVERY_MS = 1_000

/** One model on many twins: asked for, followed, cancelled. */
@ApiTags('cohorts')
@ApiBearerAuth()
@Controller('api/v1/cohorts')
export class CohortsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: CohortAccess,
  ) {}

  @Post()
  @HttpCode(202)
  @Requires('cohort.run')
  @ApiOperation({
    summary: 'Run a model on many twins',
    description:
      'Answers once the cohort is on record and in the queue. Each person’s consent is asked as for a single run; a refusal is the recorded end of that run. Under a data permit no consent is needed, and the permit is asked for each person. Whoever opted out from secondary use is not in it; of those who do so before their turn `progress.optedOut` tells how many.',
  })
  @TakesIdempotencyKey()
  async request(
    @CurrentCaller() caller: Caller,
    @Body() { twins, filter, ...order }: RequestCohortDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CohortAnswer> {
    if ((twins === undefined) === (filter === undefined))
      throw new InvalidRequest('cohort-members-unclear', 'Name either the twins or a filter.')
    const scope = await this.access.memberScope(caller, order, filter?.enrolledIn)
    await this.access.requirePermit(caller, order.permit)
    const wanted = twins === undefined ? { ...filter } : { twins }
    const answer = await this.commands.execute(new RequestCohort(context, order, wanted, scope))
    response.setHeader('Location', `/api/v1/cohorts/${answer.cohort}`)
    response.setHeader(LEDGER_POSITION, String(answer.position))
    return answer
  }

  @Get()
  @Requires('cohort.read')
  @ApiOperation({ summary: 'List cohorts, newest first' })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor, ...filter }: ListCohortsDto,
  ): Promise<CohortPage> {
    const scope = await this.access.listScope(caller)
    return this.queries.execute(new ListCohorts({ ...filter, scope }, limit, cursor))
  }

  @Get(':cohort')
  @Requires('cohort.read')
  @ApiOperation({ summary: 'Read a cohort and how far it is', description: 'Numbers and codes.' })
  async read(@CurrentCaller() caller: Caller, @Param('cohort', ParseUUIDPipe) cohort: string): Promise<CohortView> {
    await this.access.require(caller, 'cohort.read', cohort)
    return this.queries.execute(new GetCohort(cohort, !isVeiled(caller.role)))
  }

  @Get(':cohort/runs')
  @Requires('cohort.read')
  @ApiOperation({
    summary: 'List the runs of a cohort, newest first',
    description: 'What a run found is read at `/simulations/{run}`, under the right to that person’s record.',
  })
  async runs(
    @CurrentCaller() caller: Caller,
    @Param('cohort', ParseUUIDPipe) cohort: string,
    @Query() { limit, cursor, status }: ListCohortRunsDto,
  ): Promise<RunPage> {
    await this.access.require(caller, 'cohort.read', cohort)
    return this.queries.execute(new ListRuns({ cohort, status }, limit, cursor))
  }

  @Sse(':cohort/progress')
  @Requires('cohort.read')
  @ApiOperation({
    summary: 'Follow a cohort until it ends',
    description: 'Server-sent events `progress`, one a second; the last one shows the status it ended with.',
  })
  async progress(
    @CurrentCaller() caller: Caller,
    @Param('cohort', ParseUUIDPipe) cohort: string,
  ): Promise<Observable<{ type: string; data: object }>> {
    await this.access.require(caller, 'cohort.read', cohort)
    return progressOf(
      () => this.queries.execute(new GetCohort(cohort)),
      ({ status }) => status === 'running' || status === 'cancelling',
      ({ status, size, progress }) => ({ cohort, status, size, progress }),
    )
  }

  @Post(':cohort/cancel')
  @HttpCode(200)
  @Requires('cohort.cancel')
  @ApiOperation({ summary: 'Cancel a cohort', description: 'Nothing more is begun; what is under way is stopped.' })
  async cancel(
    @CurrentCaller() caller: Caller,
    @Param('cohort', ParseUUIDPipe) cohort: string,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ cohort: string }> {
    await this.access.require(caller, 'cohort.cancel', cohort)
    const { position } = await this.commands.execute(new CancelCohort(context, cohort))
    if (position !== null) response.setHeader(LEDGER_POSITION, String(position))
    return { cohort }
  }

  @Post(':cohort/replays')
  @HttpCode(202)
  @Requires('cohort.replay')
  @ApiOperation({
    summary: 'Compute all completed runs of a cohort again and compare',
    description:
      'From what is on record alone, on the queue that ran the cohort. Answers once that is in the queue; `Location` says where it is followed. Every comparison is recorded.',
  })
  @TakesIdempotencyKey()
  async replay(
    @CurrentCaller() caller: Caller,
    @Param('cohort', ParseUUIDPipe) cohort: string,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ cohort: string; replay: string }> {
    await this.access.require(caller, 'cohort.replay', cohort)
    const { replay, position } = await this.commands.execute(new RequestReplay(context, cohort))
    response.setHeader('Location', `/api/v1/cohorts/${cohort}/replays/${replay}`)
    if (position !== null) response.setHeader(LEDGER_POSITION, String(position))
    return { cohort, replay }
  }

  @Get(':cohort/replays/:replay')
  @Requires('cohort.replay')
  @ApiOperation({
    summary: 'Read how far computing a cohort again is, and what it found',
    description: 'How many runs gave equal results, the first difference with the quantity and the runtimes.',
  })
  async replayOf(
    @CurrentCaller() caller: Caller,
    @Param('cohort', ParseUUIDPipe) cohort: string,
    @Param('replay', ParseUUIDPipe) replay: string,
  ): Promise<ReplayView> {
    await this.access.require(caller, 'cohort.replay', cohort)
    return this.queries.execute(new GetReplay(cohort, replay))
  }

  @Sse(':cohort/replays/:replay/progress')
  @Requires('cohort.replay')
  @ApiOperation({
    summary: 'Follow a replay until it ends',
    description: 'Server-sent events `progress`, one a second; the last one is the result.',
  })
  async replayProgress(
    @CurrentCaller() caller: Caller,
    @Param('cohort', ParseUUIDPipe) cohort: string,
    @Param('replay', ParseUUIDPipe) replay: string,
  ): Promise<Observable<{ type: string; data: object }>> {
    await this.access.require(caller, 'cohort.replay', cohort)
    return progressOf(
      () => this.queries.execute(new GetReplay(cohort, replay)),
      ({ status }) => status === 'running',
    )
  }

  @Post(':cohort/replays/:replay/cancel')
  @HttpCode(200)
  @Requires('cohort.replay')
  @ApiOperation({ summary: 'Cancel a replay', description: 'Nothing more is computed again; comparisons made stay.' })
  async cancelReplay(
    @CurrentCaller() caller: Caller,
    @Param('cohort', ParseUUIDPipe) cohort: string,
    @Param('replay', ParseUUIDPipe) replay: string,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ cohort: string; replay: string }> {
    await this.access.require(caller, 'cohort.replay', cohort)
    const { position } = await this.commands.execute(new CancelReplay(context, cohort, replay))
    if (position !== null) response.setHeader(LEDGER_POSITION, String(position))
    return { cohort, replay }
  }
}

/** One event a second until `goesOn` says no; the last one shows how it ended. What `read` refuses at first is the answer. */
async function progressOf<View extends object>(
  read: () => Promise<View>,
  goesOn: (view: View) => boolean,
  shown: (view: View) => object = (view) => view,
): Promise<Observable<{ type: string; data: object }>> {
  const first = await read()
  return timer(0, PROGRESS_EVERY_MS).pipe(
    concatMap((count) => (count === 0 ? of(first) : from(read()))),
    takeWhile(goesOn, true),
    map((view) => ({ type: 'progress', data: shown(view) })),
  )
}
