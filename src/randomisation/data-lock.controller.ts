import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { positioned } from '../journal/ledger-position.interceptor.js'
import { DecideUnlocking } from './commands/decide-unlocking.js'
import { LockData } from './commands/lock-data.js'
import { RequestUnlocking } from './commands/request-unlocking.js'
import { DecideUnlockingDto, ListChangesDto, LockDataDto, RequestUnlockingDto } from './data-lock.dto.js'
import { CHANGES_EXAMPLE, DATA_LOCK_EXAMPLE } from './data-lock.examples.js'
import { GetDataLock, type DataLockView } from './queries/get-data-lock.js'
import { ListChangesAfterLock, type ChangesPage } from './queries/list-changes-after-lock.js'
import { RandomisationAccess } from './randomisation-access.js'
import { RANDOMISATION_RECEIPT_EXAMPLE } from './randomisation.examples.js'
import type { RandomisationReceipt } from './randomisation-writer.js'

/** Which entries of the log are the data of a trial, and what was recorded after them. */
@ApiTags('randomisation')
@ApiBearerAuth()
@Controller('api/v1/trials/:trial/data-lock')
export class DataLockController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(RandomisationAccess) private readonly access: RandomisationAccess,
  ) {}

  @Post()
  @HttpCode(200)
  @Requires('trial.manage')
  @ApiOperation({
    summary: 'Lock the data of a closed trial',
    description:
      'They are the entries recorded so far. Care goes on recording; runs in the trial take the record as it stood. Data queries of the trial have ended by then, or `leavingOpen` says why not; the lock names them.',
  })
  @ApiOkResponse({ schema: { example: RANDOMISATION_RECEIPT_EXAMPLE } })
  async lock(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Body() { leavingOpen }: LockDataDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RandomisationReceipt & { below: number }> {
    await this.access.require(caller, 'trial.manage', trial)
    return positioned(response, await this.commands.execute(new LockData(context, { trial, leavingOpen })))
  }

  @Get()
  @Requires('trial.read')
  @ApiOperation({ summary: 'Read the locks of a trial’s data, and who unlocked them and why' })
  @ApiOkResponse({ schema: { example: DATA_LOCK_EXAMPLE } })
  async read(@CurrentCaller() caller: Caller, @Param('trial', ParseUUIDPipe) trial: string): Promise<DataLockView> {
    await this.access.require(caller, 'trial.read', trial)
    return this.queries.execute(new GetDataLock(trial))
  }

  @Get('changes')
  @Requires('trial.read')
  @ApiOperation({
    summary: 'List what was recorded about participants after the first lock',
    description:
      'By code, without values: what corrects the locked data, what is new, and what the last lock holds. A site sees its own participants.',
  })
  @ApiOkResponse({ schema: { example: CHANGES_EXAMPLE } })
  async changes(
    @CurrentCaller() caller: Caller,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Query() { limit, cursor }: ListChangesDto,
  ): Promise<ChangesPage> {
    const scope = await this.access.allocationScope(caller, trial)
    return this.queries.execute(new ListChangesAfterLock(trial, scope, limit, cursor))
  }

  @Post('unlockings')
  @HttpCode(201)
  @Requires('trial.manage')
  @ApiOperation({
    summary: 'Ask to unlock the data of a trial',
    description: 'They stay locked until quality assurance agrees; afterwards they can be locked again.',
  })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: { ...RANDOMISATION_RECEIPT_EXAMPLE, unlocking: '…' } } })
  async requestUnlocking(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Body() { reason, digest }: RequestUnlockingDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RandomisationReceipt & { unlocking: string }> {
    await this.access.require(caller, 'trial.manage', trial)
    return positioned(response, await this.commands.execute(new RequestUnlocking(context, { trial, reason, digest })))
  }

  @Post('unlockings/:unlocking/decision')
  @HttpCode(200)
  @Requires('trial.unlock')
  @ApiOperation({ summary: 'Agree to unlock the data of a trial, or refuse it', description: 'Not whoever asked.' })
  @TakesIdempotencyKey()
  @ApiOkResponse({ schema: { example: RANDOMISATION_RECEIPT_EXAMPLE } })
  async decideUnlocking(
    @CurrentCaller() caller: Caller,
    @CurrentContext() context: CommandContext,
    @Param('trial', ParseUUIDPipe) trial: string,
    @Param('unlocking', ParseUUIDPipe) unlocking: string,
    @Body() { outcome }: DecideUnlockingDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RandomisationReceipt> {
    await this.access.require(caller, 'trial.unlock', trial)
    return positioned(
      response,
      await this.commands.execute(new DecideUnlocking(context, { trial, unlocking, outcome })),
    )
  }
}
