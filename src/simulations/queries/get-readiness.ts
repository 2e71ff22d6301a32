import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { FindCoverages, type Coverage, type Use } from '../../consents/queries/find-coverages.js'
import type { CommandContext } from '../../journal/command-context.js'
import type { AnyModel } from '../../models/model.js'
import { MODEL_LIBRARY } from '../../models/library/index.js'
import { GetTwin } from '../../twins/queries/get-twin.js'
import type { Exclusion, InputReason } from '../inputs/chosen-input.js'
import { parametersOf, type DeclaredParameter, type InputMapping } from '../inputs/mapping.js'
import { INPUT_MAPPINGS } from '../inputs/mappings.js'
import { selectInputs } from '../inputs/select-inputs.js'
import { recordOf, type TwinRecord } from '../inputs/twin-record.js'
import { useOf, type RunOrder } from '../run-order.js'

/** Whether a model could run on a twin, and what is in the way. No values. */
export interface ModelReadiness {
  model: string
  version: string
  title: string
  /**
   * `ready`; `needs-parameters`: only statements are lacking; `lacks-data`: see `reasons`; `not-on-twins`: a model of trial
   * design, which concerns no person.
   */
  status: 'ready' | 'needs-parameters' | 'lacks-data' | 'not-on-twins'
  /** True when the model could run as it stands, consent aside. */
  ready: boolean
  /** What the record lacks or the model refuses; `parameter-missing` for what somebody has to state. */
  reasons: readonly InputReason[]
  excluded: readonly Exclusion[]
  /** Everything a run may state. */
  parameters: readonly DeclaredParameter[]
  /** Whether a consent in force covers the use; null for a model that is not for twins. A run asks again. */
  consent: Coverage | null
}

/** The use that consent is asked about. */
export type IntendedUse = Pick<RunOrder, 'purpose' | 'trial' | 'commercial' | 'disease'>

/** Which models could run on a twin on a day for a use, and what each of the others lacks. */
export class GetReadiness extends Query<ModelReadiness[]> {
  constructor(
    readonly context: CommandContext,
    readonly twin: string,
    /** `YYYY-MM-DD` */
    readonly day: string,
    readonly use: IntendedUse = { purpose: 'HRESCH' },
  ) {
    super()
  }
}

@QueryHandler(GetReadiness)
export class GetReadinessHandler implements IQueryHandler<GetReadiness> {
  constructor(private readonly queries: QueryBus) {}

  /** The twin and the consents are read once for all models. @throws NotFound `twin-not-found` */
  async execute({ context, twin, day, use }: GetReadiness): Promise<ModelReadiness[]> {
    const view = await this.queries.execute(new GetTwin(context, twin, 'full'))
    const uses = INPUT_MAPPINGS.map((mapping): Use => useOf({ ...use, model: mapping.model }, mapping))
    const coverages = await this.queries.execute(new FindCoverages(view.subject, uses))
    const consents = new Map(INPUT_MAPPINGS.map(({ model }, index) => [model, coverages[index]!]))
    const record = recordOf(view)
    return MODEL_LIBRARY.map((model) => {
      const mapping = INPUT_MAPPINGS.find((candidate) => candidate.model === model.id)
      return mapping ? readinessOf(model, mapping, { record, day, consent: consents.get(model.id)! }) : noTwin(model)
    })
  }
}

function readinessOf(
  model: AnyModel,
  mapping: InputMapping,
  { record, day, consent }: { record: TwinRecord; day: string; consent: Coverage },
): ModelReadiness {
  const { reasons, excluded } = selectInputs(model, mapping, record, day)
  const isLackingData = reasons.some(({ code }) => code !== 'parameter-missing')
  const status = isLackingData ? 'lacks-data' : reasons.length > 0 ? 'needs-parameters' : 'ready'
  const parameters = parametersOf(mapping, model)
  return { ...headerOf(model), status, ready: status === 'ready', reasons, excluded, parameters, consent }
}

function noTwin(model: AnyModel): ModelReadiness {
  const nothing = { reasons: [], excluded: [], parameters: [], consent: null }
  return { ...headerOf(model), status: 'not-on-twins', ready: false, ...nothing }
}

function headerOf({ id, version, card: { title } }: AnyModel) {
  return { model: id, version, title }
}
