import type { ClinicalFact, FactKind } from './facts.js'

/** The fields of each kind of fact, by the names they have in the API. */
export const FACT_FIELDS = {
  observation: [
    'code',
    'quantity',
    'coded',
    'text',
    'boolean',
    'absent',
    'components',
    'status',
    'category',
    'effective',
    'source',
  ],
  condition: ['code', 'clinicalStatus', 'verificationStatus', 'onset', 'abated', 'source'],
  medication: ['code', 'intent', 'status', 'dosage', 'dose', 'period', 'source'],
  procedure: ['code', 'status', 'performed', 'source'],
  genotype: ['gene', 'genotype', 'effective', 'source'],
  report: ['code', 'status', 'effective', 'results', 'conclusion', 'source'],
  evidence: ['resourceType', 'digest', 'size', 'source'],
} as const satisfies { [Kind in FactKind]: readonly (keyof Extract<ClinicalFact, { kind: Kind }>)[] }
export type FactField = (typeof FACT_FIELDS)[FactKind][number]
export const FACT_FIELD_NAMES: readonly FactField[] = [...new Set(Object.values(FACT_FIELDS).flat())]
