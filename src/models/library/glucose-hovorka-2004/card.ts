import { assessRisk, type ModelCard } from '../../model-card.js'

export const card: ModelCard = {
  id: 'glucose.hovorka-2004',
  version: '1.0.0',
  title: 'Glucose and subcutaneous insulin in type 1 diabetes (Hovorka 2004)',
  doi: ['10.1088/0967-3334/25/4/010'],
  questionOfInterest:
    'How do a meal and a bolus move the glucose of a person with type 1 diabetes over the next hours?',
  contextOfUse: 'Exploring meals and insulin with an average or a fitted person; never a source of insulin doses.',
  risk: assessRisk('low', 'high'),
  inputs: [
    { name: 'weight_kg', codes: ['loinc|29463-7'], maximumAge: 'P180D', whenMissing: 'refused' },
    { name: 'startGlucose_mmolL', codes: ['loinc|2345-7'], maximumAge: 'PT6H', whenMissing: 'refused' },
    { name: 'meals', codes: [], whenMissing: 'asked' },
    { name: 'boluses', codes: [], whenMissing: 'asked' },
    { name: 'paramOverrides', codes: [], whenMissing: 'mean parameters' },
  ],
  outputs: ['basal insulin that holds the start', 'plasma glucose and insulin by time'],
  verification: [
    'adaptive Dormand–Prince at 1e-10, within 1e-5 of an independent DOP853 at 1e-11',
    'flat at the basal infusion without a meal, by property test',
  ],
  validation: [
    {
      population: 'young adults with type 1 diabetes in clinical evaluation of a controller',
      n: 10,
      metric: 'model-predictive control in fasting conditions; predictions not scored separately',
      citation: '10.1088/0967-3334/25/4/010',
      unverified: true,
    },
  ],
  uncertainty: {
    parameter:
      'mean parameters; insulin sensitivities differ several-fold between people: vary them through paramOverrides',
    measurement: 'starting glucose carries the error of its meter',
    structural: 'no exercise, no glucagon, one rate of absorption; the UVA/Padova model is the common alternative',
  },
  limits: {
    refused: [
      'weight outside 20–250 kg',
      'starting glucose outside 2–30 mmol/L or one that no insulin infusion holds',
      'unknown parameters',
    ],
    stated: ['type 1 diabetes only: endogenous insulin is absent', 'a person starts at rest'],
  },
  knownBias: ['counter-regulation is absent, so recovery from low glucose is too slow'],
  conflictsResolved: [
    { conflict: 'renal loss with or without the distribution volume', resolution: '0.003 (G − 9) VG BW' },
  ],
}
