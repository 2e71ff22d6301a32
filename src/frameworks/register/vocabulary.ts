/** The words of the legal register: closed lists, so that entries can be compared and filtered. */

export const LEGAL_KINDS = ['law', 'guidance', 'standard', 'case', 'proposal'] as const
export type LegalKind = (typeof LEGAL_KINDS)[number]

/** Where an instrument stands, in the words of those who issue it. */
export const LEGAL_STATUSES = [
  'in force',
  'in force in part',
  'adopted',
  'final',
  'published',
  'Step 4',
  'opinion',
  'judgment',
  'consultation text',
  'draft',
  'proposal',
  'unverified',
] as const
export type LegalStatus = (typeof LEGAL_STATUSES)[number]

/** How sure the facts of an entry are: high, medium, not verified. */
export const LEGAL_CONFIDENCES = ['H', 'M', 'L'] as const
export type LegalConfidence = (typeof LEGAL_CONFIDENCES)[number]

/** What a look at the source brought. */
export const CHECK_OUTCOMES = ['unchanged', 'changed', 'source-unreachable'] as const
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number]

export const RETIREMENT_REASONS = ['repealed', 'withdrawn', 'superseded', 'not-applicable'] as const
export type RetirementReason = (typeof RETIREMENT_REASONS)[number]

/** Where an entry stands in this register. `baseline`: as it came with the software, in force and approved by nobody. */
export const STANDINGS = ['proposed', 'rejected', 'baseline', 'approved', 'retired'] as const
export type Standing = (typeof STANDINGS)[number]

/** Why somebody has to look at an entry. */
export const DUE_REASONS = [
  'never-checked',
  'check-overdue',
  'found-changed',
  'source-unreachable',
  'applies-soon',
  'came-to-apply',
] as const
export type DueReason = (typeof DUE_REASONS)[number]
