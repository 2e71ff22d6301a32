import { Controller, Get, Inject, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { isVeiled } from '../identity/policy.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { etagOf } from '../journal/if-match.js'
import { SignaturesOn, type ShownSignature } from '../signatures/queries/signatures-on.js'
import type { ShownFact } from './twin-view.js'
import { CountTwins, type TwinCount } from './queries/count-twins.js'
import { GetFacts } from './queries/get-facts.js'
import { GetFactHistory } from './queries/get-fact-history.js'
import { GetQualityFindings } from './queries/get-quality-findings.js'
import { GetTwin } from './queries/get-twin.js'
import { GetTwinDiff, type ShownDiff } from './queries/get-twin-diff.js'
import { ListTrialTwins, type TrialTwinPage } from './queries/list-trial-twins.js'
import { ListTwins, type TwinPage } from './queries/list-twins.js'
import { SummariseFindings, type RuleSummary } from './queries/summarise-findings.js'
import { pointFrom } from './queries/point-in-history.js'
import { TwinAccess } from './twin-access.js'
import { twinStream } from './twin-state.js'
import type { ShownFinding, TwinView } from './twin-view.js'
import {
  CompareTwinDto,
  DetailDto,
  FilterTwinsDto,
  ListTwinsDto,
  ReadFactsDto,
  ReadFindingsDto,
  ReadTwinDto,
} from './twins.dto.js'
import { FACT_VERSION_EXAMPLE, FINDING_EXAMPLE, TWIN_EXAMPLE, TWIN_PAGE_EXAMPLE } from './twins.examples.js'

/** Reading twins: what stands, what was, and what changed. */
@ApiTags('twins')
@ApiBearerAuth()
@Controller('api/v1/twins')
export class TwinsController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(TwinAccess) private readonly access: TwinAccess,
  ) {}

  @Get()
  @Requires('twin.read-coded')
  @ApiOperation({
    summary: 'List twins',
    description:
      'In the order of registration. Codes and counts only. Sponsors and modellers list the twins of one trial, under its codes.',
  })
  @ApiOkResponse({ schema: { example: TWIN_PAGE_EXAMPLE } })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor, trial: asked, ...filter }: ListTwinsDto,
  ): Promise<TwinPage | TrialTwinPage> {
    const { scope, trial } = await this.access.listScope(caller, asked)
    if (!isVeiled(caller.role) || trial === undefined || scope?.nothing)
      return this.queries.execute(new ListTwins({ ...filter, trial, scope }, limit, cursor))
    const { status, withFindings } = filter
    const within = { trial, status, withFindings, consented: scope?.consentedTo !== undefined }
    return this.queries.execute(new ListTrialTwins(within, limit, cursor))
  }

  @Get('count')
  @Requires('twin.read-coded')
  @ApiOperation({ summary: 'Count twins' })
  async count(@CurrentCaller() caller: Caller, @Query() { trial, ...filter }: FilterTwinsDto): Promise<TwinCount> {
    return this.queries.execute(new CountTwins({ ...filter, ...(await this.access.listScope(caller, trial)) }))
  }

  @Get('findings')
  @Requires('twin.read-coded')
  @ApiOperation({ summary: 'Summarise what is wrong with the data, rule by rule' })
  async summariseFindings(
    @CurrentCaller() caller: Caller,
    @Query() { trial, ...filter }: FilterTwinsDto,
  ): Promise<RuleSummary[]> {
    return this.queries.execute(new SummariseFindings({ ...filter, ...(await this.access.listScope(caller, trial)) }))
  }

  @Get(':id')
  @Requires('twin.read-coded')
  @ApiOperation({
    summary: 'Read a twin, now or as it was',
    description: 'Coded unless `detail=full` is asked for and allowed. The reading is recorded.',
  })
  @ApiOkResponse({ schema: { example: TWIN_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Query() { detail, ...point }: ReadTwinDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TwinView & { signatures: ShownSignature[] }> {
    const allowed = await this.access.requireReading(caller, twin, context, detail)
    const view = await this.queries.execute(new GetTwin(allowed.context, twin, allowed.detail, point))
    response.setHeader('ETag', etagOf(view.revision))
    const signatures = await this.queries.execute(new SignaturesOn(context, { stream: twinStream(twin) }))
    return { ...view, signatures }
  }

  @Get(':id/facts')
  @Requires('twin.read-coded')
  @ApiOperation({ summary: 'Read the facts of a twin, now or as they were' })
  @ApiOkResponse({ schema: { example: [FACT_VERSION_EXAMPLE] } })
  async facts(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Query() { detail, kind, code, status, ...point }: ReadFactsDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ShownFact[]> {
    const allowed = await this.access.requireReading(caller, twin, context, detail)
    return this.queries.execute(new GetFacts(allowed.context, twin, allowed.detail, { kind, code, status }, point))
  }

  @Get(':id/facts/:eventId')
  @Requires('twin.read-coded')
  @ApiOperation({ summary: 'Read every version of one fact' })
  @ApiParam({ name: 'eventId', format: 'uuid', description: 'Event id of any of its versions.' })
  @ApiOkResponse({ schema: { example: [FACT_VERSION_EXAMPLE] } })
  async factHistory(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Param('eventId', ParseUUIDPipe) eventId: string,
    @Query() { detail }: DetailDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ShownFact[]> {
    const allowed = await this.access.requireReading(caller, twin, context, detail)
    return this.queries.execute(new GetFactHistory(allowed.context, twin, eventId, allowed.detail))
  }

  @Get(':id/diff')
  @Requires('twin.read-coded')
  @ApiOperation({ summary: 'Compare a twin at two points', description: 'Each point is a revision or a time.' })
  async compare(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Query() { from, to, detail }: CompareTwinDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ShownDiff> {
    const allowed = await this.access.requireReading(caller, twin, context, detail)
    const between = { from: pointFrom(from), to: to === undefined ? {} : pointFrom(to) }
    return this.queries.execute(new GetTwinDiff(allowed.context, twin, allowed.detail, between))
  }

  @Get(':id/findings')
  @Requires('twin.read-coded')
  @ApiOperation({ summary: 'Read what is wrong with the data of a twin' })
  @ApiOkResponse({ schema: { example: [FINDING_EXAMPLE] } })
  async findings(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseUUIDPipe) twin: string,
    @Query() { which }: ReadFindingsDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ShownFinding[]> {
    await this.access.require(caller, 'twin.read-coded', twin)
    return this.queries.execute(new GetQualityFindings(context, twin, which))
  }
}
