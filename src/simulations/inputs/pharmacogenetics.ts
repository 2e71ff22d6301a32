/** Warfarin by IWPC, and CPIC phenotypes (cards: src/models/library/pgx-*). */
import { GENES } from '../../models/library/pgx-cpic-phenotype/metabolizer.js'
import { AMIODARONE, ENZYME_INDUCERS } from './clinical-codes.js'
import { AGE, height, weight } from './common-rules.js'
import type { InputMapping } from './mapping.js'

/** A gene that was never tested has a published term; an allele without one is refused by the model, never taken for *1. */
export const WARFARIN_MAPPING: InputMapping = {
  model: 'pgx.warfarin-iwpc-2009',
  version: '1.0.0',
  inputs: {
    age: AGE,
    height_cm: height('cm'),
    weight_kg: weight('P1Y'),
    vkorc1_1639: { from: 'genotype', category: 'genotypes', gene: 'VKORC1', form: 'bases', absent: 'unknown' },
    cyp2c9: { from: 'genotype', category: 'genotypes', gene: 'CYP2C9', form: 'diplotype', absent: 'unknown' },
    race: { from: 'parameter', default: 'missing' },
    enzymeInducer: { from: 'medication', category: 'medications', codes: ENZYME_INDUCERS },
    amiodarone: { from: 'medication', category: 'medications', codes: AMIODARONE },
  },
}

const GENE = {
  from: 'parameter',
  specification: { name: 'gene', quantity: 'Gene', kind: 'code', values: GENES },
} as const

export const CPIC_PHENOTYPE_MAPPING: InputMapping = {
  model: 'pgx.cpic-phenotype',
  version: '1.0.0',
  inputs: {
    gene: GENE,
    diplotype: { from: 'genotype', category: 'genotypes', gene: GENE, form: 'diplotype' },
  },
}
