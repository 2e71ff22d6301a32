/** The shape of a rule: what it is about, how grave a violation is, and when it is violated. */
import type { ClinicalFact, Coding, Demographics, Observation, Quantity } from '../facts.js'
import type { QualityDimension, QualitySeverity } from './finding.js'
import { LOINC, OBSERVABLES, type Observable } from './observables.js'

/** What a fact is judged against. Everything is passed in: rules have no clock and read nothing. */
export interface JudgementContext {
  /** Milliseconds since 1970. */
  now: number
  demographics: Demographics | null
  /** True when an equal statement stands already. */
  repeated: boolean
}

interface RuleHead {
  /** Stable id, kebab-case, `<what is judged>.<what is wrong>`. */
  id: string
  dimension: QualityDimension
  severity: QualitySeverity
  /** For the person who reads the finding. */
  meaning: string
}

/** Judges one value: an observation's own, or one of its components. */
export interface MeasurementRule extends RuleHead {
  violated(measurement: Measurement): boolean
}

/** Judges a fact in its context. */
export interface FactRule extends RuleHead {
  /** Set when the judgement depends on who the person is: such facts are judged again when that changes. */
  personal?: true
  violated(fact: ClinicalFact, context: JudgementContext): boolean
}

/** One value under one code. */
export interface Measurement {
  code: Coding
  quantity?: Quantity
  coded?: Coding
  text?: string
  boolean?: boolean
  absent?: string
  /** What is known of the code; undefined for codes outside the catalogue. */
  observable: Observable | undefined
  /** A panel's own code carries no value. */
  hasComponents: boolean
}

/** An observation's own value, then its components'. */
export function measurementsOf({ components = [], ...own }: Observation): Measurement[] {
  return [
    { ...own, observable: observableOf(own.code), hasComponents: components.length > 0 },
    ...components.map((part) => ({ ...part, observable: observableOf(part.code), hasComponents: false })),
  ]
}

function observableOf(code: Coding): Observable | undefined {
  return code.system === LOINC && Object.hasOwn(OBSERVABLES, code.code) ? OBSERVABLES[code.code] : undefined
}

/** The code a fact is about, where it has one. */
export function codeOf(fact: ClinicalFact): Coding | undefined {
  return 'code' in fact ? fact.code : undefined
}
