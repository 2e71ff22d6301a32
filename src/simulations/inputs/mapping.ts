/** How a model's inputs are found in a twin, as data. One mapping a model. */
import type { InputSpecification } from '../../models/input-specification.js'
import type { AnyModel } from '../../models/model.js'
import type { InputValue } from './chosen-input.js'
import { partsOf, type DataCategory, type HistoryRule, type InputRule } from './rules.js'

export interface InputMapping {
  /** Model id. */
  model: string
  /** Raised whenever a rule changes: recorded in each run. */
  version: string
  inputs: Readonly<Record<string, InputRule>>
  /** What has to be on record before the model may run: whom it was made for, where no input says it. */
  requires?: Readonly<Record<string, HistoryRule>>
}

/** A parameter that a run of the model may state, or has to. */
export interface DeclaredParameter {
  specification: InputSpecification
  /**
   * `always`; `when-not-recorded`: the record goes first, and stating what it says is refused; `optional`: the model, or a
   * default, does without.
   */
  needed: 'always' | 'when-not-recorded' | 'optional'
  default?: InputValue
}

/** Every category of data that the mapping reads: what consent has to cover. */
export function categoriesOf({ inputs, requires = {} }: InputMapping): DataCategory[] {
  return [...new Set([...Object.values(inputs), ...Object.values(requires)].flatMap(categories))].sort()
}

function categories(rule: InputRule): DataCategory[] {
  const own = 'category' in rule ? [rule.category] : []
  const operations: DataCategory[] = rule.from === 'history' && rule.procedures ? ['procedures'] : []
  const birth: DataCategory[] = rule.from === 'age-at-onset' ? ['demographics'] : []
  return [...own, ...operations, ...birth, ...partsOf(rule).flatMap(([, part]) => categories(part))]
}

/** What may be stated, by name, in the order of the mapping. What is not here is refused. */
export function parametersOf(mapping: InputMapping, model: AnyModel): DeclaredParameter[] {
  const found = new Map<string, DeclaredParameter>()
  for (const [input, rule] of Object.entries(mapping.inputs)) collect(input, rule, 'always')
  return [...found.values()]

  function collect(name: string, rule: InputRule, needed: DeclaredParameter['needed']): void {
    if (rule.from === 'parameter') {
      const specification = rule.specification ?? specificationOf(model, name)
      const isOptional = specification.optional === true || rule.default !== undefined
      if (!found.has(specification.name)) {
        const fallback = rule.default === undefined ? {} : { default: rule.default }
        found.set(specification.name, { specification, needed: isOptional ? 'optional' : needed, ...fallback })
      }
    }
    const within = rule.from === 'either' || rule.from === 'doses' ? 'when-not-recorded' : needed
    for (const [part, inner] of partsOf(rule)) collect(part ?? name, inner, within)
  }
}

/** @throws Error a rule names an input that the model does not have: a fault of the mapping */
export function specificationOf(model: AnyModel, name: string): InputSpecification {
  const specification = model.inputs.find((candidate) => candidate.name === name)
  if (!specification) throw new Error(`${model.id} has no input ${name}.`)
  return specification
}
