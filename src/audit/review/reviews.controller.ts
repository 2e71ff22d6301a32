import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Action } from '../../identity/actions.js'
import type { Caller } from '../../identity/caller.js'
import { CurrentCaller } from '../../identity/current-caller.js'
import { PolicyService } from '../../identity/policy.service.js'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { CloseReview } from './commands/close-review.js'
import { ConcludeReview } from './commands/conclude-review.js'
import { PlanReview } from './commands/plan-review.js'
import { RecordFinding } from './commands/record-finding.js'
import { ResolveFinding } from './commands/resolve-finding.js'
import { SampleTwins } from './commands/sample-twins.js'
import { TakeUpReview } from './commands/take-up-review.js'
import { GetReview, type ReviewView } from './queries/get-review.js'
import { ListReviews, type ReviewPage } from './queries/list-reviews.js'
import type { ReviewReceipt } from './review-writer.js'
import { ReviewWriter } from './review-writer.js'
import { ListReviewsDto, PlanReviewDto, RecordFindingDto, ResolveFindingDto, SampleTwinsDto } from './reviews.dto.js'

/** Reviews of the audit trail: planned, drawn by risk, carried out by somebody independent, signed and closed. */
@ApiTags('audit reviews')
@ApiBearerAuth()
@Controller('api/v1/audit-reviews')
export class ReviewsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly policy: PolicyService,
    private readonly writer: ReviewWriter,
  ) {}

  @Post()
  @Requires('audit-review.plan')
  @ApiOperation({ summary: 'Plan a review: scope, period, criteria of risk, due date' })
  async plan(
    @CurrentCaller() caller: Caller,
    @Body() plan: PlanReviewDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ReviewReceipt> {
    await this.policy.require(caller, 'audit-review.plan', { trial: plan.trial })
    return this.commands.execute(new PlanReview(context, plan))
  }

  @Get()
  @Requires('audit-review.read')
  @ApiOperation({
    summary: 'List reviews, those due first at the head',
    description: '`status=overdue`: not closed in time.',
  })
  async list(@CurrentCaller() caller: Caller, @Query() { limit, cursor, status }: ListReviewsDto): Promise<ReviewPage> {
    const { trials } = await this.policy.scopeOf(caller, 'audit-review.read')
    return this.queries.execute(new ListReviews({ status, trials }, limit, cursor))
  }

  @Get(':review')
  @Requires('audit-review.read')
  @ApiOperation({
    summary: 'Read a review with its sample, findings and signatures',
    description: 'The reading is recorded.',
  })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('review', ParseUUIDPipe) review: string,
    @CurrentContext() context: CommandContext,
  ): Promise<ReviewView> {
    await this.require(caller, 'audit-review.read', review)
    return this.queries.execute(new GetReview(context, review))
  }

  @Post(':review/reviewer')
  @HttpCode(200)
  @Requires('audit-review.conduct')
  @ApiOperation({
    summary: 'Take a review up',
    description: 'The sample is drawn from the period. Whoever acted in it is refused: `reviewer-not-independent`.',
  })
  async takeUp(
    @CurrentCaller() caller: Caller,
    @Param('review', ParseUUIDPipe) review: string,
    @CurrentContext() context: CommandContext,
  ): Promise<ReviewReceipt> {
    await this.require(caller, 'audit-review.conduct', review)
    return this.commands.execute(new TakeUpReview(context, review))
  }

  @Post(':review/twin-sample')
  @Requires('audit-review.sample-twins')
  @ApiOperation({
    summary: 'Draw a random sample of coded twins for a review of a trial, once',
    description:
      'By its reviewer, from quality assurance, who may read these twins and no others until the review is closed. Seed and size are on record.',
  })
  async sampleTwins(
    @CurrentCaller() caller: Caller,
    @Param('review', ParseUUIDPipe) review: string,
    @Body() { size }: SampleTwinsDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ReviewReceipt> {
    await this.require(caller, 'audit-review.sample-twins', review)
    return this.commands.execute(new SampleTwins(context, review, size))
  }

  @Post(':review/findings')
  @Requires('audit-review.conduct')
  @ApiOperation({ summary: 'Record what was found in entries of the sample' })
  async recordFinding(
    @CurrentCaller() caller: Caller,
    @Param('review', ParseUUIDPipe) review: string,
    @Body() finding: RecordFindingDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ReviewReceipt & { finding: string }> {
    await this.require(caller, 'audit-review.conduct', review)
    return this.commands.execute(new RecordFinding(context, review, finding))
  }

  @Post(':review/findings/:finding/resolution')
  @HttpCode(200)
  @Requires('audit-review.conduct')
  @ApiOperation({ summary: 'Record what came of a finding' })
  async resolveFinding(
    @CurrentCaller() caller: Caller,
    @Param('review', ParseUUIDPipe) review: string,
    @Param('finding', ParseUUIDPipe) finding: string,
    @Body() { resolution }: ResolveFindingDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ReviewReceipt> {
    await this.require(caller, 'audit-review.conduct', review)
    return this.commands.execute(new ResolveFinding(context, review, { finding, resolution }))
  }

  @Post(':review/conclusion')
  @HttpCode(200)
  @Requires('audit-review.conduct')
  @ApiOperation({
    summary: 'Conclude a review',
    description:
      'Next the reviewer signs `audit-review-<id>` at the `revision` of the answer with the meaning `responsibility`.',
  })
  async conclude(
    @CurrentCaller() caller: Caller,
    @Param('review', ParseUUIDPipe) review: string,
    @CurrentContext() context: CommandContext,
  ): Promise<ReviewReceipt> {
    await this.require(caller, 'audit-review.conduct', review)
    return this.commands.execute(new ConcludeReview(context, review))
  }

  @Post(':review/closure')
  @HttpCode(200)
  @Requires('audit-review.conduct')
  @ApiOperation({ summary: 'Close a review on the signature of its reviewer' })
  async close(
    @CurrentCaller() caller: Caller,
    @Param('review', ParseUUIDPipe) review: string,
    @CurrentContext() context: CommandContext,
  ): Promise<ReviewReceipt> {
    await this.require(caller, 'audit-review.conduct', review)
    return this.commands.execute(new CloseReview(context, review))
  }

  private async require(
    caller: Caller,
    action: Extract<Action, `audit-review.${string}`>,
    review: string,
  ): Promise<void> {
    const { plan } = await this.writer.existing(review)
    await this.policy.require(caller, action, { trial: plan!.trial })
  }
}
