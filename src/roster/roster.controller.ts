import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { ACTOR_ID_OF, type ActorIdOf } from '../identity/identity.tokens.js'
import { PolicyService } from '../identity/policy.service.js'
import { purposesOf } from '../identity/purpose-of-use.js'
import { Requires } from '../identity/route-policy.js'
import { AccessRecorder } from '../journal/access-recorder.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { ChangeRoster } from './commands/change-roster.js'
import { NamePerson } from './commands/name-person.js'
import { GrantAccess } from './grant-access.js'
import { LiveRoster } from './live-roster.js'
import { GetRoster, type RosterView } from './queries/get-roster.js'
import { NameOfPerson } from './queries/name-of-person.js'
import type { RosterCommand } from './roster.js'
import { AccessDecisionDto, AttestationDto, RecordTrainingDto, RegisterPersonDto, RosterAsOfDto } from './roster.dto.js'
import { ROSTER_EXAMPLE } from './roster.examples.js'

/** Who may come in, and what is known of them. */
@ApiTags('roster')
@ApiBearerAuth()
@Controller('api/v1/roster')
export class RosterController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(PolicyService) private readonly policies: PolicyService,
    @Inject(GrantAccess) private readonly access: GrantAccess,
    @Inject(AccessRecorder) private readonly reads: AccessRecorder,
    @Inject(LiveRoster) private readonly live: LiveRoster,
    @Inject(ACTOR_ID_OF) private readonly actorIdOf: ActorIdOf,
  ) {}

  @Get('me')
  @Requires('identity.read')
  @ApiOperation({ summary: 'Who the service takes the caller for' })
  async me(@CurrentCaller() caller: Caller) {
    await this.policies.require(caller, 'identity.read', { actor: caller.id })
    const { id, role, roles, org, site, trials, subject } = caller
    return { id, role, roles, org, site, trials, purposes: purposesOf(caller), subject }
  }

  @Get()
  @Requires('roster.read')
  @ApiOperation({
    summary: 'Users and privileges, now or as of a time',
    description: 'Folded from the events recorded until then. Investigators and sponsors see the grants of their own.',
  })
  @ApiOkResponse({ schema: { example: ROSTER_EXAMPLE } })
  async list(@CurrentCaller() caller: Caller, @Query() { asOf }: RosterAsOfDto): Promise<RosterView> {
    return this.queries.execute(new GetRoster(asOf, await this.access.listScope(caller)))
  }

  @Get('people/:actor/name')
  @Requires('roster.read')
  @ApiOperation({ summary: 'The printed name of a person of the roster', description: 'The reading is recorded.' })
  async name(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('actor', ParseUUIDPipe) actor: string,
  ): Promise<{ actor: string; name: string | null }> {
    const scope = await this.access.listScope(caller)
    await this.policies.require(caller, 'roster.read', scope)
    await this.reads.opened(context, { subject: actor, what: ['staff-name'], count: 1 })
    return { actor, name: await this.queries.execute(new NameOfPerson(actor)) }
  }

  @Post('people')
  @Requires('roster.register')
  @ApiOperation({ summary: 'Register a person or a service account', description: 'Gives no right; grants do.' })
  async register(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Body() { sub, kind, name, owner }: RegisterPersonDto,
  ): Promise<{ actor: string; position: number | null }> {
    await this.policies.require(caller, 'roster.register', {})
    const actor = this.actorIdOf(sub)
    const receipt = await this.change(context, { do: 'register', actor, kind, ...(owner !== undefined && { owner }) })
    const { idempotencyKey: _key, ...unkeyed } = context
    await this.commands.execute(new NamePerson(unkeyed, { actor, name }))
    return { actor, ...receipt }
  }

  @Post('people/:actor/retirement')
  @HttpCode(200)
  @Requires('roster.register')
  @ApiOperation({
    summary: 'Retire an id for ever',
    description: 'All its rights end; nobody is ever registered under it again.',
  })
  async retire(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('actor', ParseUUIDPipe) actor: string,
  ) {
    await this.policies.require(caller, 'roster.register', {})
    return this.change(context, { do: 'retire', actor, by: caller.id })
  }

  @Post('people/:actor/trainings')
  @Requires('roster.train')
  @ApiOperation({ summary: 'Record that a person was trained for a role' })
  async train(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('actor', ParseUUIDPipe) actor: string,
    @Body() training: RecordTrainingDto,
  ) {
    await this.policies.require(caller, 'roster.train', {})
    return this.change(context, { do: 'train', actor, by: caller.id, ...training })
  }

  @Post('attestations')
  @HttpCode(200)
  @Requires('roster.attest')
  @ApiOperation({ summary: 'Attest to a statement, such as that electronic signatures bind like written ones' })
  async attest(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Body() { statement }: AttestationDto,
  ) {
    await this.policies.require(caller, 'roster.attest', { actor: caller.id })
    return this.change(context, { do: 'attest', actor: caller.id, statement })
  }

  @Post('access-decisions')
  @HttpCode(200)
  @Requires('identity.revoke')
  @ApiOperation({ summary: "Revoke, reinstate or unlock a person's access; takes effect at once" })
  async decide(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Body() { actor, decision, reason }: AccessDecisionDto,
  ) {
    await this.policies.require(caller, 'identity.revoke', {})
    const receipt = await this.change({ ...context, reason }, { do: decision, actor, by: caller.id })
    return { actor, decision, ...receipt }
  }

  private async change(context: CommandContext, change: RosterCommand): Promise<{ position: number | null }> {
    const { events } = await this.commands.execute(new ChangeRoster(context, change))
    return { position: events.at(-1)?.position ?? null }
  }
}
