import { Body, Controller, Headers, HttpCode, Param, Post, Put, Res } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { TakesIdempotencyKey } from '../../journal/idempotency-key.js'
import { revisionOfIfMatch } from '../../journal/if-match.js'
import { answered } from './answered.js'
import { RecordCaseStep } from './commands/record-case-step.js'
import { ReopenCase } from './commands/reopen-case.js'
import {
  AdequacyDto,
  ContextOfUseDto,
  DocumentationDto,
  FactorAssessmentDto,
  FactorPathDto,
  PlanDto,
  QuestionDto,
  ReopenCaseDto,
  RiskDto,
} from './credibility-case.dto.js'
import { ModelVersionPathDto } from './model-registry.dto.js'
import { MODEL_VERSION_RECEIPT_EXAMPLE } from './model-registry.examples.js'
import type { CaseStepCommand } from './model-version.js'
import type { ModelVersionReceipt } from './model-versions.js'

const IF_MATCH = ApiHeader({ name: 'If-Match', required: false, description: 'The revision that was read, in quotes.' })
const RECEIPT = ApiOkResponse({ schema: { example: MODEL_VERSION_RECEIPT_EXAMPLE } })

/**
 * The credibility case of a version, step by step: FDA CM&S guidance (2023-11) and ASME V&V 40-2018, in the order of the FDA
 * draft on AI (2025-01). A step out of order is refused.
 */
@ApiTags('models')
@ApiBearerAuth()
@Controller('api/v1/models/:id/versions/:version/credibility-case')
export class CredibilityCaseController {
  constructor(private readonly commands: CommandBus) {}

  @Put('question')
  @Requires('model.define')
  @ApiOperation({ summary: 'Step 1: state the question of interest' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  question(
    @Param() path: ModelVersionPathDto,
    @Body() { question }: QuestionDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    return this.take(context, path, { type: 'state-question', question }, match, response)
  }

  @Put('context-of-use')
  @Requires('model.define')
  @ApiOperation({
    summary: 'Step 2: state the context of use',
    description: 'Its purposes and limits are held against every run for decisions.',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  contextOfUse(
    @Param() path: ModelVersionPathDto,
    @Body() body: ContextOfUseDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    return this.take(context, path, { type: 'state-context', contextOfUse: plain(body) }, match, response)
  }

  @Put('risk')
  @Requires('model.define')
  @ApiOperation({ summary: 'Step 3: assess the model risk', description: 'Influence × consequence gives the tier.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  risk(
    @Param() path: ModelVersionPathDto,
    @Body() body: RiskDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    return this.take(context, path, { type: 'assess-risk', risk: plain(body) }, match, response)
  }

  @Put('plan')
  @Requires('model.define')
  @ApiOperation({
    summary: 'Step 4: agree the plan',
    description: 'Each credibility factor with its goal, or with why it does not apply.',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  plan(
    @Param() path: ModelVersionPathDto,
    @Body() body: PlanDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    return this.take(context, path, { type: 'agree-plan', goals: plain(body).goals }, match, response)
  }

  @Put('factors/:factor')
  @Requires('model.define')
  @ApiOperation({ summary: 'Step 5: record the level that a factor reached, with its evidence' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  factor(
    @Param() { factor, ...path }: FactorPathDto,
    @Body() body: FactorAssessmentDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    const assessment = { factor, ...plain(body) }
    return this.take(context, path, { type: 'assess-factor', assessment }, match, response)
  }

  @Put('documentation')
  @Requires('model.define')
  @ApiOperation({ summary: 'Step 6: document the results and the deviations from the plan' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  documentation(
    @Param() path: ModelVersionPathDto,
    @Body() body: DocumentationDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    return this.take(context, path, { type: 'document-results', documentation: plain(body) }, match, response)
  }

  @Put('adequacy')
  @Requires('model.define')
  @ApiOperation({
    summary: 'Step 7: determine whether the model is adequate for its context of use',
    description: 'Never adequate while a goal is not met.',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  adequacy(
    @Param() path: ModelVersionPathDto,
    @Body() body: AdequacyDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    return this.take(context, path, { type: 'determine-adequacy', adequacy: plain(body) }, match, response)
  }

  @Post('reopenings')
  @HttpCode(200)
  @Requires('model.reopen')
  @ApiOperation({
    summary: 'Reopen the case from a step, on drift or for another cause',
    description: 'An approval in force ends with it; the steps before stay.',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async reopen(
    @Param() { id, version }: ModelVersionPathDto,
    @Body() body: ReopenCaseDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    const command = new ReopenCase(context, { model: id, version }, plain(body), revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }

  private async take(
    context: CommandContext,
    { id, version }: ModelVersionPathDto,
    step: CaseStepCommand,
    match: string | undefined,
    response: Response,
  ): Promise<ModelVersionReceipt> {
    const command = new RecordCaseStep(context, { model: id, version }, step, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }
}

/** What is recorded is a plain object: it has no class, and no member that was not sent. */
function plain<Body extends object>(body: Body): Body {
  return JSON.parse(JSON.stringify(body)) as Body
}
