import { Body, Controller, Headers, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put, Res } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { etagOf, revisionOfIfMatch } from '../journal/if-match.js'
import { LEDGER_POSITION } from '../journal/ledger-position.interceptor.js'
import { AmendProtocol } from './commands/amend-protocol.js'
import { CloseSite } from './commands/close-site.js'
import { CloseTrial } from './commands/close-trial.js'
import { EnrolSubject, type EnrolmentReceipt } from './commands/enrol-subject.js'
import { OpenSite } from './commands/open-site.js'
import { RegisterTrial } from './commands/register-trial.js'
import { WithdrawSubject } from './commands/withdraw-subject.js'
import type { TrialDescription } from './events.js'
import { TrialAccess } from './trial-access.js'
import type { TrialReceipt } from './trial-writer.js'
import {
  CloseTrialDto,
  EnrolmentPathDto,
  EnrolSubjectDto,
  OpenSiteDto,
  ProtocolDto,
  RegisterTrialDto,
  WithdrawSubjectDto,
} from './trials.dto.js'
import { TRIAL_RECEIPT_EXAMPLE } from './trials.examples.js'

const IF_MATCH = ApiHeader({ name: 'If-Match', required: false, description: 'ETag of the trial as it was read.' })
const RECEIPT = ApiOkResponse({ schema: { example: TRIAL_RECEIPT_EXAMPLE } })

/** Changing trials. Each change is one append; its answer carries the new revision as ETag. */
@ApiTags('trials')
@ApiBearerAuth()
@Controller('api/v1/trials')
export class TrialChangesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(TrialAccess) private readonly access: TrialAccess,
  ) {}

  @Post()
  @Requires('trial.manage')
  @ApiOperation({ summary: 'Register a trial' })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: TRIAL_RECEIPT_EXAMPLE } })
  async register(
    @CurrentCaller() caller: Caller,
    @Body() description: RegisterTrialDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrialReceipt> {
    await this.access.requireSponsor(caller, description.sponsor)
    const receipt = await this.commands.execute(new RegisterTrial(context, plain(description)))
    response.setHeader('Location', `/api/v1/trials/${receipt.trial}`)
    return answered(response, receipt)
  }

  @Put(':trial/protocol')
  @Requires('trial.manage')
  @ApiOperation({ summary: 'Amend the protocol' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async amendProtocol(
    @CurrentCaller() caller: Caller,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Body() { id, version }: ProtocolDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrialReceipt> {
    await this.access.require(caller, 'trial.manage', trial)
    const change = { trial, ifRevision: revisionOfIfMatch(match), protocol: { id, version } }
    return answered(response, await this.commands.execute(new AmendProtocol(context, change)))
  }

  @Post(':trial/sites')
  @HttpCode(200)
  @Requires('trial.manage')
  @ApiOperation({ summary: 'Open a site' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async openSite(
    @CurrentCaller() caller: Caller,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Body() { site, country }: OpenSiteDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrialReceipt> {
    await this.access.require(caller, 'trial.manage', trial)
    const change = { trial, ifRevision: revisionOfIfMatch(match), site, country }
    return answered(response, await this.commands.execute(new OpenSite(context, change)))
  }

  @Post(':trial/sites/:site/closure')
  @HttpCode(200)
  @Requires('trial.manage')
  @ApiOperation({ summary: 'Close a site', description: 'Who is enrolled there stays enrolled.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async closeSite(
    @CurrentCaller() caller: Caller,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Param('site') site: string,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrialReceipt> {
    await this.access.require(caller, 'trial.manage', trial)
    const change = { trial, ifRevision: revisionOfIfMatch(match), site }
    return answered(response, await this.commands.execute(new CloseSite(context, change)))
  }

  @Post(':trial/enrolments')
  @Requires('trial.enrol')
  @ApiOperation({
    summary: 'Enrol a person who has a twin at the site',
    description: 'The answer is the only place that gives the code of a person.',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiCreatedResponse({ schema: { example: { ...TRIAL_RECEIPT_EXAMPLE, revision: 5, code: 'K7QX-9M2T' } } })
  async enrol(
    @CurrentCaller() caller: Caller,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Body() { subject, site }: EnrolSubjectDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EnrolmentReceipt> {
    await this.access.requireSite(caller, trial, site)
    const change = { trial, ifRevision: revisionOfIfMatch(match), subject, site }
    return answered(response, await this.commands.execute(new EnrolSubject(context, change)))
  }

  @Post(':trial/enrolments/:code/withdrawal')
  @HttpCode(200)
  @Requires('trial.enrol')
  @ApiOperation({
    summary: 'Withdraw a person from the trial',
    description: 'What was done with their data before stays valid (CTR Art. 28(3)).',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async withdraw(
    @CurrentCaller() caller: Caller,
    @Param() { trial, code }: EnrolmentPathDto,
    @Body() { reason }: WithdrawSubjectDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrialReceipt> {
    await this.access.requireEnrolment(caller, trial, code)
    const change = { trial, ifRevision: revisionOfIfMatch(match), code, reason }
    return answered(response, await this.commands.execute(new WithdrawSubject(context, change)))
  }

  @Post(':trial/closure')
  @HttpCode(200)
  @Requires('trial.manage')
  @ApiOperation({ summary: 'Close a trial', description: 'Persons can still be withdrawn from it.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async close(
    @CurrentCaller() caller: Caller,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Body() { reason }: CloseTrialDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TrialReceipt> {
    await this.access.require(caller, 'trial.manage', trial)
    const change = { trial, ifRevision: revisionOfIfMatch(match), reason }
    return answered(response, await this.commands.execute(new CloseTrial(context, change)))
  }
}

/** What is recorded is a plain object and has no class. */
function plain({ code, title, sponsor, protocol: { id, version }, phase }: RegisterTrialDto): TrialDescription {
  return { code, title, sponsor, protocol: { id, version }, ...(phase && { phase }) }
}

/** A read that waits for the position named here sees the change. */
function answered<Receipt extends TrialReceipt>(response: Response, receipt: Receipt): Receipt {
  if (receipt.revision !== null) response.setHeader('ETag', etagOf(receipt.revision))
  if (receipt.position !== null) response.setHeader(LEDGER_POSITION, String(receipt.position + 1))
  return receipt
}
