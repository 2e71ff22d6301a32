/** Why access was given or taken: codes, so that a header never carries a sentence. */
export const ACCESS_REASONS = [
  'left-organisation',
  'role-ended',
  'credentials-lost',
  'misuse-suspected',
  'error-corrected',
] as const
export type AccessReason = (typeof ACCESS_REASONS)[number]

/** Why a record of another site had to be opened. */
export const EMERGENCY_REASONS = ['life-threatening', 'patient-unresponsive', 'safety-report', 'public-health'] as const
export type EmergencyReason = (typeof EMERGENCY_REASONS)[number]

/** Why a request for a role was turned down. */
export const DECLINING_REASONS = ['not-needed', 'wrong-scope', 'not-qualified', 'conflict-of-interest'] as const
export type DecliningReason = (typeof DECLINING_REASONS)[number]
