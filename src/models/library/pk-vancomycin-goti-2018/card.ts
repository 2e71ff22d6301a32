import { assessRisk, type ModelCard } from '../../model-card.js'

export const card: ModelCard = {
  id: 'pk.vancomycin-goti-2018',
  version: '1.0.0',
  title: 'Vancomycin in hospitalised adults with and without haemodialysis (Goti 2018)',
  doi: ['10.1097/FTD.0000000000000490'],
  questionOfInterest:
    'Which vancomycin exposure will this dosing give in this adult, and which daily dose meets the target?',
  contextOfUse:
    'Supports a clinician or pharmacist who adjusts intravenous vancomycin in a hospitalised adult; the measured level and the clinical course decide.',
  risk: assessRisk('medium', 'high'),
  inputs: [
    { name: 'age', codes: [], whenMissing: 'derived from the date of birth; else refused' },
    { name: 'weight_kg', codes: ['loinc|29463-7'], maximumAge: 'P90D', whenMissing: 'refused' },
    {
      name: 'scr_mgdL',
      codes: ['loinc|2160-0', 'loinc|38483-4', 'loinc|14682-9'],
      maximumAge: 'P2D',
      whenMissing: 'refused',
    },
    { name: 'sex', codes: [], whenMissing: 'refused' },
    {
      name: 'haemodialysis',
      codes: ['snomed|302497006'],
      whenMissing: 'refused: absence of a record is not absence of dialysis',
    },
    { name: 'doses', codes: ['rxnorm|11124'], maximumAge: 'P14D', whenMissing: 'refused' },
    {
      name: 'observations',
      codes: ['loinc|20578-1', 'loinc|4092-3'],
      maximumAge: 'P14D',
      whenMissing: 'typical patient only',
    },
  ],
  outputs: [
    'typical parameters, concentrations and first-day area',
    'individual parameters, posterior SD, area around the last dose, daily dose for the target',
  ],
  verification: [
    'closed-form two-compartment superposition, checked against vectors of an independent implementation to 1e-6',
    'random effects within 1e-4 and the posterior SD from the exact Hessian; the estimator itself reproduces NONMEM (pk.map-engine-1cmt-oral)',
    'superposition and conservation of area by property tests',
  ],
  validation: [
    {
      population: 'hospitalised adults, 336 of them on haemodialysis, model development (two US centres)',
      n: 1812,
      metric: 'goodness of fit and prediction-corrected visual predictive check, no external error reported',
      citation: '10.1097/FTD.0000000000000490',
      unverified: true,
    },
  ],
  uncertainty: {
    parameter:
      'between-patient CV 39.8 % CL, 81.6 % Vc, 57.1 % Vp; posterior SD from the Hessian once levels are measured',
    measurement: 'residual 3.4 mg/L and 22.7 %, assay error included',
    structural: 'compare with pk.vancomycin-buelga-2005, a one-compartment model of another population',
  },
  limits: {
    refused: [
      'age under 18',
      'weight outside 30–250 kg',
      'creatinine outside 0.1–20 mg/dL',
      'doses without a length or repeated without an interval',
    ],
    stated: [
      'creatinine below 1.0 mg/dL above 60 years counts as 1.0 and clearance above 150 mL/min as 150, as in the publication',
      'intermittent haemodialysis is a constant effect; sessions are not modelled',
      'not for continuous renal replacement, extracorporeal oxygenation, pregnancy or burns',
    ],
  },
  knownBias: ['creatinine floor and cap under-predict clearance in frail and in augmented-clearance patients'],
  conflictsResolved: [
    { conflict: 'peripheral volume scaled by weight or not', resolution: 'scaled by weight/70' },
    { conflict: 'ω² as CV² or ln(1 + CV²)', resolution: 'ln(1 + CV²)' },
  ],
}
