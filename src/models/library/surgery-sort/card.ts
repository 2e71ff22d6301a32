import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of the Surgical Outcome Risk Tool. */
export const card: ModelCard = {
  id: 'surgery.sort',
  version: '1.0.0',
  title: 'Surgical Outcome Risk Tool: mortality, morbidity and the course of recovery',
  doi: ['10.1002/bjs.9638', '10.1093/bja/aex117', '10.1371/journal.pmed.1003253'],
  questionOfInterest: 'How likely are death and lasting morbidity after this operation, and how fast does recovery go?',
  contextOfUse:
    'Adults before non-cardiac, non-neurosurgical inpatient surgery, to inform consent and the level of postoperative care.',
  risk: assessRisk('medium', 'high'),
  inputs: [
    { name: 'age', codes: [], whenMissing: 'refuse' },
    { name: 'asa', codes: [], whenMissing: 'refuse' },
    { name: 'urgency', codes: [], whenMissing: 'refuse' },
    { name: 'specialty', codes: [], whenMissing: 'refuse' },
    { name: 'severity', codes: [], whenMissing: 'refuse' },
    { name: 'malignancy', codes: ['snomed|363346000'], maximumAge: 'P5Y', whenMissing: 'refuse' },
  ],
  outputs: [
    'mort30: probability of death within 30 days, alone and for each band of a clinician’s estimate',
    'pomsD7, D14, D21, D28: probability of morbidity on these days, with grades on day 7',
    'morbidityApplicable: false when the operation is not elective',
  ],
  verification: [
    'Reference vectors, relative error below 1e-9',
    'Properties: risk does not fall with ASA class, urgency, age band or malignancy; morbidity falls from day 7 to day 28',
  ],
  validation: [
    {
      population: 'UK inpatients, NCEPOD Knowing the Risk, validation sample',
      n: 5569,
      metric: 'AUROC of 30-day mortality 0.91',
      citation: '10.1002/bjs.9638',
    },
    {
      population: 'Royal Perth Hospital, Australia, 2014-2021',
      n: 44031,
      metric: 'AUROC of 30-day mortality 0.922; consistent overprediction that grows with the years',
      citation: '10.1016/j.bjao.2022.100018',
    },
    {
      population: 'SNAP-2 EPICCS, UK, Australia and New Zealand',
      n: 22631,
      metric:
        'SORT discriminates well and overpredicts; combined with the clinician’s estimate it is better calibrated',
      citation: '10.1371/journal.pmed.1003253',
    },
  ],
  uncertainty: {
    parameter: 'No coefficient covariance is published; published discrimination stands instead.',
    measurement: 'ASA class varies between raters by about one class.',
    structural: 'Compare with surgery.p-possum where laboratory values are known.',
  },
  limits: {
    refused: ['Age below 18', 'Codes outside the lists'],
    stated: [
      'Morbidity was derived in elective inpatients: read it only where morbidityApplicable is true',
      'Obstetric, neurological, cardiac and day surgery were not studied',
    ],
  },
  knownBias: ['Derived in the UK in 2010-2013; mortality has fallen since and is overpredicted'],
  conflictsResolved: [],
}
