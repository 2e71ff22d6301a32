import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../../identity/caller.js'
import { CurrentCaller } from '../../identity/current-caller.js'
import { PolicyService } from '../../identity/policy.service.js'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { TakesIdempotencyKey } from '../../journal/idempotency-key.js'
import { ChangeRoster } from '../commands/change-roster.js'
import { OpenEmergency, type OpenedEmergency } from '../commands/open-emergency.js'
import { ListEmergencies, type EmergencyPage } from '../queries/list-emergencies.js'
import { ListEmergenciesDto, OpenEmergencyDto, ReviewEmergencyDto } from './emergencies.dto.js'

/** Breaking the glass: with a reason, an alarm, an end, and somebody who looks at it afterwards. */
@ApiTags('emergency access')
@ApiBearerAuth()
@Controller('api/v1/emergency-accesses')
export class EmergenciesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  @Post()
  @Requires('emergency.open')
  @ApiOperation({
    summary: 'Open the record of a person of another site, in an emergency',
    description: 'For reading, for four hours. Raises an alert; somebody else reviews it within three days.',
  })
  @TakesIdempotencyKey()
  async open(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Body() { twin, reason, explanation }: OpenEmergencyDto,
  ): Promise<OpenedEmergency> {
    await this.policies.require(caller, 'emergency.open', { actor: caller.id })
    return this.commands.execute(new OpenEmergency(context, { twin, reason, explanation }))
  }

  @Get()
  @Requires('emergency.read')
  @ApiOperation({ summary: 'Emergency accesses, newest first, and which of them wait for a review' })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor, review }: ListEmergenciesDto,
  ): Promise<EmergencyPage> {
    const { actor } = await this.policies.scopeOf(caller, 'emergency.read')
    const unreviewed = review === 'missing' || undefined
    return this.queries.execute(new ListEmergencies({ actor, unreviewed }, limit, cursor))
  }

  @Post(':emergency/closure')
  @HttpCode(200)
  @Requires('emergency.open')
  @ApiOperation({ summary: 'End an emergency access before its time' })
  async close(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('emergency', ParseUUIDPipe) emergency: string,
  ) {
    await this.policies.require(caller, 'emergency.open', { actor: caller.id })
    await this.commands.execute(new ChangeRoster(context, { do: 'close-emergency', emergency, by: caller.id }))
    return { emergency }
  }

  @Post(':emergency/end')
  @HttpCode(200)
  @Requires('emergency.review')
  @ApiOperation({ summary: 'End an emergency access of somebody else', description: 'At once; the review can follow.' })
  async end(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('emergency', ParseUUIDPipe) emergency: string,
  ) {
    await this.policies.require(caller, 'emergency.review', {})
    await this.commands.execute(new ChangeRoster(context, { do: 'end-emergency', emergency }))
    return { emergency }
  }

  @Post(':emergency/review')
  @HttpCode(200)
  @Requires('emergency.review')
  @ApiOperation({
    summary: 'Review an emergency access',
    description: 'One that was not justified ends at once, where it is still open.',
  })
  async review(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('emergency', ParseUUIDPipe) emergency: string,
    @Body() { finding }: ReviewEmergencyDto,
  ) {
    await this.policies.require(caller, 'emergency.review', {})
    await this.commands.execute(
      new ChangeRoster(context, { do: 'review-emergency', emergency, by: caller.id, finding }),
    )
    return { emergency, finding }
  }
}
