/** Classes of records by the law that says how long they are kept, what starts the clock, and what they hold. */
import type { KeyClass } from '../vault/key-class.js'

/** What starts the clock. Until it happens, the record is kept. */
export type ClockStart = 'trial-closed' | 'authorisation-ended' | 'twin-withdrawn'

export interface RecordClassDefinition {
  title: string
  /** What the law demands at least; 0 where it demands nothing and the controller limits storage. */
  minimumYears: number
  /** In force until another period is set. */
  standardYears: number
  clock: ClockStart
  /** Classes of a person's data that the record consists of. */
  keyClasses: readonly KeyClass[]
  source: string
}

/**
 * What of a person is kept for how long. Nobody's part in a trial is erased while it is open, wherever it is run: no clock runs
 * before its end. The law of a country outside the EU, the EEA and the United States may ask for more than the two years of ICH E6;
 * what is set until somebody says otherwise is as long as the longest known. 21 CFR 312.62(c) counts from the approval of the application, which this ledger does not
 * know, or from the end of the investigation: where the approval came later, a longer period is set.
 */
export const RECORD_CLASSES = {
  'eu-trial-record': {
    title: 'clinical trial master file of a trial in the EU or EEA',
    minimumYears: 25,
    standardYears: 25,
    clock: 'trial-closed',
    keyClasses: ['trial-record'],
    source: 'Regulation (EU) 536/2014 Art 58',
  },
  'us-investigation-record': {
    title: 'case histories of an investigation in the United States',
    minimumYears: 2,
    standardYears: 2,
    clock: 'trial-closed',
    keyClasses: ['trial-record'],
    source: '21 CFR 312.62(c)',
  },
  'trial-record-elsewhere': {
    title: 'essential records of a trial in another country',
    minimumYears: 2,
    standardYears: 25,
    clock: 'trial-closed',
    keyClasses: ['trial-record'],
    source: 'ICH E6(R3) Appendix C',
  },
  'us-authorisation': {
    title: 'authorisations of persons at sites in the United States',
    minimumYears: 6,
    standardYears: 6,
    clock: 'authorisation-ended',
    keyClasses: ['identity'],
    source: '45 CFR 164.530(j)(2)',
  },
  'research-record': {
    title: 'data for optional research, and contact details',
    minimumYears: 0,
    standardYears: 10,
    clock: 'twin-withdrawn',
    keyClasses: ['optional-research', 'contact'],
    source: 'GDPR Art 5(1)(e)',
  },
} as const satisfies Readonly<Record<string, RecordClassDefinition>>

export type RecordClass = keyof typeof RECORD_CLASSES
export const RECORD_CLASS_CODES = Object.keys(RECORD_CLASSES) as RecordClass[]

export const recordClass = (code: RecordClass): RecordClassDefinition => RECORD_CLASSES[code]

/** Why a period is longer than the law asks for. */
export const PERIOD_REASONS = [
  'national-law',
  'marketing-application',
  'sponsor-agreement',
  'controller-policy',
] as const
export type PeriodReason = (typeof PERIOD_REASONS)[number]

/** EU and EEA, where Regulation 536/2014 applies. ISO 3166-1 alpha-2. */
export const CTR_COUNTRIES: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
)
