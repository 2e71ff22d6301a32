/** How much a decision leans on the model (ASME V&V 40-2018, section 4; FDA CM&S guidance 2023, section VI.C). */
export type Influence = 'low' | 'medium' | 'high'
/** How much harm a wrong decision can do. */
export type Consequence = 'low' | 'medium' | 'high'
export type RiskTier = 'low' | 'medium' | 'high'

/** Where an input is found in a patient's record. */
export interface CardInput {
  /** The input's name in the model's specification. */
  readonly name: string
  /** Codes that carry it, as `system|code` with the short system names `loinc`, `snomed`, `rxnorm`; empty when derived or asked. */
  readonly codes: readonly string[]
  /** ISO 8601 duration; an older value does not count. Absent for what does not change. */
  readonly maximumAge?: string
  /** What happens when it is absent. */
  readonly whenMissing: string
}

/** One published assessment of the model against people it was not made from. */
export interface ValidationStudy {
  readonly population: string
  /** Number of people; null when the source does not give one number. */
  readonly n: number | null
  /** Which measure, and its value as published. */
  readonly metric: string
  /** DOI of the source. */
  readonly citation: string
  /** Set where a figure could not be held against a text of the source: read it with reserve. */
  readonly unverified?: true
}

/** The three kinds of uncertainty, kept apart. */
export interface UncertaintyStatement {
  readonly parameter: string
  readonly measurement: string
  readonly structural: string
}

/** Where sources disagree and which one this model follows. */
export interface ResolvedConflict {
  readonly conflict: string
  readonly resolution: string
}

/**
 * The card of one version of a model: what it is for, how far it can be trusted and where it must not be used.
 * Code and coefficient digests and approvals belong to the registry, which computes and records them.
 */
export interface ModelCard {
  readonly id: string
  readonly version: string
  readonly title: string
  /** DOIs of the publications the equations come from; the first is the principal one. */
  readonly doi: readonly string[]
  readonly questionOfInterest: string
  readonly contextOfUse: string
  readonly risk: {
    readonly influence: Influence
    readonly consequence: Consequence
    readonly tier: RiskTier
  }
  readonly inputs: readonly CardInput[]
  readonly outputs: readonly string[]
  readonly verification: readonly string[]
  readonly validation: readonly ValidationStudy[]
  readonly uncertainty: UncertaintyStatement
  /** Limits of applicability, with those the code refuses by itself first. */
  readonly limits: { readonly refused: readonly string[]; readonly stated: readonly string[] }
  readonly knownBias: readonly string[]
  readonly conflictsResolved: readonly ResolvedConflict[]
  /** `id@version` of what it replaces. */
  readonly supersedes?: string
}

/** The risk tier of an influence and a consequence: the higher the product, the more evidence is asked for. */
export function riskTier(influence: Influence, consequence: Consequence): RiskTier {
  const product = level[influence] * level[consequence]
  if (product >= 6) return 'high'
  return product >= 3 ? 'medium' : 'low'
}

const level = { low: 1, medium: 2, high: 3 } as const

/** An influence and a consequence with the tier that follows from them. */
export function assessRisk(influence: Influence, consequence: Consequence): ModelCard['risk'] {
  return { influence, consequence, tier: riskTier(influence, consequence) }
}
