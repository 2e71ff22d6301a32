import { Body, Controller, Headers, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { instanceToPlain } from 'class-transformer'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { etagOf, revisionOfIfMatch } from '../journal/if-match.js'
import { LEDGER_POSITION } from '../journal/ledger-position.interceptor.js'
import { GiveConsent } from './commands/give-consent.js'
import { RefuseConsent } from './commands/refuse-consent.js'
import { RequestConsent } from './commands/request-consent.js'
import { WithdrawConsent } from './commands/withdraw-consent.js'
import { ConsentAccess } from './consent-access.js'
import type { ConsentReceipt } from './consent-writer.js'
import { ExpressionDto, GiveConsentDto, RequestConsentDto, WithdrawConsentDto } from './consents.dto.js'
import { RECEIPT_EXAMPLE } from './consents.examples.js'

/** What the caller learns of a decision: ids and places, nothing that was said. */
export interface ConsentAnswer {
  subject: string
  consent?: string
  revision: number | null
  position: number | null
  eventIds: string[]
  replayed: boolean
}

const IF_MATCH = ApiHeader({
  name: 'If-Match',
  required: false,
  description: 'ETag of the consents as they were read.',
})

/** Asking for consent and deciding about it. */
@ApiTags('consents')
@ApiBearerAuth()
@Controller('api/v1/subjects/:subject/consents')
export class ConsentDecisionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly access: ConsentAccess,
  ) {}

  @Post('requests')
  @Requires('consent.request')
  @ApiOperation({ summary: 'Ask for consent' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiCreatedResponse({ schema: { example: RECEIPT_EXAMPLE } })
  async request(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Body() body: RequestConsentDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConsentAnswer> {
    await this.access.require(caller, 'consent.request', subject)
    const asked = { subject, ...plain(body), ifRevision: revisionOfIfMatch(match) }
    return answered(response, await this.commands.execute(new RequestConsent(context, asked)))
  }

  @Post()
  @Requires('consent.decide')
  @ApiOperation({ summary: 'Give consent that nobody asked for', description: 'With its scope and its notice.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiCreatedResponse({ schema: { example: RECEIPT_EXAMPLE } })
  async give(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Body() body: GiveConsentDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConsentAnswer> {
    await this.access.require(caller, 'consent.decide', subject)
    const gift = { subject, ...plain(body), ifRevision: revisionOfIfMatch(match) }
    return answered(response, await this.commands.execute(new GiveConsent(context, gift)))
  }

  @Post('withdrawal')
  @HttpCode(200)
  @Requires('consent.decide')
  @ApiOperation({ summary: 'Withdraw everything that is in force' })
  @TakesIdempotencyKey()
  @ApiOkResponse({ schema: { example: RECEIPT_EXAMPLE } })
  async withdrawAll(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Body() body: WithdrawConsentDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConsentAnswer> {
    await this.access.require(caller, 'consent.decide', subject)
    const command = new WithdrawConsent(context, { subject, ...body })
    return answered(response, await this.commands.execute(command))
  }

  @Post(':consent/gift')
  @HttpCode(200)
  @Requires('consent.decide')
  @ApiOperation({ summary: 'Give what was asked for, or a part of it' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiOkResponse({ schema: { example: RECEIPT_EXAMPLE } })
  async answer(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Param('consent', ParseUUIDPipe) consent: string,
    @Body() body: GiveConsentDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConsentAnswer> {
    await this.access.require(caller, 'consent.decide', subject)
    const gift = { subject, consent, ...plain(body), ifRevision: revisionOfIfMatch(match) }
    return answered(response, await this.commands.execute(new GiveConsent(context, gift)))
  }

  @Post(':consent/refusal')
  @HttpCode(200)
  @Requires('consent.decide')
  @ApiOperation({ summary: 'Refuse what was asked for' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiOkResponse({ schema: { example: RECEIPT_EXAMPLE } })
  async refuse(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Param('consent', ParseUUIDPipe) consent: string,
    @Body() body: ExpressionDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConsentAnswer> {
    await this.access.require(caller, 'consent.decide', subject)
    const refusal = { subject, consent, ...body, ifRevision: revisionOfIfMatch(match) }
    return answered(response, await this.commands.execute(new RefuseConsent(context, refusal)))
  }

  @Post(':consent/withdrawal')
  @HttpCode(200)
  @Requires('consent.decide')
  @ApiOperation({ summary: 'Withdraw a consent', description: 'No reason is asked; what was done before stays valid.' })
  @TakesIdempotencyKey()
  @ApiOkResponse({ schema: { example: RECEIPT_EXAMPLE } })
  async withdraw(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Param('consent', ParseUUIDPipe) consent: string,
    @Body() body: WithdrawConsentDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConsentAnswer> {
    await this.access.require(caller, 'consent.decide', subject)
    const command = new WithdrawConsent(context, { subject, consent, ...body })
    return answered(response, await this.commands.execute(command))
  }
}

/** Events hold plain objects; a validated body is made of classes. */
function plain<Body extends object>(body: Body): Body {
  return instanceToPlain(body) as Body
}

function answered(response: Response, receipt: ConsentReceipt & { consent?: string }): ConsentAnswer {
  const { subject, consent, revision, position, events, replayed } = receipt
  if (revision !== null) response.setHeader('ETag', etagOf(revision))
  if (position !== null) response.setHeader(LEDGER_POSITION, String(position + 1))
  const eventIds = events.map(({ header }) => header.id)
  return { subject, ...(consent !== undefined && { consent }), revision, position, eventIds, replayed }
}
