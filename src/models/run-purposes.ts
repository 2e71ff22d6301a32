/** v3-ActReason: the purposes a model can be run for, which consent, impact assessment and record all name alike. */
export const RUN_PURPOSES = ['HRESCH', 'CLINTRCH', 'TREAT', 'PATRQT', 'HOPERAT', 'HQUALIMP', 'PUBHLTH'] as const
export type RunPurpose = (typeof RUN_PURPOSES)[number]
