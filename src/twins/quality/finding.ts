/** Data quality judged on arrival, after Kahn et al. 2016 (10.13063/2327-9214.1244): codes only, never a value. */

/** Kahn's categories, with units and currency named apart because reviewers ask for them apart. */
export type QualityDimension = 'conformance' | 'completeness' | 'plausibility' | 'units' | 'currency'

/** `error`: not fit for any computation; `warning`: usable with care; `information`: worth knowing. */
export type QualitySeverity = 'error' | 'warning' | 'information'

/** One judgement of one rule. Payload of `twin.quality-finding-recorded`. */
export interface QualityFinding {
  dimension: QualityDimension
  severity: QualitySeverity
  /** Stable rule id, e.g. `observation.unit-missing`. */
  rule: string
  /** Version of the rule set that judged. */
  ruleSet: string
  /** Event id of the fact judged; absent when the finding is about the twin as a whole. */
  target?: string
  /** LOINC code of what was measured, where the rule is about a measurement (see publicCode). */
  code?: string
}
