/** The closed code lists of consent: what may stand in clear text in the log because nobody can type into it. */

import type { PurposeOfUse } from '../identity/purposes.js'

/** Purposes of use, HL7 v3-ActReason (http://terminology.hl7.org/CodeSystem/v3-ActReason). */
export const PURPOSES = {
  HRESCH: 'healthcare research',
  CLINTRCH: 'clinical trial research',
  TREAT: 'treatment',
  PATRQT: 'at the request of the person',
  HOPERAT: 'healthcare operations',
  HQUALIMP: 'healthcare quality improvement',
  PUBHLTH: 'public health',
} as const satisfies Record<PurposeOfUse, string>
export type Purpose = keyof typeof PURPOSES
export const PURPOSE_CODES = Object.keys(PURPOSES) as Purpose[]

/** Purposes that GA4GH DUO codes limit further. */
export const RESEARCH_PURPOSES: readonly Purpose[] = ['HRESCH', 'CLINTRCH']

/** Kinds of data a consent can be limited to. */
export const DATA_CATEGORIES = {
  demographics: 'sex and date of birth',
  'vital-signs': 'vital signs and body measures',
  laboratory: 'laboratory results',
  'social-history': 'social history, such as smoking',
  conditions: 'diagnoses',
  medications: 'medication',
  procedures: 'procedures',
  genotypes: 'genotypes',
  imaging: 'measurements from imaging',
} as const
export type DataCategory = keyof typeof DATA_CATEGORIES
export const DATA_CATEGORY_CODES = Object.keys(DATA_CATEGORIES) as DataCategory[]

/** How the decision was expressed. */
export const CONSENT_METHODS = ['electronic', 'paper', 'verbal-witnessed'] as const
export type ConsentMethod = (typeof CONSENT_METHODS)[number]

/** Who expressed it (ISO/IEC TS 27560:2023, "indicated by"). */
export const CONSENT_PARTIES = ['subject', 'guardian', 'legal-representative'] as const
export type ConsentParty = (typeof CONSENT_PARTIES)[number]

/** Why a consent was withdrawn. Nobody has to say why: without a reason the event carries none (GDPR Art. 7(3)). */
export const WITHDRAWAL_REASONS = ['subject-choice', 'trial-left', 'notice-changed', 'recorded-in-error'] as const
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number]
