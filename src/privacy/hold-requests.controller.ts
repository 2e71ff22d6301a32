import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { PageDto } from '../platform/http/page.dto.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import type { AskingRole } from './codes.js'
import { DecideHoldRequest } from './commands/decide-hold-request.js'
import { RequestHold, type HoldRequestReceipt } from './commands/request-hold.js'
import type { ForgettingReceipt } from './forgetting/forgetting-journal.js'
import { HoldRequestAccess } from './hold-request-access.js'
import { DecideHoldRequestDto, RequestHoldDto } from './hold-requests.dto.js'
import { PrivacyAccess } from './privacy-access.js'
import {
  FORGETTING_RECEIPT_EXAMPLE,
  HOLD_REQUEST_PAGE_EXAMPLE,
  HOLD_REQUEST_RECEIPT_EXAMPLE,
} from './privacy.examples.js'
import { ListHoldRequests, type HoldRequest } from './queries/list-hold-requests.js'
import type { Page } from './queries/page.js'

/** Legal holds that somebody outside the controller asks for. */
@ApiTags('privacy')
@ApiBearerAuth()
@Controller('api/v1/privacy')
export class HoldRequestsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: PrivacyAccess,
    private readonly asking: HoldRequestAccess,
  ) {}

  @Post('hold-requests')
  @Requires('hold.request')
  @ApiOperation({
    summary: 'Ask for a legal hold',
    description:
      'A sponsor names somebody by the code of their own trial. Until compliance decides, no erasure of the person is carried out.',
  })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: HOLD_REQUEST_RECEIPT_EXAMPLE } })
  async ask(
    @CurrentCaller() caller: Caller,
    @Body() { ground, ...person }: RequestHoldDto,
    @CurrentContext() context: CommandContext,
  ): Promise<HoldRequestReceipt> {
    const subject = await this.asking.require(caller, person)
    // The policy lets no other role ask.
    const requestedBy = caller.role as AskingRole
    return this.commands.execute(new RequestHold(context, { subject, requestedBy, ground }))
  }

  @Get('hold-requests')
  @Requires('hold.request')
  @ApiOperation({ summary: 'What became of the legal holds that the caller asked for' })
  @ApiOkResponse({ schema: { example: HOLD_REQUEST_PAGE_EXAMPLE } })
  async asked(@CurrentCaller() caller: Caller, @Query() { limit, cursor }: PageDto): Promise<Page<HoldRequest>> {
    await this.access.scopeOf(caller, 'hold.request')
    return this.queries.execute(new ListHoldRequests(caller.id, limit, cursor))
  }

  @Post('holds/:hold/decision')
  @HttpCode(200)
  @Requires('hold.place')
  @ApiOperation({
    summary: 'Place a legal hold that was asked for, or refuse it with a reason',
    description: 'Placed, it keeps the data like any other; a second person approves it or ends it.',
  })
  @ApiOkResponse({ schema: { example: FORGETTING_RECEIPT_EXAMPLE } })
  async decide(
    @CurrentCaller() caller: Caller,
    @Param('hold', ParseUUIDPipe) hold: string,
    @Body() { refusal }: DecideHoldRequestDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ForgettingReceipt> {
    const subject = await this.access.requireHold(caller, 'hold.place', hold)
    return this.commands.execute(new DecideHoldRequest(context, { subject, hold, refusal }))
  }
}
