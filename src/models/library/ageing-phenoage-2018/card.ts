import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of phenotypic age. */
export const card: ModelCard = {
  id: 'ageing.phenoage-2018',
  version: '1.0.0',
  title: 'Phenotypic age from nine blood markers',
  doi: ['10.18632/aging.101414', '10.1371/journal.pmed.1002718'],
  questionOfInterest: 'At which age does the average person have the mortality risk that these blood markers show?',
  contextOfUse:
    'Adults of 20 to 84 years, for research and for following biological ageing; what-ifs on markers are associational, not causal.',
  risk: assessRisk('low', 'low'),
  inputs: [
    { name: 'albumin_gL', codes: ['loinc|1751-7'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    {
      name: 'creatinine_umolL',
      codes: ['loinc|14682-9', 'loinc|2160-0', 'loinc|38483-4'],
      maximumAge: 'P1Y',
      whenMissing: 'refuse',
    },
    { name: 'glucose_mmolL', codes: ['loinc|2345-7'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    {
      name: 'lnCRP_mgdL',
      codes: ['loinc|1988-5', 'loinc|30522-7'],
      maximumAge: 'P1Y',
      whenMissing: 'refuse; below the detection limit the limit counts',
    },
    { name: 'lymph_pct', codes: ['loinc|736-9'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'mcv_fL', codes: ['loinc|787-2'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'rdw_pct', codes: ['loinc|788-0'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'alp_UL', codes: ['loinc|6768-6'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'wbc_10e9L', codes: ['loinc|6690-2'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'age', codes: [], whenMissing: 'refuse' },
  ],
  outputs: ['Phenotypic age and its advance in years, ten-year mortality score, survival after 5 and 10 years'],
  verification: [
    'Reference vectors, relative error below 1e-9',
    'Properties: phenotypic age rises with every harmful marker; survival falls with time',
  ],
  validation: [
    {
      population: 'NHANES IV, US adults',
      n: 6209,
      metric: 'hazard ratio of death 1.09 per year of phenotypic age at equal chronological age',
      citation: '10.18632/aging.101414',
      unverified: true,
    },
    {
      population: 'NHANES IV 1999-2010, adults of 20 to 84 years, independent of the derivation',
      n: 11432,
      metric: 'phenotypic age is older in people with more diseases, in healthy and unhealthy groups',
      citation: '10.1371/journal.pmed.1002718',
    },
  ],
  uncertainty: {
    parameter: 'No coefficient covariance is published.',
    measurement: 'CRP, glucose and leukocytes vary from day to day; vary inputs by their within-person SD.',
    structural: 'Other clocks (epigenetic, proteomic) measure other things and often disagree.',
  },
  limits: {
    refused: ['Age outside 20-84', 'Implausible measurements'],
    stated: ['Acute illness, above all infection, raises the result for its duration', 'Serum glucose was non-fasting'],
  },
  knownBias: ['Fitted to the US population of 1988-1994'],
  conflictsResolved: [
    { conflict: 'Divisor 0.09165 of a correction against 0.090165', resolution: '0.090165' },
    { conflict: 'ln(1 + CRP) in an open implementation against ln(CRP in mg/dL)', resolution: 'ln(CRP in mg/dL)' },
    {
      conflict: 'Four decimals of the paper shift the age by 0.06 years',
      resolution: 'The full-precision coefficients',
    },
  ],
}
