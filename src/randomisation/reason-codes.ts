/** Why an arm or the data of a trial had to be opened, or were locked with open questions: codes, so that a header never carries what a person typed. */
export const UNBLINDING_REASONS = {
  'emergency-treatment': 'How the person is treated now depends on the arm.',
  'serious-adverse-reaction': 'A suspected unexpected serious adverse reaction (CTR Annex III 2.1).',
  overdose: 'More was taken than was meant.',
  pregnancy: 'The person is pregnant.',
} as const
export type UnblindingReason = keyof typeof UNBLINDING_REASONS
export const UNBLINDING_REASON_CODES = Object.keys(UNBLINDING_REASONS) as UnblindingReason[]

export const UNLOCKING_REASONS = {
  'data-wrong': 'Values of the data set are wrong, and it matters for the analysis.',
  'data-missing': 'Data that belong to the set were recorded late.',
  'safety-reconciliation': 'The data set and the safety database differ.',
  'locked-in-error': 'The data were locked by mistake.',
} as const
export type UnlockingReason = keyof typeof UNLOCKING_REASONS
export const UNLOCKING_REASON_CODES = Object.keys(UNLOCKING_REASONS) as UnlockingReason[]

/** Why the arms of a whole trial are opened. */
export const TRIAL_UNBLINDING_REASONS = {
  'planned-analysis': 'The trial is over and its analysis is due.',
  'interim-analysis': 'The protocol provides for a look at this point.',
  safety: 'The safety of participants asks for it.',
  'regulator-request': 'An authority asks for it.',
} as const
export type TrialUnblindingReason = keyof typeof TRIAL_UNBLINDING_REASONS
export const TRIAL_UNBLINDING_REASON_CODES = Object.keys(TRIAL_UNBLINDING_REASONS) as TrialUnblindingReason[]

/** Why a trial is unblinded although nobody laid down how it is analysed. */
export const NO_PLAN_REASONS = {
  'terminated-early': 'The trial ended before there was anything to analyse.',
  'plan-kept-elsewhere': 'The plan is frozen in a system of the sponsor and was not registered here.',
  'no-analysis': 'The trial is not analysed by arm.',
} as const
export type NoPlanReason = keyof typeof NO_PLAN_REASONS
export const NO_PLAN_REASON_CODES = Object.keys(NO_PLAN_REASONS) as NoPlanReason[]

export const LEAVING_OPEN_REASONS = {
  'no-effect-on-analysis': 'Whatever the answers are, the analysis does not depend on them.',
  'site-cannot-answer': 'The site has closed, or the source does not exist any more.',
  'authority-deadline': 'An authority has set a day by which the data are locked.',
} as const
export type LeavingOpenReason = keyof typeof LEAVING_OPEN_REASONS
export const LEAVING_OPEN_REASON_CODES = Object.keys(LEAVING_OPEN_REASONS) as LeavingOpenReason[]
