import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { findModel } from '../find-model.js'
import { judgeUse, type ModelUse, type UseJudgement } from '../judge-use.js'
import { modelDigests } from '../model-digests.js'
import { ModelVersions } from '../model-versions.js'

/** Whether the version of a model that runs here may be used as asked: read from the ledger at this moment. */
export class JudgeModelUse extends Query<UseJudgement> {
  constructor(
    readonly model: string,
    readonly asked: ModelUse,
    /** v3-ActReason */
    readonly purpose: string,
  ) {
    super()
  }
}

@QueryHandler(JudgeModelUse)
export class JudgeModelUseHandler implements IQueryHandler<JudgeModelUse> {
  constructor(private readonly versions: ModelVersions) {}

  /** @throws NotFound `model-not-found` */
  async execute({ model: id, asked, purpose }: JudgeModelUse): Promise<UseJudgement> {
    const model = findModel(id)
    const { state } = await this.versions.read({ model: id, version: model.version })
    return judgeUse(state, { asked, purpose, digests: modelDigests(model) })
  }
}
