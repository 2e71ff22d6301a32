import { assessRisk, type ModelCard } from '../../model-card.js'

export const card: ModelCard = {
  id: 'pk.vancomycin-buelga-2005',
  version: '1.0.0',
  title: 'Vancomycin in adults with haematological malignancies (Buelga 2005)',
  doi: ['10.1128/AAC.49.12.4934-4941.2005'],
  questionOfInterest: 'Which vancomycin exposure does a regimen give in this adult with a haematological malignancy?',
  contextOfUse:
    'Second, structurally different opinion beside pk.vancomycin-goti-2018 when a clinician or pharmacist adjusts vancomycin.',
  risk: assessRisk('low', 'high'),
  inputs: [
    { name: 'weight_kg', codes: ['loinc|29463-7'], maximumAge: 'P90D', whenMissing: 'refused' },
    {
      name: 'crcl_mLmin',
      codes: [],
      whenMissing: 'derived by Cockcroft–Gault from creatinine, age, weight and sex; else refused',
    },
    { name: 'dose_mg', codes: ['rxnorm|11124'], maximumAge: 'P14D', whenMissing: 'refused' },
    { name: 'dur_h', codes: [], whenMissing: 'refused' },
    { name: 'tau_h', codes: [], whenMissing: 'refused' },
    {
      name: 'observations',
      codes: ['loinc|20578-1', 'loinc|4092-3'],
      maximumAge: 'P14D',
      whenMissing: 'typical patient only',
    },
  ],
  outputs: ['typical clearance, volume, concentrations and daily area', 'individual parameters with posterior SD'],
  verification: [
    'closed-form superposition of infusions, checked against vectors of an independent implementation to 1e-9',
    'estimation shared with pk.map-engine-1cmt-oral, which reproduces NONMEM',
  ],
  validation: [
    {
      population: 'adults with haematological malignancies, model development (one Spanish centre)',
      n: 215,
      metric: 'goodness of fit; evaluated in further 59 patients',
      citation: '10.1128/AAC.49.12.4934-4941.2005',
      unverified: true,
    },
  ],
  uncertainty: {
    parameter: 'between-patient CV 28.16 % CL and 37.15 % V, correlation 0.2312; posterior SD once levels are measured',
    measurement: 'additive residual 3.52 mg/L',
    structural: 'compare with pk.vancomycin-goti-2018, two compartments',
  },
  limits: {
    refused: [
      'weight outside 30–250 kg',
      'creatinine clearance outside 5–300 mL/min',
      'interval under 1 h or over 168 h',
    ],
    stated: [
      'one compartment: concentrations in the first hour after an infusion are under-predicted',
      'not for dialysis',
    ],
  },
  knownBias: ['developed in haematological malignancy, where volume and clearance are above those of other adults'],
  conflictsResolved: [],
}
