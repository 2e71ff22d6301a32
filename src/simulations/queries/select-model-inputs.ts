import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { InputMapping } from '../inputs/mapping.js'
import { selectInputs, type SelectedInputs } from '../inputs/select-inputs.js'
import { recordOf, type TwinView } from '../inputs/twin-record.js'
import type { AnyModel } from '../../models/model.js'

/** Rules that more than one mapping has. */
export { DIASTOLIC, HEART_RATE, height, SEX, SYSTOLIC, vitalSign, weight } from '../inputs/common-rules.js'
export { echo, LINEAR } from '../inputs/heart.js'
export type { ChosenInput, InputReason } from '../inputs/chosen-input.js'
export type { InputMapping } from '../inputs/mapping.js'
export type { SelectedInputs } from '../inputs/select-inputs.js'

/** Chooses inputs from a twin that was read already, by the rules that runs follow. The reading is on record by then. */
export class SelectModelInputs extends Query<SelectedInputs> {
  constructor(
    /** In full detail when age or sex are inputs. */
    readonly view: TwinView,
    readonly mapping: InputMapping,
    /** What judges the chosen values together. */
    readonly judge: Pick<AnyModel, 'refusals'>,
    /** `YYYY-MM-DD`, the day as of which the person is looked at. */
    readonly day: string,
  ) {
    super()
  }
}

@QueryHandler(SelectModelInputs)
export class SelectModelInputsHandler implements IQueryHandler<SelectModelInputs> {
  execute({ view, mapping, judge, day }: SelectModelInputs): Promise<SelectedInputs> {
    return Promise.resolve(selectInputs(judge, mapping, recordOf(view), day))
  }
}
