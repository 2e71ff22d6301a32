/** Why the arm of one participant had to be opened: codes, so that a header never carries what a person typed. */
export const UNBLINDING_REASONS = {
  'emergency-treatment': 'How the person is treated now depends on the arm.',
  'serious-adverse-reaction': 'A suspected unexpected serious adverse reaction (CTR Annex III 2.1).',
  overdose: 'More was taken than was meant.',
  pregnancy: 'The person is pregnant.',
} as const
export type UnblindingReason = keyof typeof UNBLINDING_REASONS
export const UNBLINDING_REASON_CODES = Object.keys(UNBLINDING_REASONS) as UnblindingReason[]
