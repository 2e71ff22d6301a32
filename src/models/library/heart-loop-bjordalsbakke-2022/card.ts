import { assessRisk, type ModelCard } from '../../model-card.js'

export const card: ModelCard = {
  id: 'heart.loop-bjordalsbakke-2022',
  version: '1.0.0',
  title: 'Left ventricle in a closed loop of the systemic circulation (Bjørdalsbakke 2022)',
  doi: ['10.1016/j.mbs.2021.108731'],
  questionOfInterest:
    'How do pressure, volume and output of the left heart change with contractility, resistance, rate and filling?',
  contextOfUse:
    'Explaining haemodynamics and comparing drug effects within one person; not for diagnosis or titration.',
  risk: assessRisk('low', 'medium'),
  inputs: [
    {
      name: 'overrides',
      codes: ['loinc|8867-4', 'loinc|8480-6', 'loinc|8462-4', 'loinc|10230-1'],
      maximumAge: 'P90D',
      whenMissing: 'published values',
    },
    { name: 'beats', codes: [], whenMissing: 'steady state' },
  ],
  outputs: ['volumes, pressures, output and work of one beat', 'pressure–volume loop'],
  verification: [
    'adaptive Dormand–Prince with located valve events, within 1e-4 of an independent DOP853 at 1e-11',
    'blood volume is conserved, by property test',
  ],
  validation: [
    {
      population: 'synthetic data of the publication',
      n: null,
      metric: 'parameter identifiability; agreement with an open reference implementation to 0.13 %',
      citation: '10.1016/j.mbs.2021.108731',
    },
  ],
  uncertainty: {
    parameter: 'no population covariance is published; vary the parameters that were not measured',
    measurement: 'cuff pressure and echo volumes carry some 5–10 %',
    structural: 'no right heart, no lungs, no reflexes; compare with heart.loop-shi-2009',
  },
  limits: {
    refused: ['parameters outside their ranges', 'peak elastance not above diastolic elastance', 'unknown parameters'],
    stated: ['a healthy mitral and aortic valve: neither leaks', 'heart rate and resistance do not answer pressure'],
  },
  knownBias: ['a linear diastolic elastance underestimates pressure in a dilated ventricle'],
  conflictsResolved: [],
}
