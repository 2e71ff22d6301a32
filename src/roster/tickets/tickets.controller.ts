import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../../identity/caller.js'
import { CurrentCaller } from '../../identity/current-caller.js'
import { PolicyService } from '../../identity/policy.service.js'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { TakesIdempotencyKey } from '../../journal/idempotency-key.js'
import { ChangeRoster } from '../commands/change-roster.js'
import { RequestTicket, type RequestedTicket } from '../commands/request-ticket.js'
import { ListTickets, type TicketPage } from '../queries/list-tickets.js'
import type { TicketCommand } from './decide-ticket.js'
import { DeclineTicketDto, ListTicketsDto, RequestTicketDto, RevokeTicketDto } from './tickets.dto.js'
import { TICKET_EXAMPLE, TICKET_RECEIPT_EXAMPLE } from './tickets.examples.js'

const RECEIPT = ApiOkResponse({ schema: { example: { ticket: TICKET_RECEIPT_EXAMPLE.ticket } } })

/** Seeing who a twin stands for, by ticket: asked for by a steward, approved by compliance, for some hours. */
@ApiTags('identity tickets')
@ApiBearerAuth()
@Controller('api/v1/identity-tickets')
export class TicketsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  @Post()
  @Requires('identity-ticket.request')
  @ApiOperation({
    summary: 'Ask to see who a twin stands for',
    description:
      'Nothing is open before somebody of compliance approves it. Then `detail=full` reads this twin, on record.',
  })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: TICKET_RECEIPT_EXAMPLE } })
  async request(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Body() { twin, hours, reason, explanation }: RequestTicketDto,
  ): Promise<RequestedTicket> {
    await this.policies.require(caller, 'identity-ticket.request', { actor: caller.id })
    return this.commands.execute(new RequestTicket(context, { twin, hours, reason, explanation }))
  }

  @Get()
  @Requires('identity-ticket.read')
  @ApiOperation({
    summary: 'List tickets, newest first',
    description:
      'What was read under a ticket is in the audit trail under `causation`, with the `approval` of the ticket.',
  })
  @ApiOkResponse({ schema: { example: { tickets: [TICKET_EXAMPLE] } } })
  async list(@CurrentCaller() caller: Caller, @Query() { limit, cursor, status }: ListTicketsDto): Promise<TicketPage> {
    const { actor } = await this.policies.scopeOf(caller, 'identity-ticket.read')
    return this.queries.execute(new ListTickets({ actor, status }, limit, cursor))
  }

  @Post(':ticket/approval')
  @HttpCode(200)
  @Requires('identity-ticket.decide')
  @ApiOperation({ summary: 'Approve a ticket: it opens now, for the hours asked for' })
  @RECEIPT
  async approve(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('ticket', ParseUUIDPipe) ticket: string,
  ): Promise<{ ticket: string }> {
    return this.decide(caller, context, { do: 'approve-ticket', ticket, by: caller.id })
  }

  @Post(':ticket/refusal')
  @HttpCode(200)
  @Requires('identity-ticket.decide')
  @ApiOperation({ summary: 'Refuse a ticket' })
  @RECEIPT
  async decline(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('ticket', ParseUUIDPipe) ticket: string,
    @Body() { reason }: DeclineTicketDto,
  ): Promise<{ ticket: string }> {
    return this.decide(caller, { ...context, reason }, { do: 'decline-ticket', ticket, by: caller.id })
  }

  @Post(':ticket/revocation')
  @HttpCode(200)
  @Requires('identity-ticket.decide')
  @ApiOperation({ summary: 'Revoke an open ticket' })
  @RECEIPT
  async revoke(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('ticket', ParseUUIDPipe) ticket: string,
    @Body() { reason }: RevokeTicketDto,
  ): Promise<{ ticket: string }> {
    return this.decide(caller, { ...context, reason }, { do: 'revoke-ticket', ticket, by: caller.id })
  }

  @Post(':ticket/return')
  @HttpCode(200)
  @Requires('identity-ticket.request')
  @ApiOperation({ summary: 'Give a ticket back before its time' })
  @RECEIPT
  async giveBack(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('ticket', ParseUUIDPipe) ticket: string,
  ): Promise<{ ticket: string }> {
    await this.policies.require(caller, 'identity-ticket.request', { actor: caller.id })
    await this.commands.execute(new ChangeRoster(context, { do: 'return-ticket', ticket, by: caller.id }))
    return { ticket }
  }

  private async decide(
    caller: Caller,
    context: CommandContext,
    command: Exclude<TicketCommand, { do: 'request-ticket' }>,
  ): Promise<{ ticket: string }> {
    await this.policies.require(caller, 'identity-ticket.decide', {})
    await this.commands.execute(new ChangeRoster(context, command))
    return { ticket: command.ticket }
  }
}
