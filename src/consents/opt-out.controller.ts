import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import { AccessRecorder } from '../journal/access-recorder.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { positioned } from '../journal/ledger-position.interceptor.js'
import { OptOut } from './commands/opt-out.js'
import { ReverseOptOut } from './commands/reverse-opt-out.js'
import { ConsentAccess } from './consent-access.js'
import type { OptOut as OptOutInForce } from './consent-state.js'
import type { ConsentReceipt } from './consent-writer.js'
import { ExpressionDto } from './consents.dto.js'
import { OPT_OUT_EXAMPLE, OPT_OUT_RECEIPT_EXAMPLE } from './consents.examples.js'
import { FindOptOut } from './queries/find-opt-out.js'

export interface OptOutView extends Partial<OptOutInForce> {
  subject: string
  optedOut: boolean
}

/** `position`: of the last event; null when it was in force already and nothing was said beside it. */
export type OptOutAnswer = Pick<ConsentReceipt, 'subject' | 'revision' | 'position' | 'replayed'>

/** The right to opt out from secondary use (EHDS Art 71): at any time, without a reason, and back again. */
@ApiTags('consents')
@ApiBearerAuth()
@Controller('api/v1/subjects/:subject/opt-out')
export class OptOutController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: ConsentAccess,
    private readonly readings: AccessRecorder,
  ) {}

  @Get()
  @Requires('opt-out.read')
  @ApiOperation({
    summary: 'Read whether a person opted out from secondary use',
    description: 'The reading is recorded.',
  })
  @ApiOkResponse({ schema: { example: OPT_OUT_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @CurrentContext() context: CommandContext,
  ): Promise<OptOutView> {
    await this.access.require(caller, 'opt-out.read', subject)
    const inForce = await this.queries.execute(new FindOptOut(subject))
    await this.readings.opened(context, { subject, what: ['opt-out'], count: 1 })
    return { subject, optedOut: inForce !== null, ...inForce }
  }

  @Post()
  @HttpCode(200)
  @Requires('opt-out.record')
  @ApiOperation({
    summary: 'Opt out from secondary use',
    description:
      'From its position on the person is in no cohort, and no use for research, quality improvement or public health is permitted. Care and the trials that the person agreed to go on; results that are there stay valid. Sent again it changes nothing.',
  })
  @TakesIdempotencyKey()
  @ApiOkResponse({ schema: { example: OPT_OUT_RECEIPT_EXAMPLE } })
  async optOut(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Body() body: ExpressionDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OptOutAnswer> {
    await this.access.require(caller, 'opt-out.record', subject)
    await this.access.mustBeKnown(caller, subject)
    return answered(response, await this.commands.execute(new OptOut(context, { subject, ...body })))
  }

  @Post('reversal')
  @HttpCode(200)
  @Requires('opt-out.record')
  @ApiOperation({
    summary: 'Take an opt-out back',
    description: 'Consents that are in force cover uses again; none is given by it.',
  })
  @TakesIdempotencyKey()
  @ApiOkResponse({ schema: { example: OPT_OUT_RECEIPT_EXAMPLE } })
  async reverse(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Body() body: ExpressionDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OptOutAnswer> {
    await this.access.require(caller, 'opt-out.record', subject)
    return answered(response, await this.commands.execute(new ReverseOptOut(context, { subject, ...body })))
  }
}

function answered(response: Response, { subject, revision, position, replayed }: ConsentReceipt): OptOutAnswer {
  return positioned(response, { subject, revision, position, replayed })
}
