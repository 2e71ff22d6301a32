import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { ChangeRoster } from './commands/change-roster.js'
import type { GrantTerms } from './events.js'
import { GrantAccess } from './grant-access.js'
import { GrantIds } from './grant-ids.js'
import type { RosterCommand } from './roster.js'
import { DeclineGrantDto, RequestGrantDto, ReviewGrantDto, RevokeGrantDto } from './roster.dto.js'

interface GrantReceipt {
  grant: string
  position: number | null
}

/** A role is asked for, approved, put into force and reviewed by four different people, none of them the one it is for. */
@ApiTags('roster')
@ApiBearerAuth()
@Controller('api/v1/roster/grants')
export class GrantsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PolicyService) private readonly policies: PolicyService,
    @Inject(GrantAccess) private readonly access: GrantAccess,
    @Inject(GrantIds) private readonly ids: GrantIds,
  ) {}

  @Post()
  @Requires('roster.request')
  @ApiOperation({ summary: 'Ask for a role for somebody else' })
  @TakesIdempotencyKey()
  async request(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Body() { actor, role, scope, from, until }: RequestGrantDto,
  ): Promise<GrantReceipt> {
    const utc = (time: string) => new Date(time).toISOString()
    const begin = from === undefined ? START_OF_TIME : utc(from)
    const end = until === undefined ? {} : { until: utc(until) }
    const terms: GrantTerms = { role, scope: { ...scope }, from: begin, ...end }
    await this.access.requireRequest(caller, terms)
    const grant = this.ids.next(context)
    return this.change(context, { do: 'request-grant', grant, actor, by: caller.id, terms })
  }

  @Post(':grant/approval')
  @HttpCode(200)
  @Requires('roster.approve')
  @ApiOperation({ summary: 'Approve a grant: at a site its investigator, in a trial its sponsor, else compliance' })
  async approve(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('grant', ParseUUIDPipe) grant: string,
  ): Promise<GrantReceipt> {
    await this.access.require(caller, 'roster.approve', grant)
    return this.change(context, { do: 'approve-grant', grant, by: caller.id, role: caller.role })
  }

  @Post(':grant/refusal')
  @HttpCode(200)
  @Requires('roster.approve')
  @ApiOperation({ summary: 'Decline a grant' })
  async decline(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('grant', ParseUUIDPipe) grant: string,
    @Body() { reason }: DeclineGrantDto,
  ): Promise<GrantReceipt> {
    await this.access.require(caller, 'roster.approve', grant)
    return this.change({ ...context, reason }, { do: 'decline-grant', grant, by: caller.id, role: caller.role })
  }

  @Post(':grant/execution')
  @HttpCode(200)
  @Requires('roster.execute')
  @ApiOperation({ summary: 'Put an approved grant into force', description: 'Needs a current training for the role.' })
  async execute(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('grant', ParseUUIDPipe) grant: string,
  ): Promise<GrantReceipt> {
    await this.policies.require(caller, 'roster.execute', {})
    return this.change(context, { do: 'execute-grant', grant, by: caller.id })
  }

  @Post(':grant/review')
  @HttpCode(200)
  @Requires('roster.review')
  @ApiOperation({ summary: 'Review a grant that was put into force' })
  async review(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('grant', ParseUUIDPipe) grant: string,
    @Body() { finding }: ReviewGrantDto,
  ): Promise<GrantReceipt> {
    await this.policies.require(caller, 'roster.review', {})
    return this.change(context, { do: 'review-grant', grant, by: caller.id, finding })
  }

  @Post(':grant/revocation')
  @HttpCode(200)
  @Requires('identity.revoke')
  @ApiOperation({ summary: 'Revoke a grant; takes effect at once' })
  async revoke(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('grant', ParseUUIDPipe) grant: string,
    @Body() { reason }: RevokeGrantDto,
  ): Promise<GrantReceipt> {
    await this.policies.require(caller, 'identity.revoke', {})
    return this.change({ ...context, reason }, { do: 'revoke-grant', grant, by: caller.id })
  }

  private async change(
    context: CommandContext,
    change: Extract<RosterCommand, { grant: string }>,
  ): Promise<GrantReceipt> {
    const { events } = await this.commands.execute(new ChangeRoster(context, change))
    return { grant: change.grant, position: events.at(-1)?.position ?? null }
  }
}

/** A grant without a beginning begins when it is put into force. */
const START_OF_TIME = '1970-01-01T00:00:00.000Z'
