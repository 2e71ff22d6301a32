/** Where one input of a model is found, as data: the vocabulary of the mappings. `select-inputs.ts` reads it. */
import type { AuthoriseUse } from '../../consents/commands/authorise-use.js'
import type { InputSpecification } from '../../models/input-specification.js'
import type { InputValue } from './chosen-input.js'

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
  /** ISO 8601 duration in years, months or days; an older value does not count. Absent for what does not change. */
  maximumAge?: string
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

/** True when a diagnosis or procedure is on record; what no entry says is `false`, or not known. */
export interface HistoryRule {
  from: 'history'
  category: DataCategory
  conditions: CodeList
  procedures?: CodeList
  /** `ever`: resolved ones count too; a duration: resolved ones count when they began or ended within it. */
  which: 'current' | 'ever' | { within: string }
  /** `unknown`: that nothing is on record does not say that there was nothing. */
  absent?: 'unknown'
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

/** Completed years when the first of the conditions began. */
export interface AgeAtOnsetRule {
  from: 'age-at-onset'
  category: DataCategory
  conditions: CodeList
}

export interface SexRule {
  from: 'sex'
  category: DataCategory
}

/** What a laboratory found for one gene; results that differ are refused, for a germline does not change. */
export interface GenotypeRule {
  from: 'genotype'
  category: DataCategory
  /** HGNC symbol, or the parameter that names it. */
  gene: string | OwnParameterRule
  /** `diplotype`: two star alleles, `*1/*2`; `bases`: two bases in alphabetical order, `AG`. */
  form: 'diplotype' | 'bases'
  /** What stands for a gene that was never tested, where the publication has a term for it. */
  absent?: string
}

/** Doses of one drug as they were given, times counted from the first: `[{ t_h, amt_mg, dur_h }]`. */
export interface DosesRule {
  from: 'doses'
  category: DataCategory
  /** Or the parameter that names the RxNorm ingredient. */
  drug: CodeList | OwnParameterRule
  maximumAge: string
  /** Infusions have a length: as recorded, else as stated. */
  form: { infusion: OwnParameterRule } | 'bolus'
}

/** Concentrations of one drug from its first dose on: `[{ t_h, mgL }]`. */
export interface LevelsRule {
  from: 'levels'
  category: DataCategory
  /** LOINC, or the parameter that names the code. */
  codes: readonly string[] | OwnParameterRule
  maximumAge: string
  /** Whose first dose is hour 0. */
  doses: DosesRule
}

/** Stated by whoever orders the run: a plan, a judgement, or what the record has no place for. */
export interface ParameterRule {
  from: 'parameter'
  /** What may be stated, where the parameter is not itself an input of the model. */
  specification?: InputSpecification
  /** Taken when nobody states another. */
  default?: InputValue
}

/** A parameter with a specification of its own. */
export type OwnParameterRule = ParameterRule & { specification: InputSpecification }

/** Computed from others, by a formula that is named in the record. */
export interface DerivedRule {
  from: 'derived'
  by: string
  /** Absent for a list or a group. */
  unit?: string
  of: Readonly<Record<string, InputRule>>
  /** @throws NotComputable, ModelRefusal where the formula was not made for such values */
  compute(values: Readonly<Record<string, InputValue>>): InputValue
}

/** The first that can be chosen. */
export interface EitherRule {
  from: 'either'
  rules: readonly InputRule[]
}

/** Left out when it is not on record. */
export interface OptionalRule {
  from: 'optional'
  rule: InputRule
}

export interface FixedRule {
  from: 'fixed'
  value: InputValue
}

export type InputRule =
  | MeasurementRule
  | AnswerRule
  | HistoryRule
  | MedicationRule
  | AgeRule
  | AgeAtOnsetRule
  | SexRule
  | GenotypeRule
  | DosesRule
  | LevelsRule
  | ParameterRule
  | DerivedRule
  | EitherRule
  | OptionalRule
  | FixedRule

/** A formula declines values that are each in order: what it was not made for. */
export class NotComputable extends Error {
  constructor(
    readonly code: 'not-applicable' | 'irregular',
    /** The rule, for a reader; never a value. */
    readonly limit: string,
  ) {
    super(`${code}: ${limit}`)
    this.name = 'NotComputable'
  }
}

/** The rules that a rule is made of; empty for one that reads the record itself. */
export function partsOf(rule: InputRule): readonly (readonly [name: string | null, rule: InputRule])[] {
  switch (rule.from) {
    case 'derived':
      return Object.entries(rule.of)
    case 'either':
      return rule.rules.map((part) => [null, part])
    case 'optional':
      return [[null, rule.rule]]
    case 'genotype':
      return typeof rule.gene === 'string' ? [] : [[null, rule.gene]]
    case 'doses': {
      const length = rule.form === 'bolus' ? [] : [rule.form.infusion]
      return [...('from' in rule.drug ? [rule.drug] : []), ...length].map((part) => [null, part])
    }
    case 'levels':
      return [...('from' in rule.codes ? [rule.codes] : []), rule.doses].map((part) => [null, part])
    default:
      return []
  }
}
