/** How a model's inputs are found in a twin, as data. One mapping a model; `select-inputs.ts` reads it. */
import type { AuthoriseUse } from '../../consents/commands/authorise-use.js'

/** Kinds of data as consents name them. */
export type DataCategory = NonNullable<AuthoriseUse['request']['use']['dataCategories']>[number]

export interface CodeList {
  loinc?: readonly string[]
  snomed?: readonly string[]
  rxnorm?: readonly string[]
  /** ICD-10 categories; every code below them counts: `I21` stands for `I21.4` too. */
  icd10?: readonly string[]
}

/** The newest usable measurement under one of the codes. */
export interface MeasurementRule {
  from: 'measurement'
  category: DataCategory
  /** LOINC; where two are of one moment the earlier in this list is taken, then the one recorded last. */
  codes: readonly string[]
  /** UCUM unit the model takes. */
  unit: string
  /** g/mol, where mass and amount of substance are both in use. */
  molarMass?: number
  /** ISO 8601 duration in years or months; an older value does not count. */
  maximumAge: string
  /** A value below the detection limit counts as the limit; otherwise it does not count. */
  censoredBelow?: 'limit'
}

/** The newest usable coded answer. */
export interface AnswerRule {
  from: 'answer'
  category: DataCategory
  codes: readonly string[]
  /** What each answer means; others are not understood. */
  answers: Readonly<Record<string, string | boolean>>
  maximumAge: string
}

/** True when a diagnosis or procedure is on record; false when none is. */
export interface HistoryRule {
  from: 'history'
  category: DataCategory
  conditions: CodeList
  procedures?: CodeList
  /** `ever`: resolved ones count too. */
  which: 'current' | 'ever'
}

/** True when a drug is being taken; false when none is on record. */
export interface MedicationRule {
  from: 'medication'
  category: DataCategory
  codes: CodeList
}

/** Completed years on the day of the run. */
export interface AgeRule {
  from: 'age'
  category: DataCategory
}

export interface SexRule {
  from: 'sex'
  category: DataCategory
}

/** Computed from others, by a formula that is named in the record. */
export interface DerivedRule {
  from: 'derived'
  by: string
  unit: string
  of: Readonly<Record<string, InputRule>>
  compute(values: Readonly<Record<string, number | string | boolean>>): number
}

/** The first that can be chosen. */
export interface EitherRule {
  from: 'either'
  rules: readonly InputRule[]
}

export interface FixedRule {
  from: 'fixed'
  value: string | number | boolean
}

export type InputRule =
  MeasurementRule | AnswerRule | HistoryRule | MedicationRule | AgeRule | SexRule | DerivedRule | EitherRule | FixedRule

export interface InputMapping {
  /** Model id. */
  model: string
  /** Raised whenever a rule changes: recorded in each run. */
  version: string
  inputs: Readonly<Record<string, InputRule>>
}

/** Every category of data that the mapping reads: what consent has to cover. */
export function categoriesOf({ inputs }: InputMapping): DataCategory[] {
  return [...new Set(Object.values(inputs).flatMap(categories))].sort()
}

function categories(rule: InputRule): DataCategory[] {
  switch (rule.from) {
    case 'derived':
      return Object.values(rule.of).flatMap(categories)
    case 'either':
      return rule.rules.flatMap(categories)
    case 'fixed':
      return []
    case 'history':
      return rule.procedures ? [rule.category, 'procedures'] : [rule.category]
    default:
      return [rule.category]
  }
}
