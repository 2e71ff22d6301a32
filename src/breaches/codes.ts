/** The closed code lists of the breach register. */

/** Art 4(12): what was lost. */
export const BREACH_NATURES = ['confidentiality', 'integrity', 'availability'] as const
export type BreachNature = (typeof BREACH_NATURES)[number]

export const DETECTIONS = ['monitoring', 'staff', 'processor', 'data-subject', 'audit-review', 'third-party'] as const
export type Detection = (typeof DETECTIONS)[number]

export const SUBJECT_CATEGORIES = ['patients', 'trial-participants', 'staff', 'relatives'] as const
export type SubjectCategory = (typeof SUBJECT_CATEGORIES)[number]

export const RECORD_CATEGORIES = [
  'identity',
  'contact',
  'health',
  'genetic',
  'consent',
  'credentials',
  'coded',
] as const
export type RecordCategory = (typeof RECORD_CATEGORIES)[number]

/** Art 33(1), 34(1): what the breach means for persons decides who is told. */
export const BREACH_RISKS = ['unlikely', 'likely', 'high'] as const
export type BreachRisk = (typeof BREACH_RISKS)[number]

/** Art 34(3): why persons need not be told although the risk is high. */
export const COMMUNICATION_EXCEPTIONS = {
  '34-3-a': 'the data are unintelligible to whoever has them, such as by encryption',
  '34-3-b': 'later measures make the high risk unlikely',
  '34-3-c': 'telling each person takes disproportionate effort; a public communication is made instead',
} as const
export type CommunicationException = keyof typeof COMMUNICATION_EXCEPTIONS
export const COMMUNICATION_EXCEPTION_CODES = Object.keys(COMMUNICATION_EXCEPTIONS) as CommunicationException[]

/** Art 34(1), (3)(c). */
export const COMMUNICATION_CHANNELS = ['direct', 'public'] as const
export type CommunicationChannel = (typeof COMMUNICATION_CHANNELS)[number]
