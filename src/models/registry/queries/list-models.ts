import { Inject } from '@nestjs/common'
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { MODEL_LIBRARY } from '../../library/index.js'
import type { ModelCard } from '../../model-card.js'
import type { AnyModel } from '../../model.js'
import { reasonsAgainstDecisions, type UseReason } from '../judge-use.js'
import { modelDigests } from '../model-digests.js'
import type { VersionStatus } from '../model-version-state.js'
import { ModelVersions } from '../model-versions.js'
import { MODELS_ON_TWINS } from '../models-on-twins.js'

export interface ModelSummary {
  id: string
  version: string
  title: string
  doi: readonly string[]
  risk: ModelCard['risk']
  /** Whether its inputs can be taken from a twin. */
  runsOnTwins: boolean
  /** Of the version that runs here; null when it was never proposed. */
  status: VersionStatus | null
  /** Whether it may be used for decisions within its context of use. */
  forDecisions: boolean
  /** Why it may not. */
  reasons: readonly UseReason[]
}

/** The models of this service, as they run here, with where their approval stands at this moment. */
export class ListModels extends Query<ModelSummary[]> {}

@QueryHandler(ListModels)
export class ListModelsHandler implements IQueryHandler<ListModels> {
  constructor(
    private readonly versions: ModelVersions,
    @Inject(MODELS_ON_TWINS) private readonly onTwins: readonly string[],
  ) {}

  execute(): Promise<ModelSummary[]> {
    return Promise.all(MODEL_LIBRARY.map((model) => this.summaryOf(model)))
  }

  private async summaryOf(model: AnyModel): Promise<ModelSummary> {
    const { id, version, card } = model
    const { state } = await this.versions.read({ model: id, version })
    const reasons = reasonsAgainstDecisions(state, modelDigests(model))
    return {
      id,
      version,
      title: card.title,
      doi: card.doi,
      risk: card.risk,
      runsOnTwins: this.onTwins.includes(id),
      status: state.status,
      forDecisions: reasons.length === 0,
      reasons,
    }
  }
}
