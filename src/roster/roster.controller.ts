import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger'
import { IsIn, IsUUID } from 'class-validator'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { ACCESS_REASONS, DecideAccess, type AccessReason } from './commands/decide-access.js'

class AccessDecisionDto {
  @ApiProperty({
    example: '0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11',
    description: 'Pseudonymous id of the person, as in the audit trail.',
  })
  @IsUUID()
  actor!: string

  @ApiProperty({ enum: ['revoke', 'reinstate'] })
  @IsIn(['revoke', 'reinstate'])
  decision!: 'revoke' | 'reinstate'

  @ApiProperty({ enum: ACCESS_REASONS })
  @IsIn(ACCESS_REASONS)
  reason!: AccessReason
}

@ApiTags('roster')
@Controller('api/v1/roster')
export class RosterController {
  constructor(
    private readonly commands: CommandBus,
    private readonly policies: PolicyService,
  ) {}

  @Get('me')
  @Requires('identity.read')
  @ApiOperation({ summary: 'Who the service takes the caller for' })
  async me(@CurrentCaller() caller: Caller) {
    await this.policies.require(caller, 'identity.read', { actor: caller.id })
    const { id, role, org, site, trials, subject } = caller
    return { id, role, org, site, trials, subject }
  }

  @Post('access-decisions')
  @HttpCode(200)
  @Requires('identity.revoke')
  @ApiOperation({ summary: "Revoke or reinstate a person's access; takes effect at once" })
  async decide(@CurrentContext() context: CommandContext, @Body() { actor, decision, reason }: AccessDecisionDto) {
    const { events } = await this.commands.execute(new DecideAccess(context, { do: decision, actor, reason }))
    return { actor, decision, position: events[0]!.position }
  }
}
