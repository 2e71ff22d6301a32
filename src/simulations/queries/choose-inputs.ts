import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { findModel } from '../../models/registry/find-model.js'
import { GetTwin } from '../../twins/queries/get-twin.js'
import { mappingOf } from '../inputs/mappings.js'
import { selectInputs, type SelectedInputs } from '../inputs/select-inputs.js'
import { requireDeclared } from '../inputs/select-parameter.js'
import type { StatedParameters } from '../inputs/selection.js'
import { recordOf } from '../inputs/twin-record.js'

/** A twin's inputs for one model, each with the events it stands on; nothing is run and nothing but the reading recorded. */
export interface TwinInputs extends SelectedInputs {
  model: string
  version: string
  /** Version of the rules by which the inputs were chosen. */
  mapping: string
  twin: string
  twinRevision: number
  subject: string
  /** `YYYY-MM-DD` */
  day: string
}

/**
 * What a model would be given for a twin as of a day. Opens values: whoever shows or uses them asks the person's consent
 * (AuthoriseUse with `categoriesOf(mapping)`) first, as a run does.
 */
export class ChooseInputs extends Query<TwinInputs> {
  constructor(
    readonly context: CommandContext,
    readonly twin: string,
    readonly model: string,
    readonly options: {
      /** `YYYY-MM-DD`, default today (UTC). */
      day?: string
      twinRevision?: number
      parameters?: StatedParameters
    } = {},
  ) {
    super()
  }
}

@QueryHandler(ChooseInputs)
export class ChooseInputsHandler implements IQueryHandler<ChooseInputs> {
  constructor(private readonly queries: QueryBus) {}

  /**
   * @throws NotFound `twin-not-found`, `model-not-found`; Unprocessable `model-not-mapped`
   * @throws InvalidRequest `parameter-not-declared`
   */
  async execute({ context, twin, model: id, options }: ChooseInputs): Promise<TwinInputs> {
    const { day = new Date().toISOString().slice(0, 10), twinRevision, parameters = {} } = options
    const model = findModel(id)
    const mapping = mappingOf(id)
    requireDeclared(model, mapping, parameters)
    const view = await this.queries.execute(new GetTwin(context, twin, 'full', { revision: twinRevision }))
    return {
      ...selectInputs(model, mapping, recordOf(view), day, parameters),
      model: id,
      version: model.version,
      mapping: mapping.version,
      twin,
      twinRevision: view.revision,
      subject: view.subject,
      day,
    }
  }
}
