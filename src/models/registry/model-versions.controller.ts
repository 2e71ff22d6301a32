import { Body, Controller, Headers, HttpCode, Param, Post, Put, Res } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { TakesIdempotencyKey } from '../../journal/idempotency-key.js'
import { revisionOfIfMatch } from '../../journal/if-match.js'
import { InvalidRequest } from '../../platform/errors.js'
import { answered } from './answered.js'
import { ApproveVersion } from './commands/approve-version.js'
import { ClassifyVersion } from './commands/classify-version.js'
import { ProposeVersion } from './commands/propose-version.js'
import { RetireVersion } from './commands/retire-version.js'
import { SupersedeVersion } from './commands/supersede-version.js'
import { findModel } from './find-model.js'
import { modelDigests } from './model-digests.js'
import {
  ApproveVersionDto,
  ClassifyVersionDto,
  ModelVersionPathDto,
  ProposeVersionDto,
  RetireVersionDto,
  SupersedeVersionDto,
} from './model-registry.dto.js'
import { MODEL_VERSION_RECEIPT_EXAMPLE } from './model-registry.examples.js'
import type { ModelVersionReceipt } from './model-versions.js'

const IF_MATCH = ApiHeader({ name: 'If-Match', required: false, description: 'The revision that was read, in quotes.' })
const RECEIPT = ApiOkResponse({ schema: { example: MODEL_VERSION_RECEIPT_EXAMPLE } })

/** The life of a version: proposed, classified, approved, superseded, retired. */
@ApiTags('models')
@ApiBearerAuth()
@Controller('api/v1/models/:id/versions')
export class ModelVersionsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Requires('model.define')
  @ApiOperation({
    summary: 'Propose the version that runs here',
    description: 'Card and digests are taken from the running software: what is proposed is what runs.',
  })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: { ...MODEL_VERSION_RECEIPT_EXAMPLE, revision: 0 } } })
  async propose(
    @Param('id') id: string,
    @Body() { nature }: ProposeVersionDto,
    @CurrentContext() context: CommandContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    const model = findModel(id)
    const proposal = { card: model.card, nature, digests: modelDigests(model) }
    const receipt = await this.commands.execute(new ProposeVersion(context, proposal))
    response.setHeader('Location', `/api/v1/models/${encodeURIComponent(id)}/versions/${receipt.version}`)
    return answered(response, receipt)
  }

  @Put(':version/ai-act-classification')
  @Requires('model.define')
  @ApiOperation({ summary: 'Classify a version under the EU AI Act' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async classify(
    @Param() { id, version }: ModelVersionPathDto,
    @Body() { class: aiActClass, basis, rationale }: ClassifyVersionDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    const classification = { class: aiActClass, basis, rationale }
    const command = new ClassifyVersion(context, { model: id, version }, classification, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }

  @Post(':version/approval')
  @HttpCode(200)
  @Requires('model.approve')
  @ApiOperation({
    summary: 'Approve a version for decisions within its context of use',
    description:
      'By somebody who neither proposed nor assessed it, who has signed `stream` at this revision with the meaning `approval` (`POST /api/v1/signing-requests`). `If-Match` and `recordDigest` say which case was read; all goals of its plan must be met.',
  })
  @TakesIdempotencyKey()
  @ApiHeader({ name: 'If-Match', required: true, description: 'The revision of the case that was read, in quotes.' })
  @RECEIPT
  async approve(
    @Param() { id, version }: ModelVersionPathDto,
    @Body() { recordDigest }: ApproveVersionDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    const revision = revisionOfIfMatch(match)
    if (revision === undefined)
      throw new InvalidRequest('if-match-missing', 'An approval names the revision that was read, in If-Match.')
    const approval = { recordDigest, revision, signed: true }
    const command = new ApproveVersion(context, { model: id, version }, approval)
    return answered(response, await this.commands.execute(command))
  }

  @Post(':version/supersession')
  @HttpCode(200)
  @Requires('model.define')
  @ApiOperation({ summary: 'Put an approved version in the place of this one' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async supersede(
    @Param() { id, version }: ModelVersionPathDto,
    @Body() { by }: SupersedeVersionDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    const command = new SupersedeVersion(context, { model: id, version }, by, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }

  @Post(':version/retirement')
  @HttpCode(200)
  @Requires('model.define')
  @ApiOperation({ summary: 'Retire a version', description: 'New runs are refused; what was run can be replayed.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async retire(
    @Param() { id, version }: ModelVersionPathDto,
    @Body() { explanation }: RetireVersionDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionReceipt> {
    const command = new RetireVersion(context, { model: id, version }, explanation, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }
}
