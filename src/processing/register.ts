/**
 * The purposes for which data of persons are processed here, each with its legal bases (GDPR Art 30(1)(b), 6(1), 9(2)). A purpose of
 * the code list that is not here does not compile; a basis of Art 6 without its exception of Art 9 is refused.
 */
import type { Purpose } from '../consents/events.js'
import type { Action } from '../identity/actions.js'
import { IntegrityError } from '../platform/errors.js'

export const ARTICLE_6 = {
  '6-1-a': 'consent',
  '6-1-c': 'a legal obligation',
  '6-1-e': 'a task in the public interest',
  '6-1-f': 'legitimate interests',
} as const
export const ARTICLE_9 = {
  '9-2-a': 'explicit consent',
  '9-2-h': 'health care, under a duty of secrecy',
  '9-2-i': 'public health',
  '9-2-j': 'scientific research with safeguards',
} as const

/** Health data take both. */
export interface LegalBasis {
  article6: keyof typeof ARTICLE_6
  article9: keyof typeof ARTICLE_9
}

export interface RegisteredPurpose {
  bases: readonly Partial<LegalBasis>[]
  subjects: readonly string[]
  /** Categories of data; special ones under Art 9 among them. */
  data: readonly string[]
  /** What is done, as the policy knows it: whoever may do it is a category of recipients. */
  actions: readonly Action[]
}

const HEALTH = ['identity', 'contact', 'health', 'genetic', 'imaging'] as const
const CODED_HEALTH = ['health (coded)', 'genetic (coded)', 'imaging (coded)'] as const

export const PROCESSING_REGISTER: Readonly<Record<Purpose, RegisteredPurpose>> = {
  HRESCH: {
    bases: [
      { article6: '6-1-a', article9: '9-2-a' },
      // Under a data permit, without consent (EHDS): what its holder is bound to make available.
      { article6: '6-1-c', article9: '9-2-j' },
    ],
    subjects: ['patients'],
    data: CODED_HEALTH,
    actions: ['twin.read-coded', 'simulation.run', 'simulation.read', 'cohort.run'],
  },
  CLINTRCH: {
    bases: [
      { article6: '6-1-c', article9: '9-2-i' },
      { article6: '6-1-a', article9: '9-2-a' },
    ],
    subjects: ['trial participants'],
    data: HEALTH,
    actions: ['trial.enrol', 'trial.read', 'twin.read-coded', 'simulation.run'],
  },
  TREAT: {
    bases: [{ article6: '6-1-e', article9: '9-2-h' }],
    subjects: ['patients'],
    data: HEALTH,
    actions: ['twin.read-identity', 'simulation.read', 'body.read'],
  },
  PATRQT: {
    bases: [{ article6: '6-1-c', article9: '9-2-h' }],
    subjects: ['patients', 'trial participants'],
    data: HEALTH,
    actions: ['privacy.request', 'privacy.copy'],
  },
  HOPERAT: {
    bases: [{ article6: '6-1-c', article9: '9-2-h' }],
    subjects: ['patients', 'staff'],
    data: ['identity', 'health (coded)'],
    actions: ['fhir.ingest', 'audit.read'],
  },
  HQUALIMP: {
    bases: [{ article6: '6-1-e', article9: '9-2-i' }],
    subjects: ['patients'],
    data: CODED_HEALTH,
    actions: ['audit-review.conduct', 'simulation.replay', 'simulation-repeats.read'],
  },
  PUBHLTH: {
    bases: [{ article6: '6-1-e', article9: '9-2-i' }],
    subjects: ['patients'],
    data: CODED_HEALTH,
    actions: ['cohort.read'],
  },
}

/** @throws IntegrityError `processing-basis-missing`: `purposes` names each without a pair of both articles */
export function requirePairs(register: Readonly<Record<string, RegisteredPurpose>>): void {
  const unpaired = Object.entries(register).filter(
    ([, { bases }]) => bases.length === 0 || bases.some(({ article6, article9 }) => !article6 || !article9),
  )
  if (unpaired.length > 0)
    throw new IntegrityError(
      'processing-basis-missing',
      'A purpose lacks a basis of Art 6(1) with its pair in Art 9(2).',
      {
        purposes: unpaired.map(([purpose]) => purpose),
      },
    )
}
