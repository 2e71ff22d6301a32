/** Chooses a model's inputs from a twin by its mapping. Pure: the same twin, day and parameters always give the same inputs. */
import { ModelRefusal } from '../../models/model-refusal.js'
import type { AnyModel } from '../../models/model.js'
import type { ChosenInput, Exclusion, InputReason, InputValue } from './chosen-input.js'
import type { InputMapping } from './mapping.js'
import {
  NotComputable,
  type DerivedRule,
  type EitherRule,
  type HistoryRule,
  type InputRule,
  type OptionalRule,
} from './rules.js'
import { selectDoses, selectLevels } from './select-doses.js'
import { selectGenotype } from './select-genotype.js'
import { selectHistory, selectMedication } from './select-history.js'
import { selectAnswer, selectMeasurement } from './select-measurement.js'
import { selectParameter } from './select-parameter.js'
import { selectAge, selectAgeAtOnset, selectSex } from './select-person.js'
import {
  chose,
  LEFT_OUT,
  refused,
  standingOn,
  type Selection,
  type SelectionReason,
  type SelectionScene,
  type StatedParameters,
} from './selection.js'
import type { TwinRecord } from './twin-record.js'

export interface SelectedInputs {
  /** In the order of the mapping. */
  inputs: readonly ChosenInput[]
  excluded: readonly Exclusion[]
  /** Everything that stands in the way of a run: what could not be chosen, then what the model refuses. */
  reasons: readonly InputReason[]
}

/**
 * @param day `YYYY-MM-DD`, the day as of which the person is looked at
 * @param stated parameters that the mapping declares; one that nothing was taken from is refused
 */
export function selectInputs(
  model: Pick<AnyModel, 'refusals'> & Partial<Pick<AnyModel, 'inputs'>>,
  mapping: InputMapping,
  record: TwinRecord,
  day: string,
  stated: StatedParameters = {},
): SelectedInputs {
  const specifications = new Map((model.inputs ?? []).map((specification) => [specification.name, specification]))
  const scene: SelectionScene = { record, day, stated, specifications }
  const selections = Object.entries(mapping.inputs).map(([input, rule]) => ({ input, ...select(rule, input, scene) }))
  selections.push(...Object.entries(mapping.requires ?? {}).map(([name, rule]) => gate(name, rule, record, day)))
  const inputs = selections.flatMap(({ input, chosen }) => (chosen ? [{ input, ...chosen }] : []))
  const reasons = selections.flatMap(({ input, reasons }) => reasons.map((reason) => ({ input, ...reason })))
  const explained = new Set(reasons.map(({ input }) => rootOf(input)))
  const refusals = model.refusals(modelInput(inputs)).filter(({ input }) => !explained.has(rootOf(input)))
  return {
    inputs,
    excluded: selections.flatMap(({ input, excluded }) => excluded.map((exclusion) => ({ input, ...exclusion }))),
    reasons: [...reasons, ...refusals, ...(reasons.length + refusals.length === 0 ? unused(inputs, stated) : [])],
  }
}

/** The input object of a model, as its specification names it. */
export function modelInput(
  inputs: readonly Pick<ChosenInput, 'input' | 'value' | 'gate'>[],
): Record<string, InputValue> {
  return Object.fromEntries(inputs.filter(({ gate }) => gate !== true).map(({ input, value }) => [input, value]))
}

function gate(input: string, rule: HistoryRule, record: TwinRecord, day: string): Selection & { input: string } {
  const { chosen } = selectHistory(rule, record, day)
  if (chosen?.value !== true) return { input, ...refused({ code: 'not-applicable', limit: 'on record' }) }
  return { input, ...chose({ ...chosen, gate: true }) }
}

/** `op.severity` is about `op`, `doses[3].t_h` about `doses`. */
const rootOf = (input: string): string => input.split(/[.[]/)[0]!

/** The record goes first: to state what it says would be to override it, or to believe so. */
function unused(inputs: readonly ChosenInput[], stated: StatedParameters): InputReason[] {
  const used = new Set(inputs.flatMap(({ parameters = [] }) => parameters))
  return Object.keys(stated)
    .filter((name) => !used.has(name))
    .map((input) => ({ input, code: 'parameter-not-used' }))
}

function select(rule: InputRule, name: string, scene: SelectionScene): Selection {
  const { record, day } = scene
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
    case 'age-at-onset':
      return selectAgeAtOnset(rule, record, day)
    case 'sex':
      return selectSex(record)
    case 'genotype':
      return selectGenotype(rule, scene)
    case 'doses':
      return selectDoses(rule, name, scene)
    case 'levels':
      return selectLevels(rule, scene)
    case 'parameter':
      return selectParameter(rule, name, scene)
    case 'fixed':
      return chose({ value: rule.value, basis: 'fixed', sources: [] })
    case 'derived':
      return derive(rule, scene)
    case 'either':
      return selectEither(rule, name, scene)
    case 'optional':
      return selectOptional(rule, name, scene)
  }
}

function derive({ of, by, unit, compute }: DerivedRule, scene: SelectionScene): Selection {
  const parts = Object.entries(of).map(([name, rule]) => ({ name, ...select(rule, name, scene) }))
  const excluded = parts.flatMap((part) => part.excluded)
  const reasons = parts.flatMap(({ name, reasons }) =>
    reasons.map(({ input = name, ...reason }): SelectionReason => ({ of: input, ...reason })),
  )
  if (reasons.length > 0) return { chosen: null, excluded, reasons }
  const known = parts.flatMap(({ name, chosen }) => (chosen ? [{ name, ...chosen }] : []))
  const value = computed(() => compute(Object.fromEntries(known.map(({ name, value }) => [name, value]))))
  if ('reason' in value) return refused(value.reason, excluded)
  const sources = known.flatMap((part) => part.sources)
  const parameters = standingOn(known.flatMap((part) => part.parameters ?? []))
  const inUnit = unit === undefined ? {} : { unit }
  return chose({ value: value.result, ...inUnit, basis: 'derived', by, sources, ...parameters }, excluded)
}

/** The formula's result, or why it gives none for these values. */
function computed(formula: () => InputValue): { result: InputValue } | { reason: SelectionReason } {
  try {
    const result = formula()
    const isNumberless = typeof result === 'number' && !Number.isFinite(result)
    return isNumberless ? { reason: { code: 'out-of-range' } } : { result }
  } catch (error) {
    if (error instanceof NotComputable) return { reason: { code: error.code, limit: error.limit } }
    if (!(error instanceof ModelRefusal)) throw error
    const { input, code, limit } = error.reasons[0]!
    return { reason: { code, of: input, ...(limit !== undefined && { limit }) } }
  }
}

/** When none can be chosen or left out, the reason is that of the first which found anything at all. */
function selectEither({ rules }: EitherRule, name: string, scene: SelectionScene): Selection {
  const excluded: Selection['excluded'][number][] = []
  const reasons: SelectionReason[] = []
  for (const rule of rules) {
    const selection = select(rule, name, scene)
    excluded.push(...selection.excluded)
    reasons.push(...selection.reasons)
    if (selection.chosen || selection.reasons.length === 0) return { ...selection, excluded }
  }
  const best = reasons.find(({ code }) => code !== 'missing')
  return refused(best ?? { code: 'missing' }, excluded)
}

function selectOptional({ rule }: OptionalRule, name: string, scene: SelectionScene): Selection {
  const selection = select(rule, name, scene)
  return selection.chosen ? selection : { ...LEFT_OUT, excluded: selection.excluded }
}
