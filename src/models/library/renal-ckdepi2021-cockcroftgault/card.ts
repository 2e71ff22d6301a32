import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of the two creatinine-based estimates of kidney function. */
export const card: ModelCard = {
  id: 'renal.ckdepi2021+cockcroftgault',
  version: '1.0.0',
  title: 'Kidney function from creatinine: CKD-EPI 2021 and Cockcroft-Gault',
  doi: ['10.1056/NEJMoa2102953', '10.1159/000180580'],
  questionOfInterest: 'How well do the kidneys filter, for staging, for risk equations and for dosing?',
  contextOfUse: 'Adults in a steady state; an input to other models of this library and to dose adjustment.',
  risk: assessRisk('medium', 'medium'),
  inputs: [
    {
      name: 'creatinine_mgdL',
      codes: ['loinc|2160-0', 'loinc|38483-4', 'loinc|14682-9'],
      maximumAge: 'P1Y',
      whenMissing: 'refuse',
    },
    { name: 'age', codes: [], whenMissing: 'refuse' },
    { name: 'sex', codes: [], whenMissing: 'refuse' },
    { name: 'weight_kg', codes: ['loinc|29463-7'], maximumAge: 'P1Y', whenMissing: 'crcl_mLmin is null' },
  ],
  outputs: ['egfr: mL/min/{1.73_m2}', 'crcl_mLmin: mL/min, absolute'],
  verification: ['Reference vectors, relative error below 1e-9', 'Property: both estimates fall as creatinine rises'],
  validation: [
    {
      population: 'Twelve external studies with measured GFR, US and Europe (CKD-EPI 2021, creatinine)',
      n: 4050,
      metric: '85 % or more of the estimates within 30 % of the measured rate, in Black and in other participants',
      citation: '10.1056/NEJMoa2102953',
    },
    {
      population: 'Hospital patients, 96 % men (Cockcroft-Gault)',
      n: 236,
      metric: 'correlation 0.83 with the mean of two measured clearances',
      citation: '10.1159/000180580',
    },
  ],
  uncertainty: {
    parameter: 'Up to 15 % of estimates lie more than 30 % from the measured GFR.',
    measurement: 'Creatinine assays vary by about 4 % within a person.',
    structural:
      'The two equations differ most at the extremes of weight and age; dosing literature rests on Cockcroft-Gault.',
  },
  limits: {
    refused: ['Age outside 18-120', 'Creatinine outside 0.1-30 mg/dL', 'Weight outside 20-350 kg'],
    stated: [
      'Not in acute kidney injury, pregnancy, dialysis or after amputation',
      'Creatinine must be IDMS-traceable',
    ],
  },
  knownBias: ['Cockcroft-Gault was derived before standardised creatinine and overestimates in obesity'],
  conflictsResolved: [],
}
