/** Closed lists of reviews of the audit trail: why an entry is looked at, what is found, and what comes of it. */

export const RISK_CRITERIA = {
  'change-after-signing': 'A record was changed after somebody had signed it.',
  correction: 'A value was corrected.',
  'late-entry': 'It was recorded long after it happened.',
  refusal: 'Somebody was refused something.',
  'break-glass': 'Access in an emergency.',
  administration: 'An act of administration: access, keys, read models.',
  'run-not-completed': 'A simulation run was refused or failed.',
  'run-repeated': 'A simulation run was computed again.',
  baseline: 'Drawn from all entries, whatever they are.',
} as const
export type RiskCriterion = keyof typeof RISK_CRITERIA
export const RISK_CRITERION_CODES = Object.keys(RISK_CRITERIA) as RiskCriterion[]

export const FINDINGS = {
  'reason-missing': 'A change is not explained as it has to be.',
  'reason-implausible': 'The explanation does not fit the change.',
  'not-contemporaneous': 'It was recorded too late.',
  'not-attributable': 'It cannot be told who acted, or in which role.',
  'authority-exceeded': 'Somebody did what was not theirs to do.',
  'pattern-suspicious': 'A pattern that calls for an explanation.',
  'process-not-followed': 'The procedure was not followed.',
  other: 'Something else; see the explanation.',
} as const
export type FindingCode = keyof typeof FINDINGS
export const FINDING_CODES = Object.keys(FINDINGS) as FindingCode[]

export const SEVERITIES = ['minor', 'major', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const RESOLUTIONS = {
  corrected: 'What was wrong was corrected, on record.',
  'corrective-action-taken': 'The cause was removed.',
  'preventive-action-taken': 'It was made unlikely to happen again.',
  explained: 'The explanation was accepted.',
  escalated: 'It was handed to the sponsor, an authority or an ethics committee.',
} as const
export type Resolution = keyof typeof RESOLUTIONS
export const RESOLUTION_CODES = Object.keys(RESOLUTIONS) as Resolution[]
