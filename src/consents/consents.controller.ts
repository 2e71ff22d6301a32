import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { isVeiled } from '../identity/policy.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { etagOf } from '../journal/if-match.js'
import { ConsentAccess } from './consent-access.js'
import { CoverageDto, ListUsesDto, ReadConsentsDto } from './consents.dto.js'
import { CONSENTS_EXAMPLE, COVERAGE_EXAMPLE, USES_EXAMPLE } from './consents.examples.js'
import { FindCoverage, type Coverage } from './queries/find-coverage.js'
import { GetConsentHistory, type ConsentStep } from './queries/get-consent-history.js'
import { GetConsents, type ConsentsView } from './queries/get-consents.js'
import { ListConsentUses, type ConsentUsePage } from './queries/list-consent-uses.js'

/** Reading a person's consents: what holds, what was, and what was done under it. */
@ApiTags('consents')
@ApiBearerAuth()
@Controller('api/v1/subjects/:subject/consents')
export class ConsentsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: ConsentAccess,
  ) {}

  @Get()
  @Requires('consent.read')
  @ApiOperation({ summary: 'Read the consents, now or as they were', description: 'The reading is recorded.' })
  @ApiOkResponse({ schema: { example: CONSENTS_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Query() point: ReadConsentsDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ConsentsView> {
    await this.access.require(caller, 'consent.read', subject)
    const view = await this.queries.execute(new GetConsents(context, subject, point))
    if (view.revision >= 0) response.setHeader('ETag', etagOf(view.revision))
    return view
  }

  @Get('history')
  @Requires('consent.read')
  @ApiOperation({ summary: 'Read everything that happened to the consents, oldest first' })
  async history(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @CurrentContext() context: CommandContext,
  ): Promise<ConsentStep[]> {
    const detail = await this.access.require(caller, 'consent.read', subject)
    if (isVeiled(caller.role)) await this.access.withholdHistory(caller)
    return this.queries.execute(new GetConsentHistory(context, subject, detail))
  }

  @Get('uses')
  @Requires('consent.read')
  @ApiOperation({
    summary: 'Read the accounting of uses, newest first',
    description: 'Every use that was permitted or refused.',
  })
  @ApiOkResponse({ schema: { example: USES_EXAMPLE } })
  async uses(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Query() { limit, cursor, ...filter }: ListUsesDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ConsentUsePage> {
    await this.access.require(caller, 'consent.read', subject, filter.trial)
    return this.queries.execute(new ListConsentUses(context, subject, filter, limit, cursor))
  }

  @Get('coverage')
  @Requires('consent.read')
  @ApiOperation({
    summary: 'Ask whether a use is covered',
    description: 'Answers for this moment and records nothing; a use itself is authorised on the consent stream.',
  })
  @ApiOkResponse({ schema: { example: COVERAGE_EXAMPLE } })
  async coverage(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Query() use: CoverageDto,
  ): Promise<Coverage> {
    const trial = await this.access.requireCoverage(caller, subject, use.trial)
    return this.queries.execute(new FindCoverage(subject, { ...use, trial }))
  }
}
