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

/** Why a steward has to see who a twin stands for. */
export const TICKET_REASONS = [
  'duplicate-suspected',
  'identifier-mismatch',
  'record-of-another-person',
  'source-verification',
  'subject-request',
] as const
export type TicketReason = (typeof TICKET_REASONS)[number]

export const TICKET_DECLINING_REASONS = ['coded-data-suffice', 'reason-insufficient', 'site-to-act'] as const
export type TicketDecliningReason = (typeof TICKET_DECLINING_REASONS)[number]

export const TICKET_REVOCATION_REASONS = ['no-longer-needed', 'misuse-suspected', 'error-corrected'] as const
export type TicketRevocationReason = (typeof TICKET_REVOCATION_REASONS)[number]

/** Why a request for a role was turned down. */
export const DECLINING_REASONS = ['not-needed', 'wrong-scope', 'not-qualified', 'conflict-of-interest'] as const
export type DecliningReason = (typeof DECLINING_REASONS)[number]
