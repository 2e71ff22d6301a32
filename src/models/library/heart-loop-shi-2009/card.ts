import { assessRisk, type ModelCard } from '../../model-card.js'

export const card: ModelCard = {
  id: 'heart.loop-shi-2009',
  version: '1.0.0',
  title: 'Four-chamber heart with systemic and pulmonary circulation (Shi, Hose 2009)',
  doi: ['10.1016/j.jbiomech.2005.06.016', '10.1098/rsta.2010.0083'],
  questionOfInterest:
    'How do pressures, volumes and flows of both circulations follow from chambers, valves and vessels?',
  contextOfUse: 'Second, structurally richer opinion beside heart.loop-bjordalsbakke-2022; explanation, not diagnosis.',
  risk: assessRisk('low', 'medium'),
  inputs: [
    { name: 't_s', codes: [], whenMissing: 'refused' },
    { name: 'params', codes: [], whenMissing: 'published values' },
    { name: 'overrides', codes: [], whenMissing: 'published values' },
  ],
  outputs: ['the fourteen state variables at a time', 'volumes, pressures and output of the cycle'],
  verification: [
    'adaptive Dormand–Prince between the kinks of the elastances, within 1e-3 of the CellML reference solution',
    'blood volume is conserved, by property test',
  ],
  validation: [
    {
      population: 'typical healthy adult, comparison with physiological ranges',
      n: null,
      metric: 'agreement with an open reference implementation to 8e-5',
      citation: '10.1016/j.jbiomech.2005.06.016',
    },
  ],
  uncertainty: {
    parameter: 'typical values only; no population covariance is published',
    measurement: 'none: nothing measured enters the published parameters',
    structural: 'no reflexes, no respiration, no interaction of the ventricles; valves open at once',
  },
  limits: {
    refused: ['time over 120 s', 'unknown or non-positive parameters', 'a contraction longer than the cycle'],
    stated: [
      'starts from the published state and is periodic after some 15 s',
      'valves open and close without leaflets',
    ],
  },
  knownBias: ['inertial flows of the arterial sinuses ring at each valve closure'],
  conflictsResolved: [
    {
      conflict: 'venous resistance of the lung in print and in CellML',
      resolution: '0.006 mmHg·s/mL, as in the CellML model',
    },
  ],
}
