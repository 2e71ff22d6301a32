import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { findModel } from '../../models/registry/find-model.js'
import { GetTwin } from '../../twins/queries/get-twin.js'
import type { Exclusion, InputReason } from '../inputs/chosen-input.js'
import { INPUT_MAPPINGS } from '../inputs/mappings.js'
import { selectInputs } from '../inputs/select-inputs.js'
import { recordOf } from '../inputs/twin-record.js'

/** Whether a model could run on a twin, and what is in the way. No values. */
export interface ModelReadiness {
  model: string
  version: string
  ready: boolean
  reasons: readonly InputReason[]
  excluded: readonly Exclusion[]
}

/** Which models could run on a twin on a day, consent aside, and what each of the others lacks. */
export class GetReadiness extends Query<ModelReadiness[]> {
  constructor(
    readonly context: CommandContext,
    readonly twin: string,
    /** `YYYY-MM-DD` */
    readonly day: string,
  ) {
    super()
  }
}

@QueryHandler(GetReadiness)
export class GetReadinessHandler implements IQueryHandler<GetReadiness> {
  constructor(private readonly queries: QueryBus) {}

  /** @throws NotFound `twin-not-found` */
  async execute({ context, twin, day }: GetReadiness): Promise<ModelReadiness[]> {
    const record = recordOf(await this.queries.execute(new GetTwin(context, twin, 'full')))
    return INPUT_MAPPINGS.map((mapping) => {
      const model = findModel(mapping.model)
      const { reasons, excluded } = selectInputs(model, mapping, record, day)
      return { model: model.id, version: model.version, ready: reasons.length === 0, reasons, excluded }
    })
  }
}
