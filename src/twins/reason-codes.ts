/** Why a record was changed: a closed list, so that headers carry codes and never what a person typed. */

/** ICH E6(R3) 4.2.2 asks that a correction be explained; the free text beside the code is sealed. */
export const CORRECTION_REASONS = {
  'entry-error': 'The value was mistyped or misread.',
  'wrong-person': 'The value belongs to somebody else.',
  'wrong-unit': 'The value was recorded in another unit than stated.',
  'wrong-code': 'The value was recorded under the wrong code.',
  'wrong-date': 'The date or time was wrong.',
  'device-error': 'The device or assay was found to be faulty.',
  duplicate: 'The same fact was recorded twice.',
  'amended-report': 'The laboratory or clinic issued an amended result.',
  'subject-request': 'The person asked for the rectification (GDPR Art. 16).',
  'source-update': 'The source system sent new content for the same resource.',
  'query-resolution': 'A data query was answered.',
} as const
export type CorrectionReason = keyof typeof CORRECTION_REASONS
export const CORRECTION_REASON_CODES = Object.keys(CORRECTION_REASONS) as CorrectionReason[]

/** Why a twin is taken out of use, or returned to it. */
export const USE_REASONS = {
  'accuracy-contested': 'The person contests the accuracy of the data (GDPR Art. 18(1)(a)).',
  'objection-pending': 'An objection is being examined (GDPR Art. 18(1)(d)).',
  'consent-withdrawn': 'No consent is left under which the twin may be used.',
  'trial-ended': 'The trial that used the twin has ended.',
  'quality-insufficient': 'The data are not fit for the intended use.',
  'wrong-person': 'The record mixes data of different persons.',
  'review-completed': 'The matter was examined and settled.',
  'administrative-error': 'The earlier decision was a mistake.',
} as const
export type UseReason = keyof typeof USE_REASONS
export const USE_REASON_CODES = Object.keys(USE_REASONS) as UseReason[]
