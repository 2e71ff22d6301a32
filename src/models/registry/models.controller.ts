import { Controller, Get, Param, Query, Res } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import { Requires } from '../../identity/route-policy.js'
import { etagOf } from '../../journal/if-match.js'
import type { ModelVersionRow } from './model-version.row.js'
import { ListModelVersionsDto, ModelVersionPathDto, ReadCaseDto } from './model-registry.dto.js'
import {
  CREDIBILITY_CASE_EXAMPLE,
  MODEL_LIST_EXAMPLE,
  MODEL_VERSION_EXAMPLE,
  MODEL_VERSIONS_EXAMPLE,
} from './model-registry.examples.js'
import { DescribeModel, type ModelDetail } from './queries/describe-model.js'
import { GetModelVersion, type CredibilityCaseView, type ModelVersionView } from './queries/get-model-version.js'
import { ListModels, type ModelSummary } from './queries/list-models.js'
import { ListModelVersions } from './queries/list-model-versions.js'

/** Reading models: what they are for, how far they can be trusted, what they take and give, and where their approval stands. */
@ApiTags('models')
@ApiBearerAuth()
@Controller('api/v1/models')
@Requires('model.read')
export class ModelsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'List the models', description: 'With whether the version that runs here is approved.' })
  @ApiOkResponse({ schema: { example: MODEL_LIST_EXAMPLE } })
  list(): Promise<ModelSummary[]> {
    return this.queries.execute(new ListModels())
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a model’s card, with the digests of its code and its coefficients' })
  read(@Param('id') id: string): Promise<ModelDetail> {
    return this.queries.execute(new DescribeModel(id))
  }

  @Get(':id/versions')
  @ApiOperation({
    summary: 'List the versions of a model that were proposed',
    description: 'In the order of proposal.',
  })
  @ApiOkResponse({ schema: { example: MODEL_VERSIONS_EXAMPLE } })
  versions(@Param('id') model: string, @Query() { status }: ListModelVersionsDto): Promise<ModelVersionRow[]> {
    return this.queries.execute(new ListModelVersions({ model, ...(status && { status }) }))
  }

  @Get(':id/versions/:version')
  @ApiOperation({ summary: 'Read a version with its card, digests, approval and credibility case' })
  @ApiOkResponse({ schema: { example: MODEL_VERSION_EXAMPLE } })
  version(
    @Param() path: ModelVersionPathDto,
    @Query() point: ReadCaseDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ModelVersionView> {
    return this.viewOf(path, point, response)
  }

  @Get(':id/versions/:version/credibility-case')
  @ApiOperation({
    summary: 'Read the credibility case of a version',
    description:
      'Each factor with its goal, what was reached and the evidence; `recordDigest` is what an approval approves.',
  })
  @ApiOkResponse({ schema: { example: CREDIBILITY_CASE_EXAMPLE } })
  async credibilityCase(
    @Param() path: ModelVersionPathDto,
    @Query() point: ReadCaseDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CredibilityCaseView> {
    return (await this.viewOf(path, point, response)).credibilityCase
  }

  private async viewOf(
    { id, version }: ModelVersionPathDto,
    { asOf }: ReadCaseDto,
    response: Response,
  ): Promise<ModelVersionView> {
    const view = await this.queries.execute(
      new GetModelVersion({ model: id, version }, asOf === undefined ? undefined : { asOf }),
    )
    response.setHeader('ETag', etagOf(view.revision))
    return view
  }
}
