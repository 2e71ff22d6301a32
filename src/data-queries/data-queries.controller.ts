import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { positioned } from '../journal/ledger-position.interceptor.js'
import { AnswerQuery } from './commands/answer-query.js'
import { CancelQuery } from './commands/cancel-query.js'
import { CloseQuery } from './commands/close-query.js'
import { ReQuery } from './commands/re-query.js'
import { DataQueryAccess } from './data-query-access.js'
import type { DataQueryReceipt } from './data-query-journal.js'
import {
  AnswerQueryDto,
  CancelQueryDto,
  ListDataQueriesDto,
  ReQueryDto,
  SummariseDataQueriesDto,
} from './data-queries.dto.js'
import {
  DATA_QUERY_HISTORY_EXAMPLE,
  DATA_QUERY_PAGE_EXAMPLE,
  DATA_QUERY_RECEIPT_EXAMPLE,
  DATA_QUERY_SUMMARY_EXAMPLE,
} from './data-queries.examples.js'
import { GetDataQuery, type DataQueryHistory } from './queries/get-data-query.js'
import { ListDataQueries, type DataQueryPage } from './queries/list-data-queries.js'
import { SummariseDataQueries, type SiteQueries } from './queries/summarise-data-queries.js'

const RECEIPT = ApiOkResponse({ schema: { example: DATA_QUERY_RECEIPT_EXAMPLE } })

/** Data queries: open ones with their age, their answers, and their ends. */
@ApiTags('data queries')
@ApiBearerAuth()
@Controller('api/v1/data-queries')
export class DataQueriesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: DataQueryAccess,
  ) {}

  @Get()
  @Requires('data-query.read')
  @ApiOperation({ summary: 'List data queries with their age', description: 'The oldest first. Codes, no words.' })
  @ApiOkResponse({ schema: { example: DATA_QUERY_PAGE_EXAMPLE } })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor, ...filter }: ListDataQueriesDto,
  ): Promise<DataQueryPage> {
    const scope = await this.access.listScope(caller)
    return this.queries.execute(new ListDataQueries(filter, scope, limit, cursor))
  }

  @Get('summary')
  @Requires('data-query.read')
  @ApiOperation({ summary: 'Count the data queries that have not ended, by trial and site' })
  @ApiOkResponse({ schema: { example: DATA_QUERY_SUMMARY_EXAMPLE } })
  async summarise(
    @CurrentCaller() caller: Caller,
    @Query() filter: SummariseDataQueriesDto,
  ): Promise<{ sites: SiteQueries[] }> {
    const scope = await this.access.listScope(caller)
    return { sites: await this.queries.execute(new SummariseDataQueries(filter, scope)) }
  }

  @Get(':query')
  @Requires('data-query.read')
  @ApiOperation({
    summary: 'Read a data query step by step',
    description: 'What was asked and answered is opened on record for who asks, who answers and who inspects.',
  })
  @ApiOkResponse({ schema: { example: DATA_QUERY_HISTORY_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('query', ParseUUIDPipe) query: string,
    @CurrentContext() context: CommandContext,
  ): Promise<DataQueryHistory> {
    const options = await this.access.requireQuery(caller, 'data-query.read', query)
    return this.queries.execute(new GetDataQuery(context, query, options))
  }

  @Post(':query/answer')
  @HttpCode(200)
  @Requires('data-query.answer')
  @ApiOperation({
    summary: 'Answer a data query, as the investigator of the site',
    description: 'With the correction that was made of the fact, with an explanation, or with both.',
  })
  @TakesIdempotencyKey()
  @RECEIPT
  async answer(
    @CurrentCaller() caller: Caller,
    @Param('query', ParseUUIDPipe) query: string,
    @Body() { correction, explanation }: AnswerQueryDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DataQueryReceipt> {
    await this.access.requireQuery(caller, 'data-query.answer', query)
    return positioned(
      response,
      await this.commands.execute(new AnswerQuery(context, { query, correction, explanation })),
    )
  }

  @Post(':query/re-query')
  @HttpCode(200)
  @Requires('data-query.raise')
  @ApiOperation({ summary: 'Ask again, where the answer does not settle it', description: 'By who asked.' })
  @TakesIdempotencyKey()
  @RECEIPT
  async reQuery(
    @CurrentCaller() caller: Caller,
    @Param('query', ParseUUIDPipe) query: string,
    @Body() { question }: ReQueryDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DataQueryReceipt> {
    await this.access.requireQuery(caller, 'data-query.raise', query)
    return positioned(response, await this.commands.execute(new ReQuery(context, { query, question })))
  }

  @Post(':query/closure')
  @HttpCode(200)
  @Requires('data-query.raise')
  @ApiOperation({ summary: 'Close an answered data query', description: 'By who asked.' })
  @TakesIdempotencyKey()
  @RECEIPT
  async close(
    @CurrentCaller() caller: Caller,
    @Param('query', ParseUUIDPipe) query: string,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DataQueryReceipt> {
    await this.access.requireQuery(caller, 'data-query.raise', query)
    return positioned(response, await this.commands.execute(new CloseQuery(context, query)))
  }

  @Post(':query/cancellation')
  @HttpCode(200)
  @Requires('data-query.raise')
  @ApiOperation({ summary: 'Cancel a data query', description: 'By who asked, or by somebody in the same role.' })
  @TakesIdempotencyKey()
  @RECEIPT
  async cancel(
    @CurrentCaller() caller: Caller,
    @Param('query', ParseUUIDPipe) query: string,
    @Body() { reason }: CancelQueryDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DataQueryReceipt> {
    await this.access.requireQuery(caller, 'data-query.raise', query)
    return positioned(response, await this.commands.execute(new CancelQuery(context, { query, reason })))
  }
}
