/**
 * Our codes in the Data Privacy Vocabulary (DPV 2, https://w3id.org/dpv), as its guide for consent receipts under ISO/IEC TS 27560:2023
 * uses it (https://w3id.org/dpv/guides/consent-27560, final report of 2024-08-01).
 */
import type { ConsentParty, DataCategory, Purpose } from '../../consents/codes.js'
import type { ConsentStatus } from '../../consents/consent-state.js'

/** Profile of a receipt with what the GDPR asks for (https://w3id.org/dpv/schema/dpv-27560). */
export const RECEIPT_PROFILE = 'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr'
export const RECORD_PROFILE = 'https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr'

/** Given in full, so that nobody has to fetch anything to read a receipt. `tl` holds what DPV has no term for. */
export const CONTEXT = {
  dpv: 'https://w3id.org/dpv#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  loc: 'https://w3id.org/dpv/loc#',
  pd: 'https://w3id.org/dpv/pd#',
  dct: 'http://purl.org/dc/terms/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  schema: 'https://schema.org/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  tl: 'urn:twin-ledger:receipt:',
} as const

/** DPV's categories of purposes, beside the v3-ActReason code itself. */
export const DPV_PURPOSES: Readonly<Record<Purpose, string>> = {
  HRESCH: 'dpv:ResearchAndDevelopment',
  CLINTRCH: 'dpv:ResearchAndDevelopment',
  TREAT: 'dpv:ServiceProvision',
  PATRQT: 'dpv:FulfilmentOfObligation',
  HOPERAT: 'dpv:OrganisationGovernance',
  HQUALIMP: 'dpv:ImproveHealthcare',
  PUBHLTH: 'dpv:PublicBenefit',
}

/** Health data are special (Art 9), sex and date of birth are not. */
export const DPV_DATA: Readonly<Record<DataCategory, { type: string; broader: string | readonly string[] }>> = {
  demographics: { type: 'dpv:PersonalData', broader: ['pd:Gender', 'pd:Age'] },
  'vital-signs': health(),
  laboratory: health(),
  'social-history': health(),
  conditions: health(),
  medications: health(),
  procedures: health(),
  genotypes: health('pd:Genetic'),
  imaging: health(),
}

function health(broader = 'pd:MedicalHealth') {
  return { type: 'dpv:SpecialCategoryPersonalData', broader } as const
}

export const DPV_STATUSES: Readonly<Record<ConsentStatus, string>> = {
  requested: 'dpv:ConsentRequested',
  given: 'dpv:ConsentGiven',
  refused: 'dpv:ConsentRefused',
  withdrawn: 'dpv:ConsentWithdrawn',
  expired: 'dpv:ConsentExpired',
}

export const DPV_PARTIES: Readonly<Record<ConsentParty, string>> = {
  subject: 'dpv:DataSubject',
  guardian: 'dpv:GuardianOfDataSubject',
  'legal-representative': 'dpv:Representative',
}

/** Rights by article of the GDPR. */
export const DPV_RIGHTS = [
  ['eu-gdpr:A7-3', 'Right to withdraw consent'],
  ['eu-gdpr:A15', 'Right of access'],
  ['eu-gdpr:A16', 'Right to rectification'],
  ['eu-gdpr:A17', 'Right to erasure'],
  ['eu-gdpr:A18', 'Right to restriction'],
  ['eu-gdpr:A20', 'Right to data portability'],
  ['eu-gdpr:A21', 'Right to object'],
  ['eu-gdpr:A77', 'Right to complain to a supervisory authority'],
] as const
