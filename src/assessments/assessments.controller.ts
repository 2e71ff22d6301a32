import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import {
  AdviseDto,
  ApproveAssessmentDto,
  ListAssessmentsDto,
  ProposeAssessmentDto,
  WithdrawAssessmentDto,
} from './assessments.dto.js'
import { ASSESSMENT_EXAMPLE, ASSESSMENT_LIST_EXAMPLE, ASSESSMENT_RECEIPT_EXAMPLE } from './assessments.examples.js'
import { ApproveAssessment } from './commands/approve-assessment.js'
import { HandleAssessment } from './commands/handle-assessment.js'
import { ProposeAssessment } from './commands/propose-assessment.js'
import type { AssessmentReceipt } from './impact-assessments.js'
import { GetAssessment, type AssessmentView } from './queries/get-assessment.js'
import { ListAssessments, type ListedAssessment } from './queries/list-assessments.js'

const RECEIPT = ApiOkResponse({ schema: { example: ASSESSMENT_RECEIPT_EXAMPLE } })

/** Data protection impact assessments (GDPR Art 35): without one in force, a model of high risk is not used for decisions. */
@ApiTags('impact assessments')
@ApiBearerAuth()
@Controller('api/v1/impact-assessments')
export class AssessmentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly policy: PolicyService,
  ) {}

  @Post()
  @Requires('impact-assessment.propose')
  @ApiOperation({
    summary: 'Propose the impact assessment of a model for a purpose',
    description: 'Or a new round of it; an approval in force stands meanwhile. Every missing part is named.',
  })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: ASSESSMENT_RECEIPT_EXAMPLE } })
  propose(
    @Body() { model, version, purpose, ...texts }: ProposeAssessmentDto,
    @CurrentContext() context: CommandContext,
  ): Promise<AssessmentReceipt> {
    return this.commands.execute(new ProposeAssessment(context, { model, version: version ?? null, purpose }, texts))
  }

  @Get()
  @Requires('impact-assessment.read')
  @ApiOperation({
    summary: 'List the impact assessments, or those of a model',
    description: 'Without what was written.',
  })
  @ApiOkResponse({ schema: { example: ASSESSMENT_LIST_EXAMPLE } })
  list(@Query() { model }: ListAssessmentsDto): Promise<ListedAssessment[]> {
    return this.queries.execute(new ListAssessments(model))
  }

  @Get(':assessment')
  @Requires('impact-assessment.read')
  @ApiOperation({
    summary: 'Read an impact assessment with its advice',
    description: 'What was written is opened on record; readers of codes do not see it.',
  })
  @ApiOkResponse({ schema: { example: ASSESSMENT_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('assessment', ParseUUIDPipe) assessment: string,
    @CurrentContext() context: CommandContext,
  ): Promise<AssessmentView> {
    const { minimisation } = await this.policy.scopeOf(caller, 'impact-assessment.read')
    return this.queries.execute(new GetAssessment(context, assessment, minimisation === 'full' ? 'full' : 'coded'))
  }

  @Post(':assessment/advice')
  @HttpCode(200)
  @Requires('impact-assessment.advise')
  @ApiOperation({ summary: 'Record the data protection officer’s advice (Art 35(2))' })
  @RECEIPT
  advise(
    @Param('assessment', ParseUUIDPipe) assessment: string,
    @Body() { revision, residualRisk, advice }: AdviseDto,
    @CurrentContext() context: CommandContext,
  ): Promise<AssessmentReceipt> {
    const step = { type: 'advise', by: context.actor.id, residualRisk, advice } as const
    return this.commands.execute(new HandleAssessment(context, assessment, step, revision))
  }

  @Post(':assessment/approval')
  @HttpCode(200)
  @Requires('impact-assessment.approve')
  @ApiOperation({
    summary: 'Approve an impact assessment until its review',
    description:
      'By somebody who neither proposed it nor advised on it, who has signed this revision with the meaning approval, and not while a high risk remains.',
  })
  @RECEIPT
  approve(
    @Param('assessment', ParseUUIDPipe) assessment: string,
    @Body() { revision, reviewBy }: ApproveAssessmentDto,
    @CurrentContext() context: CommandContext,
  ): Promise<AssessmentReceipt> {
    return this.commands.execute(new ApproveAssessment(context, assessment, { revision, reviewBy }))
  }

  @Post(':assessment/withdrawal')
  @HttpCode(200)
  @Requires('impact-assessment.withdraw')
  @ApiOperation({ summary: 'Withdraw an impact assessment: it no longer counts (Art 35(11))' })
  @RECEIPT
  withdraw(
    @Param('assessment', ParseUUIDPipe) assessment: string,
    @Body() { cause }: WithdrawAssessmentDto,
    @CurrentContext() context: CommandContext,
  ): Promise<AssessmentReceipt> {
    return this.commands.execute(new HandleAssessment(context, assessment, { type: 'withdraw', cause }))
  }
}
