import { Body, Controller, Headers, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put, Res } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { etagOf, revisionOfIfMatch } from '../journal/if-match.js'
import { LEDGER_POSITION } from '../journal/ledger-position.interceptor.js'
import { ChangeCustody } from './commands/change-custody.js'
import { CorrectDemographics } from './commands/correct-demographics.js'
import { CorrectFact } from './commands/correct-fact.js'
import { MergeTwins } from './commands/merge-twins.js'
import { RecordFacts } from './commands/record-facts.js'
import { RegisterTwin, type RegisteredTwin } from './commands/register-twin.js'
import { ReturnTwinToUse } from './commands/return-twin-to-use.js'
import { WithdrawTwinFromUse } from './commands/withdraw-twin-from-use.js'
import { WithFactSchemas } from './fact.dto.js'
import { plain } from './plain.js'
import { TwinAccess } from './twin-access.js'
import type { TwinReceipt } from './twin-writer.js'
import {
  CorrectDemographicsDto,
  CorrectFactDto,
  CustodyDto,
  MergeTwinDto,
  RecordFactsDto,
  RegisterTwinDto,
  UseDto,
} from './twins.dto.js'
import { RECEIPT_EXAMPLE } from './twins.examples.js'

const IF_MATCH = ApiHeader({ name: 'If-Match', required: false, description: 'ETag of the twin as it was read.' })
const RECEIPT = ApiOkResponse({ schema: { example: RECEIPT_EXAMPLE } })

/** Changing twins. Each change is one append; its answer carries the new revision as ETag. */
@ApiTags('twins')
@ApiBearerAuth()
@WithFactSchemas()
@Controller('api/v1/twins')
export class TwinChangesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(TwinAccess) private readonly access: TwinAccess,
  ) {}

  @Post()
  @Requires('twin.register')
  @ApiOperation({ summary: 'Register a twin' })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: RECEIPT_EXAMPLE } })
  async register(
    @CurrentCaller() caller: Caller,
    @Body() registration: RegisterTwinDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RegisteredTwin> {
    await this.access.requireCustody(caller, 'twin.register', registration.custody)
    const receipt = await this.commands.execute(new RegisterTwin(context, plain(registration), caller))
    response.setHeader('Location', `/api/v1/twins/${receipt.twin}`)
    return answered(response, receipt)
  }

  @Post(':id/facts')
  @HttpCode(200)
  @Requires('twin.record')
  @ApiOperation({ summary: 'Record facts', description: 'Each becomes one event; their quality is judged on arrival.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async recordFacts(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Body() { facts }: RecordFactsDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TwinReceipt> {
    await this.access.require(caller, 'twin.record', twin)
    const change = { twin, ifRevision: revisionOfIfMatch(match), facts: plain(facts) }
    return answered(response, await this.commands.execute(new RecordFacts(context, change)))
  }

  @Post(':id/facts/:eventId/corrections')
  @HttpCode(200)
  @Requires('twin.correct')
  @ApiOperation({ summary: 'Correct or withdraw a fact', description: 'The earlier version stays on record.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async correctFact(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Param('eventId', ParseUUIDPipe) target: string,
    @Body() correction: CorrectFactDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TwinReceipt> {
    await this.access.require(caller, 'twin.correct', twin)
    const change = { twin, ifRevision: revisionOfIfMatch(match), target, ...plain(correction) }
    return answered(response, await this.commands.execute(new CorrectFact(context, change)))
  }

  @Post(':id/demographics/corrections')
  @HttpCode(200)
  @Requires('twin.correct')
  @ApiOperation({ summary: 'Correct demographic details' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async correctDemographics(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Body() correction: CorrectDemographicsDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TwinReceipt> {
    await this.access.require(caller, 'twin.correct', twin)
    const change = { twin, ifRevision: revisionOfIfMatch(match), ...plain(correction) }
    const command = new CorrectDemographics(context, change)
    return answered(response, await this.commands.execute(command))
  }

  @Post(':id/merge')
  @HttpCode(200)
  @Requires('twin.merge')
  @ApiOperation({ summary: 'Merge another twin of the same person into this one' })
  @IF_MATCH
  @RECEIPT
  async merge(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) survivor: string,
    @Body() body: MergeTwinDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TwinReceipt & { merged: string }> {
    await this.access.require(caller, 'twin.merge', survivor)
    const merged = await this.access.requireMerged(caller, body)
    const merge = { survivor, ifRevision: revisionOfIfMatch(match), merged }
    return answered(response, await this.commands.execute(new MergeTwins(context, merge)))
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Requires('twin.withdraw')
  @ApiOperation({ summary: 'Withdraw a twin from use', description: 'No new facts and no runs until it is returned.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async withdraw(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Body() { reason }: UseDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TwinReceipt> {
    await this.access.require(caller, 'twin.withdraw', twin)
    const change = { twin, ifRevision: revisionOfIfMatch(match), reason }
    const command = new WithdrawTwinFromUse(context, change)
    return answered(response, await this.commands.execute(command))
  }

  @Post(':id/return-to-use')
  @HttpCode(200)
  @Requires('twin.withdraw')
  @ApiOperation({ summary: 'Return a withdrawn twin to use' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async returnToUse(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Body() { reason }: UseDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TwinReceipt> {
    await this.access.require(caller, 'twin.withdraw', twin)
    const change = { twin, ifRevision: revisionOfIfMatch(match), reason }
    return answered(response, await this.commands.execute(new ReturnTwinToUse(context, change)))
  }

  @Put(':id/custody')
  @Requires('twin.register')
  @ApiOperation({ summary: 'Pass a twin to another controller or owner' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async changeCustody(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Body() { controller, owner }: CustodyDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TwinReceipt> {
    await this.access.require(caller, 'twin.register', twin)
    const change = { twin, ifRevision: revisionOfIfMatch(match), custody: { controller, owner } }
    return answered(response, await this.commands.execute(new ChangeCustody(context, change)))
  }
}

/** A read that waits for the position named here sees the change. */
function answered<Receipt extends TwinReceipt>(response: Response, receipt: Receipt): Receipt {
  response.setHeader('ETag', etagOf(receipt.revision))
  if (receipt.position !== null) response.setHeader(LEDGER_POSITION, String(receipt.position + 1))
  return receipt
}
