/** Chooses a model's inputs from a twin by its mapping. Pure: the same twin and day always give the same inputs. */
import { ModelRefusal } from '../../models/model-refusal.js'
import type { AnyModel } from '../../models/model.js'
import type { ChosenInput, Exclusion, InputReason } from './chosen-input.js'
import type { DerivedRule, EitherRule, InputMapping, InputRule } from './mapping.js'
import { selectHistory, selectMedication } from './select-history.js'
import { selectAnswer, selectMeasurement, type Selection } from './select-measurement.js'
import { selectAge, selectSex } from './select-person.js'
import type { TwinRecord } from './twin-record.js'

export interface SelectedInputs {
  /** In the order of the mapping. */
  inputs: readonly ChosenInput[]
  excluded: readonly Exclusion[]
  /** Everything that stands in the way of a run: what could not be chosen, then what the model refuses. */
  reasons: readonly InputReason[]
}

/** @param day `YYYY-MM-DD`, the day as of which the person is looked at */
export function selectInputs(
  model: Pick<AnyModel, 'refusals'>,
  mapping: InputMapping,
  record: TwinRecord,
  day: string,
): SelectedInputs {
  const selections = Object.entries(mapping.inputs).map(([input, rule]) => ({ input, ...select(rule, record, day) }))
  const inputs = selections.flatMap(({ input, chosen }) => (chosen ? [{ input, ...chosen }] : []))
  const reasons = selections.flatMap(({ input, reasons }) => reasons.map((reason) => ({ input, ...reason })))
  const explained = new Set(reasons.map(({ input }) => input))
  return {
    inputs,
    excluded: selections.flatMap(({ input, excluded }) => excluded.map((exclusion) => ({ input, ...exclusion }))),
    reasons: [...reasons, ...model.refusals(modelInput(inputs)).filter(({ input }) => !explained.has(input))],
  }
}

/** The input object of a model, as its specification names it. */
export function modelInput(inputs: readonly ChosenInput[]): Record<string, number | string | boolean> {
  return Object.fromEntries(inputs.map(({ input, value }) => [input, value]))
}

function select(rule: InputRule, record: TwinRecord, day: string): Selection {
  switch (rule.from) {
    case 'measurement':
      return selectMeasurement(rule, record, day)
    case 'answer':
      return selectAnswer(rule, record, day)
    case 'history':
      return selectHistory(rule, record, day)
    case 'medication':
      return selectMedication(rule, record, day)
    case 'age':
      return selectAge(record, day)
    case 'sex':
      return selectSex(record)
    case 'fixed':
      return { chosen: { value: rule.value, basis: 'fixed', sources: [] }, excluded: [], reasons: [] }
    case 'derived':
      return derive(rule, record, day)
    case 'either':
      return selectEither(rule, record, day)
  }
}

function derive({ of, by, unit, compute }: DerivedRule, record: TwinRecord, day: string): Selection {
  const parts = Object.entries(of).map(([name, rule]) => ({ name, ...select(rule, record, day) }))
  const excluded = parts.flatMap((part) => part.excluded)
  const reasons = parts.flatMap((part) => part.reasons)
  if (reasons.length > 0) return { chosen: null, excluded, reasons: reasons.slice(0, 1) }
  const value = computed(() => compute(Object.fromEntries(parts.map(({ name, chosen }) => [name, chosen!.value]))))
  if (value === null) return { chosen: null, excluded, reasons: [{ code: 'out-of-range' }] }
  const sources = parts.flatMap(({ chosen }) => chosen!.sources)
  return { chosen: { value, unit, basis: 'derived', by, sources }, excluded, reasons: [] }
}

/** Null where the formula gives no number for these values, or is a model that refuses them. */
function computed(formula: () => number): number | null {
  try {
    const value = formula()
    return Number.isFinite(value) ? value : null
  } catch (error) {
    if (error instanceof ModelRefusal) return null
    throw error
  }
}

/** When none can be chosen, the reason is that of the first which found anything at all. */
function selectEither({ rules }: EitherRule, record: TwinRecord, day: string): Selection {
  const excluded: Omit<Exclusion, 'input'>[] = []
  const reasons: Omit<InputReason, 'input'>[] = []
  for (const rule of rules) {
    const selection = select(rule, record, day)
    excluded.push(...selection.excluded)
    reasons.push(...selection.reasons)
    if (selection.chosen) return { ...selection, excluded }
  }
  return { chosen: null, excluded, reasons: [reasons.find(({ code }) => code !== 'missing') ?? { code: 'missing' }] }
}
