/** Purposes of use, HL7 v3-ActReason (http://terminology.hl7.org/CodeSystem/v3-ActReason): a closed list. */
export const PURPOSES_OF_USE = ['HRESCH', 'CLINTRCH', 'TREAT', 'PATRQT', 'HOPERAT', 'HQUALIMP', 'PUBHLTH'] as const
export type PurposeOfUse = (typeof PURPOSES_OF_USE)[number]
