import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { LiftRestriction } from '../consents/commands/lift-restriction.js'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { isVeiled, readsByConsent } from '../identity/policy.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { isUuid } from '../ledger/event-header.js'
import { PageDto } from '../platform/http/page.dto.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { JudgeHold } from './commands/judge-hold.js'
import { JudgeLifting } from './commands/judge-lifting.js'
import { LiftHold } from './commands/lift-hold.js'
import { PlaceHold } from './commands/place-hold.js'
import type { ForgettingReceipt } from './forgetting/forgetting-journal.js'
import { PrivacyAccess } from './privacy-access.js'
import { JudgeHoldDto, LiftRestrictionDto, ListHoldsDto, PlaceHoldDto } from './privacy.dto.js'
import {
  FORGETTING_RECEIPT_EXAMPLE,
  HOLD_PAGE_EXAMPLE,
  HOLD_RECEIPT_EXAMPLE,
  NOTICE_PAGE_EXAMPLE,
} from './privacy.examples.js'
import type { LegalHoldRow } from './privacy.rows.js'
import { ListHolds } from './queries/list-holds.js'
import { ListNoticesByTrial, type NoticeInTrial } from './queries/list-notices-by-trial.js'
import { ListNotices, type Notice } from './queries/list-notices.js'
import type { Page } from './queries/page.js'

/** What stands in the way of erasure or of use, and what others were told. */
@ApiTags('privacy')
@ApiBearerAuth()
@Controller('api/v1/privacy')
export class HoldsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: PrivacyAccess,
  ) {}

  @Post('holds')
  @Requires('hold.place')
  @ApiOperation({
    summary: 'Place a legal hold',
    description: 'It keeps the data from now on; a second person approves it or ends it.',
  })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: HOLD_RECEIPT_EXAMPLE } })
  async place(
    @CurrentCaller() caller: Caller,
    @Body() { subject, requestedBy, ground }: PlaceHoldDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ForgettingReceipt & { hold: string }> {
    await this.access.require(caller, 'hold.place', subject)
    return this.commands.execute(new PlaceHold(context, { subject, requestedBy, ground }))
  }

  @Get('holds')
  @Requires('hold.read')
  @ApiOperation({ summary: 'List legal holds' })
  @ApiOkResponse({ schema: { example: HOLD_PAGE_EXAMPLE } })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor, ...filter }: ListHoldsDto,
  ): Promise<Page<LegalHoldRow>> {
    await this.access.scopeOf(caller, 'hold.read')
    return this.queries.execute(new ListHolds(filter, limit, cursor))
  }

  @Post('holds/:hold/judgement')
  @HttpCode(200)
  @Requires('hold.judge')
  @ApiOperation({ summary: 'Approve a legal hold, or end it, as the second person' })
  @ApiOkResponse({ schema: { example: FORGETTING_RECEIPT_EXAMPLE } })
  async judge(
    @CurrentCaller() caller: Caller,
    @Param('hold', ParseUUIDPipe) hold: string,
    @Body() { approved }: JudgeHoldDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ForgettingReceipt> {
    const subject = await this.access.requireHold(caller, 'hold.judge', hold)
    return this.commands.execute(new JudgeHold(context, { subject, hold, approved }))
  }

  @Post('holds/:hold/lifting')
  @HttpCode(200)
  @Requires('hold.place')
  @ApiOperation({
    summary: 'Lift a legal hold, or ask to lift one that was approved',
    description:
      'An approved one stays in force until quality assurance agrees. Requests that it stopped are then opened again.',
  })
  @ApiOkResponse({ schema: { example: FORGETTING_RECEIPT_EXAMPLE } })
  async lift(
    @CurrentCaller() caller: Caller,
    @Param('hold', ParseUUIDPipe) hold: string,
    @CurrentContext() context: CommandContext,
  ): Promise<ForgettingReceipt> {
    const subject = await this.access.requireHold(caller, 'hold.place', hold)
    return this.commands.execute(new LiftHold(context, { subject, hold }))
  }

  @Post('holds/:hold/lifting/judgement')
  @HttpCode(200)
  @Requires('hold.judge')
  @ApiOperation({ summary: 'Agree to lift an approved legal hold, or refuse it, as the second person' })
  @ApiOkResponse({ schema: { example: FORGETTING_RECEIPT_EXAMPLE } })
  async judgeLifting(
    @CurrentCaller() caller: Caller,
    @Param('hold', ParseUUIDPipe) hold: string,
    @Body() { approved }: JudgeHoldDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ForgettingReceipt> {
    const subject = await this.access.requireHold(caller, 'hold.judge', hold)
    return this.commands.execute(new JudgeLifting(context, { subject, hold, approved }))
  }

  @Post('restrictions/:restriction/lifting')
  @HttpCode(200)
  @Requires('privacy.decide')
  @ApiOperation({
    summary: 'Let processing go on that was restricted or objected to',
    description: 'The person is told before (Art 18(3)). What was erased stays erased.',
  })
  @ApiOkResponse({ schema: { example: FORGETTING_RECEIPT_EXAMPLE } })
  async liftRestriction(
    @CurrentCaller() caller: Caller,
    @Param('restriction', ParseUUIDPipe) restriction: string,
    @Body() { subject }: LiftRestrictionDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ForgettingReceipt> {
    await this.access.require(caller, 'privacy.decide', subject)
    const lifted = await this.commands.execute(new LiftRestriction(context, { subject, restriction }))
    return { revision: lifted.revision, position: lifted.position, replayed: lifted.replayed }
  }

  @Get('notices')
  @Requires('notice.read')
  @ApiOperation({
    summary: 'What recipients of data were told of erasures (Art 19)',
    description:
      'An organisation sees its own: which twins it was shown are forgotten, and which classes of their data. Sponsors and modellers are told trial by trial, by the names they know.',
  })
  @ApiOkResponse({ schema: { example: NOTICE_PAGE_EXAMPLE } })
  async notices(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor }: PageDto,
  ): Promise<Page<Notice | NoticeInTrial>> {
    const { org } = await this.access.scopeOf(caller, 'notice.read')
    if (org !== undefined && isVeiled(caller.role)) {
      const known = { trials: (caller.trials ?? []).filter(isUuid), research: readsByConsent(caller.role) }
      return this.queries.execute(new ListNoticesByTrial(org, known, limit, cursor))
    }
    return this.queries.execute(new ListNotices({ recipient: org }, limit, cursor))
  }
}
