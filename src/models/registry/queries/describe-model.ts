import { Inject } from '@nestjs/common'
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { InputSpecification } from '../../input-specification.js'
import type { ModelCard } from '../../model-card.js'
import type { OutputSpecification } from '../../model.js'
import { findModel } from '../find-model.js'
import { modelDigests, type ModelDigests } from '../model-digests.js'
import { MODELS_ON_TWINS } from '../models-on-twins.js'

export interface ModelDetail {
  card: ModelCard
  digests: ModelDigests
  inputs: readonly InputSpecification[]
  outputs: readonly OutputSpecification[]
  /** Whether its inputs can be taken from a twin. */
  runsOnTwins: boolean
}

/** A model as it runs here: its card, digests and specification. */
export class DescribeModel extends Query<ModelDetail> {
  constructor(readonly id: string) {
    super()
  }
}

@QueryHandler(DescribeModel)
export class DescribeModelHandler implements IQueryHandler<DescribeModel> {
  constructor(@Inject(MODELS_ON_TWINS) private readonly onTwins: readonly string[]) {}

  /** @throws NotFound `model-not-found` */
  async execute({ id }: DescribeModel): Promise<ModelDetail> {
    const model = findModel(id)
    const { card, inputs, outputs } = model
    return { card, digests: modelDigests(model), inputs, outputs, runsOnTwins: this.onTwins.includes(id) }
  }
}
