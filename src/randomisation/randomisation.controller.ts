import { Controller, Get, Inject, Param, ParseUUIDPipe, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import type { ArmList } from './arms-vault.js'
import { GetRandomisation, type RandomisationView } from './queries/get-randomisation.js'
import { ListAllocations, type AllocationPage, type ShownAllocation } from './queries/list-allocations.js'
import { ListUnblindings, type UnblindingView } from './queries/list-unblindings.js'
import { ReadArms, type OpenedArm } from './queries/read-arms.js'
import { ReadLists } from './queries/read-lists.js'
import { RandomisationAccess } from './randomisation-access.js'
import { ListAllocationsDto, ParticipantPathDto } from './randomisation.dto.js'
import {
  ALLOCATION_PAGE_EXAMPLE,
  ARM_EXAMPLE,
  LISTS_EXAMPLE,
  RANDOMISATION_EXAMPLE,
  UNBLINDINGS_EXAMPLE,
} from './randomisation.examples.js'

/** Reading arms, and reading about them without learning who is in which. */
@ApiTags('randomisation')
@ApiBearerAuth()
@Controller('api/v1/trials/:trial')
export class RandomisationController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(RandomisationAccess) private readonly access: RandomisationAccess,
  ) {}

  @Get('randomisation')
  @Requires('trial.read')
  @ApiOperation({ summary: 'Read the design of the arms and how many are randomised', description: 'Nothing by arm.' })
  @ApiOkResponse({ schema: { example: RANDOMISATION_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('trial', ParseUUIDPipe) trial: string,
  ): Promise<RandomisationView> {
    await this.access.require(caller, 'trial.read', trial)
    return this.queries.execute(new GetRandomisation(trial))
  }

  @Get('allocations')
  @Requires('trial.read')
  @ApiOperation({
    summary: 'List who was randomised, under codes and numbers',
    description:
      'A number is random and stands for no arm. `show=arm` and `arm=` are refused to the blinded, whether or not there are arms.',
  })
  @ApiOkResponse({ schema: { example: ALLOCATION_PAGE_EXAMPLE } })
  async list(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Query() { limit, cursor, show, arm }: ListAllocationsDto,
  ): Promise<AllocationPage<ShownAllocation & { arm?: string | null }>> {
    if (show === undefined && arm === undefined) {
      const scope = await this.access.allocationScope(caller, trial)
      return this.queries.execute(new ListAllocations(trial, scope, limit, cursor))
    }
    const scope = await this.access.armScope(caller, trial)
    const page = await this.queries.execute(new ListAllocations(trial, scope, limit, cursor))
    const codes = page.allocations.map(({ code }) => code)
    const opened = await this.queries.execute(new ReadArms(context, trial, codes))
    const allocations = page.allocations.map((shown, index) => ({ ...shown, arm: opened[index]!.arm }))
    return { ...page, allocations: allocations.filter((shown) => arm === undefined || shown.arm === arm) }
  }

  @Get('enrolments/:code/allocation')
  @Requires('allocation.read')
  @ApiOperation({
    summary: 'Read which arm a participant is in',
    description: 'Refused to the blinded. The reading is recorded.',
  })
  @ApiOkResponse({ schema: { example: ARM_EXAMPLE } })
  async arm(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param() { trial, code }: ParticipantPathDto,
  ): Promise<OpenedArm> {
    await this.access.requireEnrolment(caller, 'allocation.read', trial, code)
    return (await this.queries.execute(new ReadArms(context, trial, [code])))[0]!
  }

  @Get('randomisation/lists')
  @Requires('randomisation.read-list')
  @ApiOperation({ summary: 'Read the sealed lists of arms', description: 'The reading is recorded.' })
  @ApiOkResponse({ schema: { example: LISTS_EXAMPLE } })
  async lists(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('trial', ParseUUIDPipe) trial: string,
  ): Promise<{ lists: ArmList[] }> {
    await this.access.require(caller, 'randomisation.read-list', trial)
    return { lists: await this.queries.execute(new ReadLists(context, trial)) }
  }

  @Get('unblindings')
  @Requires('emergency.read')
  @ApiOperation({ summary: 'Emergency unblindings, newest first, and which of them wait for a review' })
  @ApiOkResponse({ schema: { example: UNBLINDINGS_EXAMPLE } })
  async unblindings(
    @CurrentCaller() caller: Caller,
    @Param('trial', ParseUUIDPipe) trial: string,
  ): Promise<{ unblindings: UnblindingView[] }> {
    const scope = await this.access.unblindingScope(caller, trial)
    return { unblindings: await this.queries.execute(new ListUnblindings(trial, scope)) }
  }
}
