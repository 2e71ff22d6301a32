/** What was chosen as a model's input, and what was passed over: part of the record of a run. */
import type { RefusalReason } from '../../models/model-refusal.js'

/** A fact that an input stands on. */
export interface InputSource {
  /** Event that recorded the fact, or the person's demographic details. */
  eventId: string
  /** The code it was found under, as `system|code` with the short system names `loinc`, `snomed`, `rxnorm`, `icd10`. */
  code?: string
  /** As recorded. */
  value?: number | string
  unit?: string
  /** FHIR date or dateTime, as recorded. */
  observedAt?: string
}

/** A number, text or truth, or a list or group of them: whatever a model's specification can ask for. */
export type InputValue = number | string | boolean | readonly InputValue[] | { readonly [member: string]: InputValue }

export interface ChosenInput {
  /** The input's name in the model's specification. */
  input: string
  value: InputValue
  /** UCUM unit the model takes it in. */
  unit?: string
  /**
   * `recorded`: as measured, its unit converted; `derived`: computed, by what `by` says; `not-in-record`: no entry says
   * otherwise; `fixed`: decided by the mapping; `stated`: a parameter that whoever ordered the run stated.
   */
  basis: 'recorded' | 'derived' | 'not-in-record' | 'fixed' | 'stated'
  by?: string
  sources: readonly InputSource[]
  /** True for what has to hold before the model may run and is not itself an input of it. */
  gate?: true
  /** Names of the stated parameters that went into a value which does not come from them alone. */
  parameters?: readonly string[]
}

/** Why a fact could not serve. */
export type ExclusionCode =
  | 'quality-error'
  | 'stale'
  | 'in-future'
  | 'undated'
  | 'not-final'
  | 'censored'
  | 'no-value'
  | 'unit-not-convertible'
  | 'value-not-understood'

/** A fact that was looked at and passed over. */
export interface Exclusion {
  input: string
  eventId: string
  code: ExclusionCode
  /** The data-quality rule that found the error. */
  rule?: string
}

/**
 * Why an input could not be chosen: the model's own reasons, the best of what was passed over for it, or
 *
 * - `imprecise`, `deceased`: the person's dates do not give an age
 * - `conflicting`: results that cannot both be true, such as two genotypes of one gene
 * - `irregular`: doses that follow no regimen
 * - `parameter-missing`: the record cannot say it and nobody stated it
 * - `parameter-not-used`: it was stated, and the record says it
 * - `after-randomisation`: a covariate of baseline was observed later, or the person looked at as of a later day
 *
 * Never a value.
 */
export interface InputReason {
  input: string
  code:
    | RefusalReason['code']
    | ExclusionCode
    | 'imprecise'
    | 'deceased'
    | 'conflicting'
    | 'irregular'
    | 'parameter-missing'
    | 'parameter-not-used'
    | 'after-randomisation'
  limit?: string
  /** The part of a computed input that is in the way. */
  of?: string
}
