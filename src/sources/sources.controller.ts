import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { ChangeSources } from './commands/change-sources.js'
import { LiveSources } from './live-sources.js'
import { RegisterSourceDto, RevokeSourceDto } from './sources.dto.js'
import type { Source } from './sources.js'

/** The systems and devices whose data is taken. */
@ApiTags('sources')
@ApiBearerAuth()
@Controller('api/v1/sources')
export class SourcesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PolicyService) private readonly policies: PolicyService,
    @Inject(LiveSources) private readonly live: LiveSources,
  ) {}

  @Get()
  @Requires('source.read')
  @ApiOperation({ summary: 'List the registered sources, revoked ones too' })
  async list(@CurrentCaller() caller: Caller): Promise<{ sources: Source[] }> {
    await this.policies.scopeOf(caller, 'source.read')
    return { sources: this.live.list() }
  }

  @Post()
  @Requires('source.register')
  @ApiOperation({ summary: 'Register a source', description: 'From now on its data is taken.' })
  async register(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Body() { source, kind }: RegisterSourceDto,
  ): Promise<{ source: string }> {
    await this.policies.require(caller, 'source.register', {})
    await this.commands.execute(new ChangeSources(context, { do: 'register', sources: [{ source, kind }] }))
    return { source }
  }

  @Post('revocation')
  @HttpCode(200)
  @Requires('source.register')
  @ApiOperation({ summary: 'Revoke a source', description: 'Its data is refused at once; what was taken stays.' })
  async revoke(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Body() { source, reason }: RevokeSourceDto,
  ): Promise<{ source: string }> {
    await this.policies.require(caller, 'source.register', {})
    await this.commands.execute(new ChangeSources({ ...context, reason }, { do: 'revoke', source }))
    return { source }
  }
}
