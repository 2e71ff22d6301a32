import { Controller, Get, Inject, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { etagOf } from '../journal/if-match.js'
import { SignaturesOn, type ShownSignature } from '../signatures/queries/signatures-on.js'
import { GetTrial, type TrialView } from './queries/get-trial.js'
import { ListEnrolments, type EnrolmentPage } from './queries/list-enrolments.js'
import { ListTrials, type TrialPage } from './queries/list-trials.js'
import { trialStream } from './trial-state.js'
import { TrialAccess } from './trial-access.js'
import { ListEnrolmentsDto, ListTrialsDto } from './trials.dto.js'
import { ENROLMENT_PAGE_EXAMPLE, TRIAL_EXAMPLE, TRIAL_PAGE_EXAMPLE } from './trials.examples.js'

/** Reading trials. */
@ApiTags('trials')
@ApiBearerAuth()
@Controller('api/v1/trials')
@Requires('trial.read')
export class TrialsController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(TrialAccess) private readonly access: TrialAccess,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List trials', description: 'In the order of registration.' })
  @ApiOkResponse({ schema: { example: TRIAL_PAGE_EXAMPLE } })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor, ...filter }: ListTrialsDto,
  ): Promise<TrialPage> {
    const scope = await this.access.listScope(caller)
    return this.queries.execute(new ListTrials({ ...filter, scope }, limit, cursor))
  }

  @Get(':trial')
  @ApiOperation({ summary: 'Read a trial with its sites' })
  @ApiOkResponse({ schema: { example: TRIAL_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('trial', ParseUUIDPipe) trial: string,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrialView & { signatures: ShownSignature[] }> {
    await this.access.require(caller, 'trial.read', trial)
    const view = await this.queries.execute(new GetTrial(trial))
    response.setHeader('ETag', etagOf(view.revision))
    const signatures = await this.queries.execute(new SignaturesOn(context, { stream: trialStream(trial) }))
    return { ...view, signatures }
  }

  @Get(':trial/enrolments')
  @ApiOperation({
    summary: 'List who is in a trial, under codes of this trial alone',
    description: 'A site sees its own enrolments, a participant their own. No answer ties a code to a person.',
  })
  @ApiOkResponse({ schema: { example: ENROLMENT_PAGE_EXAMPLE } })
  async enrolments(
    @CurrentCaller() caller: Caller,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Query() { limit, cursor, ...filter }: ListEnrolmentsDto,
  ): Promise<EnrolmentPage> {
    const scope = await this.access.enrolmentScope(caller, trial)
    return this.queries.execute(new ListEnrolments(trial, { ...filter, ...scope }, limit, cursor))
  }
}
