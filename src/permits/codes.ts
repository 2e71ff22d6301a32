/** The closed code lists of data permits: nobody types into them, so they stand in clear text in the log. */

/** Art 53(1) of Regulation (EU) 2025/327, (a) to (f): for what a permit can be issued. (a) to (c) are for public bodies (Art 53(2)). */
export const PERMITTED_PURPOSES = {
  'public-or-occupational-health': 'public interest in public or occupational health, (a)',
  'policymaking-and-regulation': 'policymaking and regulatory activities of public bodies, (b)',
  statistics: 'statistics related to the health or care sectors, (c)',
  education: 'education or teaching in the health or care sectors, (d)',
  'scientific-research': 'scientific research related to the health or care sectors, (e)',
  'improving-care': 'improving the delivery of care, (f)',
} as const
export type PermittedPurpose = keyof typeof PERMITTED_PURPOSES
export const PERMITTED_PURPOSE_CODES = Object.keys(PERMITTED_PURPOSES) as PermittedPurpose[]

/** Why nothing rests on a permit any more. */
export const PERMIT_REVOCATION_REASONS = ['revoked-by-access-body', 'given-up-by-user', 'recorded-in-error'] as const
export type PermitRevocationReason = (typeof PERMIT_REVOCATION_REASONS)[number]

/** How a permit stands at a moment. `registered`: not yet approved here; `awaited`: approved, and its time has not begun. */
export const PERMIT_STANDINGS = ['registered', 'awaited', 'in-force', 'expired', 'revoked'] as const
export type PermitStanding = (typeof PERMIT_STANDINGS)[number]
