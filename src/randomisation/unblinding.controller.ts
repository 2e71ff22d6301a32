import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { positioned } from '../journal/ledger-position.interceptor.js'
import { RequestUnblinding, type UnblindingRequestReceipt } from './commands/request-unblinding.js'
import { ReviewUnblinding } from './commands/review-unblinding.js'
import { UnblindParticipant, type UnblindingReceipt } from './commands/unblind-participant.js'
import { UnblindTrial } from './commands/unblind-trial.js'
import { ReadArms, type OpenedArm } from './queries/read-arms.js'
import { RandomisationAccess } from './randomisation-access.js'
import {
  ParticipantPathDto,
  RequestUnblindingDto,
  ReviewUnblindingDto,
  UnblindParticipantDto,
  UnblindTrialDto,
} from './randomisation.dto.js'
import { RANDOMISATION_RECEIPT_EXAMPLE, UNBLINDING_REQUEST_RECEIPT_EXAMPLE } from './randomisation.examples.js'
import type { RandomisationReceipt } from './randomisation-writer.js'

/** Opening arms: one in an emergency, all of them once the data are locked. */
@ApiTags('randomisation')
@ApiBearerAuth()
@Controller('api/v1/trials/:trial')
export class UnblindingController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(RandomisationAccess) private readonly access: RandomisationAccess,
  ) {}

  @Post('enrolments/:code/unblinding')
  @HttpCode(201)
  @Requires('allocation.unblind')
  @ApiOperation({
    summary: 'Open the arm of one participant, in an emergency',
    description: 'To whoever asks, and to nobody else. Raises an alert; somebody else reviews it within three days.',
  })
  @ApiCreatedResponse({ schema: { example: { unblinding: '…', code: 'K7QX-9M2T', arm: 'A', position: 812 } } })
  async unblindParticipant(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param() { trial, code }: ParticipantPathDto,
    @Body() { reason, explanation }: UnblindParticipantDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UnblindingReceipt & OpenedArm> {
    await this.access.requireEnrolment(caller, 'allocation.unblind', trial, code)
    const { idempotencyKey: _key, ...once } = context
    const receipt = await this.commands.execute(new UnblindParticipant(once, { trial, code, reason, explanation }))
    const [opened] = await this.queries.execute(new ReadArms(once, trial, [code]))
    return positioned(response, { ...receipt, ...opened! })
  }

  @Post('unblindings/:unblinding/review')
  @HttpCode(200)
  @Requires('emergency.review')
  @ApiOperation({ summary: 'Review an emergency unblinding' })
  @ApiOkResponse({ schema: { example: RANDOMISATION_RECEIPT_EXAMPLE } })
  async review(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Param('unblinding', ParseUUIDPipe) unblinding: string,
    @Body() { finding }: ReviewUnblindingDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RandomisationReceipt> {
    await this.access.requireReview(caller)
    const review = { trial, unblinding, finding }
    return positioned(response, await this.commands.execute(new ReviewUnblinding(context, review)))
  }

  @Post('unblinding-requests')
  @HttpCode(201)
  @Requires('trial.unblind')
  @ApiOperation({
    summary: 'Ask to open the arms of a trial to named roles',
    description:
      'Once the data are locked and every registered analysis plan is frozen; without any plan it has to be said why. The request is an entry of its own, which somebody else signs for approval.',
  })
  @ApiCreatedResponse({ schema: { example: UNBLINDING_REQUEST_RECEIPT_EXAMPLE } })
  async request(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Body() { openTo, reason, withoutPlan }: RequestUnblindingDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UnblindingRequestReceipt> {
    await this.access.require(caller, 'trial.unblind', trial)
    const { idempotencyKey: _key, ...once } = context
    const asked = { trial, openTo, reason, withoutPlan: withoutPlan ?? null }
    return positioned(response, await this.commands.execute(new RequestUnblinding(once, asked)))
  }

  @Post('unblinding')
  @HttpCode(200)
  @Requires('trial.unblind')
  @ApiOperation({
    summary: 'Open the arms of a trial as an approved request has it',
    description:
      'Approved by signature of somebody who neither asks nor opens, and had no part in the arms, the plans and the lock.',
  })
  @ApiOkResponse({ schema: { example: RANDOMISATION_RECEIPT_EXAMPLE } })
  async unblind(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Body() { request }: UnblindTrialDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RandomisationReceipt> {
    await this.access.require(caller, 'trial.unblind', trial)
    return positioned(response, await this.commands.execute(new UnblindTrial(context, { trial, request })))
  }
}
