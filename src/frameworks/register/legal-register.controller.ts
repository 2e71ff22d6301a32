import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { TakesIdempotencyKey } from '../../journal/idempotency-key.js'
import { etagOf, revisionOfIfMatch } from '../../journal/if-match.js'
import { LEDGER_POSITION } from '../../journal/ledger-position.interceptor.js'
import { AdoptBaseline, type BaselineReceipt } from './commands/adopt-baseline.js'
import { CheckEntry } from './commands/check-entry.js'
import { JudgeProposal, type Judgement } from './commands/judge-proposal.js'
import { ProposeEntry } from './commands/propose-entry.js'
import { ProposeRetirement } from './commands/propose-retirement.js'
import type { LegalEntryView } from './legal-entry-view.js'
import {
  CheckEntryDto,
  JudgeProposalDto,
  LegalEntryPathDto,
  ListDueEntriesDto,
  ListLegalEntriesDto,
  ProposeLegalEntryDto,
  ProposeRetirementDto,
  RegisterAsOfDto,
} from './legal-register.dto.js'
import { DUE_ENTRY_EXAMPLE, LEGAL_ENTRY_EXAMPLE, LEGAL_RECEIPT_EXAMPLE } from './legal-register.examples.js'
import type { LegalEntryReceipt } from './legal-register.js'
import { GetEntry } from './queries/get-entry.js'
import { ListDueEntries, type DueEntry } from './queries/list-due-entries.js'
import { ListEntries } from './queries/list-entries.js'

const IF_MATCH = ApiHeader({ name: 'If-Match', required: false, description: 'The revision that was read, in quotes.' })
const UNCHECKED_DAYS = 365
const WITHIN_DAYS = 90

/** The legal frameworks that this service answers to: edited by compliance, approved by quality assurance. */
@ApiTags('frameworks')
@ApiBearerAuth()
@Controller('api/v1/frameworks')
export class LegalRegisterController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('legal-register.read')
  @ApiOperation({
    summary: 'List the legal frameworks',
    description: 'With the requirements of this version that answer each; `asOf` a time.',
  })
  @ApiOkResponse({ schema: { example: [LEGAL_ENTRY_EXAMPLE] } })
  list(@Query() { asOf, waiting, ...filter }: ListLegalEntriesDto): Promise<LegalEntryView[]> {
    const flag = waiting === undefined ? {} : { waiting: waiting === 'true' }
    return this.queries.execute(new ListEntries({ ...filter, ...flag }, asOf))
  }

  @Get('due')
  @Requires('legal-register.read')
  @ApiOperation({
    summary: 'List the frameworks that somebody has to look at',
    description: 'Never or long not checked, found changed, not to be reached, or coming to apply.',
  })
  @ApiOkResponse({ schema: { example: [DUE_ENTRY_EXAMPLE] } })
  due(
    @Query() { uncheckedDays = UNCHECKED_DAYS, withinDays = WITHIN_DAYS, asOf }: ListDueEntriesDto,
  ): Promise<DueEntry[]> {
    return this.queries.execute(new ListDueEntries(uncheckedDays, withinDays, asOf))
  }

  @Get(':id')
  @Requires('legal-register.read')
  @ApiOperation({ summary: 'Read an entry of the legal register' })
  @ApiOkResponse({ schema: { example: LEGAL_ENTRY_EXAMPLE } })
  async read(
    @Param() { id }: LegalEntryPathDto,
    @Query() { asOf }: RegisterAsOfDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LegalEntryView> {
    const view = await this.queries.execute(new GetEntry(id, asOf === undefined ? undefined : { asOf }))
    response.setHeader('ETag', etagOf(view.revision))
    return view
  }

  @Post()
  @Requires('legal-register.edit')
  @ApiOperation({ summary: 'Propose an entry, or a change of one', description: 'It is approved by somebody else.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiCreatedResponse({ schema: { example: LEGAL_RECEIPT_EXAMPLE } })
  async propose(
    @Body() entry: ProposeLegalEntryDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LegalEntryReceipt> {
    // What is recorded is a plain object without a class.
    const plain = JSON.parse(JSON.stringify(entry)) as ProposeLegalEntryDto
    const receipt = await this.commands.execute(new ProposeEntry(context, plain, revisionOfIfMatch(match)))
    response.setHeader('Location', `/api/v1/frameworks/${receipt.id}`)
    return answered(response, receipt)
  }

  @Post('baseline')
  @HttpCode(200)
  @Requires('legal-register.edit')
  @ApiOperation({
    summary: 'Take over the entries that come along with the software',
    description: 'Those on record are left as they are; `differing` names those that say something else.',
  })
  @ApiOkResponse({ schema: { example: { adopted: ['us-p11'], differing: [] } } })
  adopt(@CurrentContext() context: CommandContext): Promise<BaselineReceipt> {
    return this.commands.execute(new AdoptBaseline(context))
  }

  @Post(':id/retirement')
  @HttpCode(200)
  @Requires('legal-register.edit')
  @ApiOperation({ summary: 'Propose to retire an entry', description: 'Decided on by somebody else.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiOkResponse({ schema: { example: LEGAL_RECEIPT_EXAMPLE } })
  async retire(
    @Param() { id }: LegalEntryPathDto,
    @Body() { reason, supersededBy }: ProposeRetirementDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LegalEntryReceipt> {
    const command = new ProposeRetirement(context, id, { reason, supersededBy }, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }

  @Post(':id/judgement')
  @HttpCode(200)
  @Requires('legal-register.approve')
  @ApiOperation({ summary: 'Approve or reject what was proposed', description: 'Never by whoever proposed it.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiOkResponse({ schema: { example: LEGAL_RECEIPT_EXAMPLE } })
  async judge(
    @Param() { id }: LegalEntryPathDto,
    @Body() { outcome, checkedOn, remark }: JudgeProposalDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LegalEntryReceipt> {
    const judgement: Judgement =
      outcome === 'approved' ? { outcome, checkedOn: checkedOn!, remark } : { outcome, remark }
    const command = new JudgeProposal(context, id, judgement, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }

  @Post(':id/checks')
  @HttpCode(200)
  @Requires('legal-register.edit')
  @ApiOperation({ summary: 'Record that an entry was held against its source' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiOkResponse({ schema: { example: LEGAL_RECEIPT_EXAMPLE } })
  async check(
    @Param() { id }: LegalEntryPathDto,
    @Body() { checkedOn, outcome, remark }: CheckEntryDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LegalEntryReceipt> {
    const command = new CheckEntry(context, id, { checkedOn, outcome, remark }, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }
}

/** A read that waits for the position named here sees the change. */
function answered(response: Response, receipt: LegalEntryReceipt): LegalEntryReceipt {
  response.setHeader('ETag', etagOf(receipt.revision))
  response.setHeader(LEDGER_POSITION, String(receipt.position + 1))
  return receipt
}
