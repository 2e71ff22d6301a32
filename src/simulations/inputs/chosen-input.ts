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

export interface ChosenInput {
  /** The input's name in the model's specification. */
  input: string
  value: number | string | boolean
  /** UCUM unit the model takes it in. */
  unit?: string
  /**
   * `recorded`: as measured, its unit converted; `derived`: computed, by what `by` says; `not-in-record`: no entry says
   * otherwise; `fixed`: decided by the mapping or the caller.
   */
  basis: 'recorded' | 'derived' | 'not-in-record' | 'fixed'
  by?: string
  sources: readonly InputSource[]
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

/** Why an input could not be chosen: the model's own reasons, or the best of what was passed over for it. Never a value. */
export interface InputReason {
  input: string
  code: RefusalReason['code'] | ExclusionCode | 'imprecise' | 'deceased'
  limit?: string
}
