import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of P-POSSUM. */
export const card: ModelCard = {
  id: 'surgery.p-possum',
  version: '1.0.0',
  title: 'P-POSSUM mortality and POSSUM morbidity',
  doi: ['10.1046/j.1365-2168.1998.00840.x', '10.1002/bjs.1800780327'],
  questionOfInterest: 'Given physiology and the findings at operation, how likely are death and complications?',
  contextOfUse: 'Audit of general surgery in adults and risk after the operation; not the decision to operate alone.',
  risk: assessRisk('low', 'high'),
  inputs: [
    { name: 'age', codes: [], whenMissing: 'refuse' },
    { name: 'cardiac', codes: [], whenMissing: 'refuse' },
    { name: 'resp', codes: [], whenMissing: 'refuse' },
    { name: 'ecg', codes: [], whenMissing: 'refuse' },
    { name: 'sbp', codes: ['loinc|8480-6'], maximumAge: 'P1D', whenMissing: 'refuse' },
    { name: 'pulse', codes: ['loinc|8867-4'], maximumAge: 'P1D', whenMissing: 'refuse' },
    { name: 'gcs', codes: ['loinc|9269-2'], maximumAge: 'P1D', whenMissing: 'refuse' },
    { name: 'hb_gL', codes: ['loinc|718-7'], maximumAge: 'P7D', whenMissing: 'refuse' },
    { name: 'wcc', codes: ['loinc|6690-2'], maximumAge: 'P7D', whenMissing: 'refuse' },
    { name: 'urea', codes: ['loinc|22664-7'], maximumAge: 'P7D', whenMissing: 'refuse' },
    { name: 'na', codes: ['loinc|2951-2'], maximumAge: 'P7D', whenMissing: 'refuse' },
    { name: 'k', codes: ['loinc|2823-3'], maximumAge: 'P7D', whenMissing: 'refuse' },
    { name: 'op', codes: [], whenMissing: 'refuse' },
  ],
  outputs: ['Both scores, log-odds and probability of in-hospital death, probability of morbidity'],
  verification: [
    'Reference vectors, relative error below 1e-9',
    'Properties: every number falls into exactly one band, bands are ordered, and worse physiology never lowers the risk',
  ],
  validation: [
    {
      population: 'Royal Perth Hospital, Australia, 2014-2021',
      n: 31153,
      metric: 'AUROC of 30-day mortality 0.893 (POSSUM 0.881); consistent overprediction',
      citation: '10.1016/j.bjao.2022.100018',
    },
  ],
  uncertainty: {
    parameter: 'No coefficient covariance is published.',
    measurement: 'Values near a band limit move a whole band.',
    structural: 'Compare with surgery.sort, which needs no laboratory values.',
  },
  limits: {
    refused: ['Points that do not exist for an item', 'Age below 16', 'Implausible measurements'],
    stated: ['Operative findings are known only after surgery', 'Not for day cases, obstetrics or trauma'],
  },
  knownBias: ['The lowest possible mortality is 0.2 %, so low risks are overpredicted', 'Derived in the 1990s'],
  conflictsResolved: [
    {
      conflict:
        'An open implementation leaves systolic pressure out, tests the coma scale in place of the leukocytes and never scores potassium of 6 and more',
      resolution: 'The bands of Copeland 1991',
    },
  ],
}
