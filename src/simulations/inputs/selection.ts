/** What choosing one input, or a part of one, works on and leads to. */
import type { InputSpecification } from '../../models/input-specification.js'
import type { ChosenInput, Exclusion, InputReason, InputValue } from './chosen-input.js'
import type { TwinRecord } from './twin-record.js'

/** Parameters of a run by name, as whoever ordered it stated them. */
export type StatedParameters = Readonly<Record<string, InputValue>>

export interface SelectionScene {
  record: TwinRecord
  /** `YYYY-MM-DD` */
  day: string
  stated: StatedParameters
  /** Of the model's inputs, by name: what a stated one must be. */
  specifications: ReadonlyMap<string, InputSpecification>
}

/** `input` is given where the reason is about another name than that of the rule, such as a member of a group. */
export type SelectionReason = Omit<InputReason, 'input'> & { input?: string }

export interface Selection {
  /** Null when nothing could be chosen, or nothing has to be. */
  chosen: Omit<ChosenInput, 'input'> | null
  excluded: readonly Omit<Exclusion, 'input'>[]
  /** Empty when something was chosen, or nothing has to be. */
  reasons: readonly SelectionReason[]
}

export const chose = (chosen: NonNullable<Selection['chosen']>, excluded: Selection['excluded'] = []): Selection => ({
  chosen,
  excluded,
  reasons: [],
})

export const refused = (reason: SelectionReason, excluded: Selection['excluded'] = []): Selection => ({
  chosen: null,
  excluded,
  reasons: [reason],
})

export const LEFT_OUT: Selection = { chosen: null, excluded: [], reasons: [] }

/** The parameters a value stands on: the field is absent when there are none. */
export function standingOn(parameters: readonly string[]): { parameters?: readonly string[] } {
  return parameters.length === 0 ? {} : { parameters: [...new Set(parameters)] }
}
