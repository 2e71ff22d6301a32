/** Why a mesh was detached: a closed list, so that the log carries codes and never what a person typed. */
export const DETACHMENT_REASONS = {
  'wrong-person': 'The mesh belongs to somebody else.',
  'wrong-organ': 'The mesh shows another organ than stated.',
  superseded: 'A better mesh takes its place.',
  'subject-request': 'The person asked for it (GDPR Art. 17).',
} as const
export type DetachmentReason = keyof typeof DETACHMENT_REASONS
export const DETACHMENT_REASON_CODES = Object.keys(DETACHMENT_REASONS) as DetachmentReason[]
