/** Consents as a person reads them. */
import { DATA_CATEGORIES, PURPOSES, type Purpose } from '../../../../src/consents/codes.js'
import { DUO } from '../../../../src/consents/duo.js'
import type { Consent, ConsentScope } from '../../api/consents.js'
import type { Tone } from '../../components/badge.js'

/** What a use is for; a purpose that nobody knows any more stays its code. */
export const purposeText = (purpose: string): string => PURPOSES[purpose as Purpose] ?? purpose

export const STATUS_TONES: Record<Consent['status'], Tone> = {
  requested: 'neutral',
  given: 'good',
  refused: 'bad',
  withdrawn: 'bad',
  expired: 'caution',
}

/** What a consent reaches, part by part. */
export function scopeWords(scope: ConsentScope): (readonly [part: string, reach: string])[] {
  const { purposes, duo, diseases, modelClasses, trials, dataCategories, controller } = scope
  return [
    ['For', purposes.map((purpose) => PURPOSES[purpose]).join(', ')],
    ['Research', duo.map((code) => DUO[code].name).join('; ')],
    ['Diseases', (diseases ?? []).join(', ')],
    ['Models', modelClasses === 'any' ? 'any' : modelClasses.join(', ')],
    ['Trials', trials ? trials.join(', ') : 'outside of any trial'],
    ['Data', dataCategories === 'any' ? 'all kinds' : dataCategories.map((code) => DATA_CATEGORIES[code]).join(', ')],
    ['Given to', controller],
  ]
}

/** Why a use is refused. */
export const REFUSALS: Record<string, string> = {
  restricted: 'processing is restricted (GDPR Art 18)',
  objected: 'the person objected (GDPR Art 21)',
  erased: 'the person was forgotten (GDPR Art 17)',
  'opted-out': 'the person opted out from secondary use (EHDS Art 71)',
  'no-consent': 'no consent was in force',
  'permit-not-in-force': 'the data permit was not in force',
  'permit-expired': 'the data permit had run out',
  'permit-revoked': 'the data permit was revoked',
  'permit-user-differs': 'the data permit is another organisation’s',
  'permit-holder-differs': 'the data permit is about another holder’s data',
  withdrawn: 'the consent was withdrawn',
  expired: 'the consent had expired',
  'purpose-not-covered': 'the purpose is not covered',
  'data-use-not-covered': 'this kind of research is not covered',
  'model-class-not-covered': 'the model is not covered',
  'trial-not-covered': 'the trial is not covered',
  'data-category-not-covered': 'not all the data are covered',
}
