/** v3-ActReason: the purposes a run can have, and so those that are assessed. */
export const ASSESSED_PURPOSES = ['HRESCH', 'CLINTRCH', 'TREAT', 'PATRQT', 'HOPERAT', 'HQUALIMP', 'PUBHLTH'] as const
export type AssessedPurpose = (typeof ASSESSED_PURPOSES)[number]
