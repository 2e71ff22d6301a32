import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of the IWPC warfarin dose equations. */
export const card: ModelCard = {
  id: 'pgx.warfarin-iwpc-2009',
  version: '1.0.0',
  title: 'IWPC pharmacogenetic warfarin dose',
  doi: ['10.1056/NEJMoa0809329'],
  questionOfInterest: 'Which stable weekly dose of warfarin will this patient probably need for an INR of 2 to 3?',
  contextOfUse: 'Choice of the initial dose in adults, with INR monitoring as usual; never in place of INR monitoring.',
  risk: assessRisk('medium', 'high'),
  inputs: [
    { name: 'age', codes: [], whenMissing: 'refuse' },
    { name: 'height_cm', codes: ['loinc|8302-2'], whenMissing: 'refuse' },
    { name: 'weight_kg', codes: ['loinc|29463-7'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'vkorc1_1639', codes: ['loinc|84413-4'], whenMissing: 'unknown, a published term' },
    { name: 'cyp2c9', codes: ['loinc|84413-4'], whenMissing: 'unknown, a published term' },
    { name: 'race', codes: [], whenMissing: 'missing, a published term' },
    {
      name: 'enzymeInducer',
      codes: ['rxnorm|9384', 'rxnorm|2002', 'rxnorm|8183'],
      maximumAge: 'P30D',
      whenMissing: 'refuse',
    },
    { name: 'amiodarone', codes: ['rxnorm|703'], maximumAge: 'P90D', whenMissing: 'refuse' },
  ],
  outputs: ['Weekly and daily dose in mg with genotypes, and the weekly dose of the clinical equation beside it'],
  verification: ['Reference vectors, relative error below 1e-9', 'Property: each variant allele lowers the dose'],
  validation: [
    {
      population: 'IWPC validation cohort, 9 countries',
      n: 1009,
      metric: 'within 20 % of the stable dose: 33.0 % up to 21, 54.6 % between, 36.8 % from 49 mg/week',
      citation: '10.1056/NEJMoa0809329',
    },
  ],
  uncertainty: {
    parameter: 'No coefficient covariance is published; the shares above stand instead.',
    measurement: 'Genotyping is close to exact; weight is the most variable input.',
    structural: 'The clinical equation is given beside the pharmacogenetic one.',
  },
  limits: {
    refused: [
      'CYP2C9 alleles other than *1, *2 and *3 (*5, *6, *8, *11 …)',
      'Age below 18',
      'Implausible height or weight',
    ],
    stated: ['INR targets other than 2 to 3', 'Diet, liver disease and thyroid disease are not seen'],
  },
  knownBias: [
    'Alleles frequent in African ancestry were not typed in the derivation, so the equation overdoses carriers: they are refused here',
    'Race stands in for unmeasured genotypes',
  ],
  conflictsResolved: [],
}
