/** Why a person left a trial, or a trial ended: closed lists, so that headers carry codes and never what a person typed. */

export const WITHDRAWAL_REASONS = {
  'subject-decision': 'The person decided to leave; they owe nobody a reason (CTR Art. 28(3)).',
  'adverse-event': 'An adverse event.',
  'investigator-decision': 'The investigator judged that staying is not in the interest of the person.',
  'protocol-deviation': 'A deviation from the protocol.',
  'eligibility-not-met': 'The person turned out not to be eligible.',
  'lost-to-follow-up': 'The person could not be reached any more.',
  death: 'The person died.',
  'trial-stopped': 'The trial was stopped.',
} as const
export type WithdrawalReason = keyof typeof WITHDRAWAL_REASONS
export const WITHDRAWAL_REASON_CODES = Object.keys(WITHDRAWAL_REASONS) as WithdrawalReason[]

export const CLOSING_REASONS = {
  completed: 'The trial ended as planned.',
  'stopped-safety': 'Stopped for safety.',
  'stopped-futility': 'Stopped for futility.',
  'stopped-efficacy': 'Stopped early for efficacy.',
  'stopped-sponsor': 'Stopped by decision of the sponsor.',
  'stopped-authority': 'Stopped by an authority or ethics committee.',
} as const
export type ClosingReason = keyof typeof CLOSING_REASONS
export const CLOSING_REASON_CODES = Object.keys(CLOSING_REASONS) as ClosingReason[]
