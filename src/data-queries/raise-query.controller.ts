import { Body, Controller, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { positioned } from '../journal/ledger-position.interceptor.js'
import { RaiseQuery } from './commands/raise-query.js'
import { DataQueryAccess } from './data-query-access.js'
import type { DataQueryReceipt } from './data-query-journal.js'
import { RaiseQueryDto } from './data-queries.dto.js'
import { DATA_QUERY_RECEIPT_EXAMPLE } from './data-queries.examples.js'

/** Asking about a recorded fact, where the fact is. */
@ApiTags('data queries')
@ApiBearerAuth()
@Controller('api/v1/twins/:id/facts/:eventId/queries')
export class RaiseQueryController {
  constructor(
    private readonly commands: CommandBus,
    private readonly access: DataQueryAccess,
  ) {}

  @Post()
  @Requires('data-query.raise')
  @ApiOperation({
    summary: 'Raise a data query on a recorded fact',
    description: 'The investigator of the site answers it. The fact stays as it is until they correct it.',
  })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: DATA_QUERY_RECEIPT_EXAMPLE } })
  async raise(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Param('eventId', ParseUUIDPipe) fact: string,
    @Body() { field, reason, question, trial }: RaiseQueryDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DataQueryReceipt> {
    const asked = await this.access.requireFact(caller, { twin, fact, ...(trial !== undefined && { trial }) })
    return positioned(
      response,
      await this.commands.execute(new RaiseQuery(context, { ...asked, field, reason, question })),
    )
  }
}
