import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../../identity/caller.js'
import { CurrentCaller } from '../../identity/current-caller.js'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { TakesIdempotencyKey } from '../../journal/idempotency-key.js'
import type { Page } from '../queries/page.js'
import { AdoptDecision } from './commands/adopt-decision.js'
import { JudgeContest } from './commands/judge-contest.js'
import { ProposeDecision } from './commands/propose-decision.js'
import { ReviewDecision } from './commands/review-decision.js'
import { DecisionAccess } from './decision-access.js'
import type { DecisionReceipt } from './decision-journal.js'
import type { DecisionRow } from './decision.row.js'
import { JudgeContestDto, ListDecisionsDto, ProposeDecisionDto, ReviewDecisionDto } from './decisions.dto.js'
import { DECISION_HISTORY_EXAMPLE, DECISION_PAGE_EXAMPLE, DECISION_RECEIPT_EXAMPLE } from './decisions.examples.js'
import { GetDecision, type DecisionHistory } from './queries/get-decision.js'
import { ListDecisions } from './queries/list-decisions.js'

const RECEIPT = ApiOkResponse({ schema: { example: DECISION_RECEIPT_EXAMPLE } })

/** Decisions about persons that rest on runs: proposed, reviewed by a person, adopted, contested. */
@ApiTags('decisions')
@ApiBearerAuth()
@Controller('api/v1/decisions')
export class DecisionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: DecisionAccess,
  ) {}

  @Post()
  @Requires('decision.propose')
  @ApiOperation({
    summary: 'Propose a decision about a person that rests on a run',
    description: 'A significant one takes a run that is stamped for decisions. It holds only once it is adopted.',
  })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: DECISION_RECEIPT_EXAMPLE } })
  async propose(
    @CurrentCaller() caller: Caller,
    @Body() { run, matter, significant, meaning }: ProposeDecisionDto,
    @CurrentContext() context: CommandContext,
  ): Promise<DecisionReceipt> {
    await this.access.requireRun(caller, 'decision.propose', run)
    return this.commands.execute(new ProposeDecision(context, { run, matter, significant, meaning }))
  }

  @Get()
  @Requires('decision.read')
  @ApiOperation({ summary: 'List decisions', description: 'The newest first; a person sees those about them.' })
  @ApiOkResponse({ schema: { example: DECISION_PAGE_EXAMPLE } })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor, ...filter }: ListDecisionsDto,
  ): Promise<Page<DecisionRow>> {
    const scope = await this.access.listScope(caller)
    return this.queries.execute(new ListDecisions({ ...filter, scope }, limit, cursor))
  }

  @Get(':decision')
  @Requires('decision.read')
  @ApiOperation({ summary: 'Read a decision step by step', description: 'Meaning and reasons are opened on record.' })
  @ApiOkResponse({ schema: { example: DECISION_HISTORY_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('decision', ParseUUIDPipe) decision: string,
    @CurrentContext() context: CommandContext,
  ): Promise<DecisionHistory> {
    const minimisation = await this.access.requireDecision(caller, 'decision.read', decision)
    return this.queries.execute(new GetDecision(context, decision, minimisation === 'full' ? 'full' : 'coded'))
  }

  @Post(':decision/review')
  @HttpCode(200)
  @Requires('decision.take')
  @ApiOperation({
    summary: 'Agree to a proposed decision, or end it, as a person other than who proposed it',
    description: 'Without it, no significant decision can be adopted (GDPR Art 22, EU AI Act Art 14).',
  })
  @TakesIdempotencyKey()
  @RECEIPT
  async review(
    @CurrentCaller() caller: Caller,
    @Param('decision', ParseUUIDPipe) decision: string,
    @Body() { agrees, reasons }: ReviewDecisionDto,
    @CurrentContext() context: CommandContext,
  ): Promise<DecisionReceipt> {
    await this.access.requireDecision(caller, 'decision.take', decision)
    return this.commands.execute(new ReviewDecision(context, { decision, agrees, reasons }))
  }

  @Post(':decision/adoption')
  @HttpCode(200)
  @Requires('decision.take')
  @ApiOperation({ summary: 'Let a decision hold' })
  @TakesIdempotencyKey()
  @RECEIPT
  async adopt(
    @CurrentCaller() caller: Caller,
    @Param('decision', ParseUUIDPipe) decision: string,
    @CurrentContext() context: CommandContext,
  ): Promise<DecisionReceipt> {
    await this.access.requireDecision(caller, 'decision.take', decision)
    return this.commands.execute(new AdoptDecision(context, decision))
  }

  @Post(':decision/contests/:request/judgement')
  @HttpCode(200)
  @Requires('decision.judge')
  @ApiOperation({
    summary: 'Uphold, change or overturn a contested decision, as a person who had no part in it',
    description: 'A person contests a decision with a request for a review by a person, under `/privacy/requests`.',
  })
  @TakesIdempotencyKey()
  @RECEIPT
  async judge(
    @CurrentCaller() caller: Caller,
    @Param('decision', ParseUUIDPipe) decision: string,
    @Param('request', ParseUUIDPipe) request: string,
    @Body() { verdict, reasons, meaning }: JudgeContestDto,
    @CurrentContext() context: CommandContext,
  ): Promise<DecisionReceipt> {
    await this.access.requireDecision(caller, 'decision.judge', decision)
    return this.commands.execute(new JudgeContest(context, { decision, request, verdict, reasons, meaning }))
  }
}
