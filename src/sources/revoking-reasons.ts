/** Why data of a source is taken no longer: codes, so that a header never carries a sentence. */
export const REVOKING_REASONS = ['decommissioned', 'not-trusted', 'data-faulty', 'agreement-ended'] as const
export type RevokingReason = (typeof REVOKING_REASONS)[number]
