import { Controller, Get, Param } from '@nestjs/common'
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger'
import { Requires } from '../identity/route-policy.js'
import type { InputSpecification } from '../models/input-specification.js'
import { MODEL_LIBRARY } from '../models/library/index.js'
import type { ModelCard } from '../models/model-card.js'
import type { OutputSpecification } from '../models/model.js'
import { findModel } from '../models/registry/find-model.js'
import { modelDigests, type ModelDigests } from '../models/registry/model-digests.js'
import { INPUT_MAPPINGS } from './inputs/mappings.js'

export interface ModelSummary {
  id: string
  version: string
  title: string
  doi: readonly string[]
  risk: ModelCard['risk']
  /** Whether its inputs can be taken from a twin. */
  runsOnTwins: boolean
}

export interface ModelDetail {
  card: ModelCard
  digests: ModelDigests
  inputs: readonly InputSpecification[]
  outputs: readonly OutputSpecification[]
  runsOnTwins: boolean
}

/** The models of this service: what they are for, how far they can be trusted, what they take and give. */
@ApiTags('models')
@ApiBearerAuth()
@Controller('api/v1/models')
export class ModelsController {
  @Get()
  @Requires('model.read')
  @ApiOperation({ summary: 'List the models' })
  list(): ModelSummary[] {
    return MODEL_LIBRARY.map(({ id, version, card: { title, doi, risk } }) => ({
      id,
      version,
      title,
      doi,
      risk,
      runsOnTwins: runsOnTwins(id),
    }))
  }

  @Get(':id')
  @Requires('model.read')
  @ApiOperation({ summary: 'Read a model’s card, with the digests of its code and its coefficients' })
  read(@Param('id') id: string): ModelDetail {
    const model = findModel(id)
    const { card, inputs, outputs } = model
    return { card, digests: modelDigests(model), inputs, outputs, runsOnTwins: runsOnTwins(id) }
  }
}

function runsOnTwins(id: string): boolean {
  return INPUT_MAPPINGS.some(({ model }) => model === id)
}
