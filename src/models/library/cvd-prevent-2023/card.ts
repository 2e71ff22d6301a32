import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of the PREVENT equations. */
export const card: ModelCard = {
  id: 'cvd.prevent-2023',
  version: '1.0.0',
  title: 'AHA PREVENT equations: 10- and 30-year risk of cardiovascular disease',
  doi: ['10.1161/CIRCULATIONAHA.123.067626', '10.1161/CIR.0000000000001191'],
  questionOfInterest:
    'How likely is a first cardiovascular event (atherosclerotic disease or heart failure) within 10 and within 30 years?',
  contextOfUse:
    'Adults of 30 to 79 years in primary prevention, as one input to a conversation between patient and clinician. Not for people with known cardiovascular disease and not to predict the effect of starting a statin.',
  risk: assessRisk('medium', 'medium'),
  inputs: [
    { name: 'sex', codes: [], whenMissing: 'refuse' },
    { name: 'age', codes: [], whenMissing: 'refuse' },
    { name: 'sbp', codes: ['loinc|8480-6'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'bp_tx', codes: [], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'total_c', codes: ['loinc|2093-3', 'loinc|14647-2'], maximumAge: 'P5Y', whenMissing: 'refuse' },
    { name: 'hdl_c', codes: ['loinc|2085-9', 'loinc|14646-4'], maximumAge: 'P5Y', whenMissing: 'refuse' },
    {
      name: 'statin',
      codes: ['rxnorm|83367', 'rxnorm|301542', 'rxnorm|36567', 'rxnorm|42463'],
      maximumAge: 'P1Y',
      whenMissing: 'refuse',
    },
    { name: 'dm', codes: ['snomed|73211009', 'snomed|44054006'], whenMissing: 'refuse' },
    { name: 'smoking', codes: ['loinc|72166-2', 'snomed|77176002'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    {
      name: 'egfr',
      codes: ['loinc|98979-8', 'loinc|33914-3'],
      maximumAge: 'P1Y',
      whenMissing: 'derive by CKD-EPI 2021 from creatinine, else refuse',
    },
    {
      name: 'bmi',
      codes: ['loinc|39156-5'],
      maximumAge: 'P1Y',
      whenMissing: 'derive from height and weight, else refuse',
    },
    {
      name: 'hba1c',
      codes: ['loinc|4548-4', 'loinc|59261-8'],
      maximumAge: 'P1Y',
      whenMissing: 'equations without it, or the published missing term of the full equations',
    },
    {
      name: 'uacr',
      codes: ['loinc|9318-7'],
      maximumAge: 'P1Y',
      whenMissing: 'equations without it, or the published missing term of the full equations',
    },
    { name: 'sdi', codes: [], whenMissing: 'from zip, else the published missing term' },
    { name: 'zip', codes: [], whenMissing: 'the published missing term' },
    { name: 'model', codes: [], whenMissing: 'chosen by the optional predictors present' },
    { name: 'priorCvd', codes: ['snomed|49601007'], whenMissing: 'the caller answers for it' },
  ],
  outputs: [
    'y10 and y30: probability of total CVD, ASCVD, heart failure, coronary heart disease and stroke',
    'y30 is null above 59 years',
  ],
  verification: [
    'Reference vectors for all five sets of equations, relative error below 1e-9',
    'Properties: risk rises with smoking, diabetes and systolic pressure from 110 mm[Hg] on up to 65 years, and every value just outside a range is refused',
  ],
  validation: [
    {
      population: 'US adults of 30 to 79 years without CVD, 21 external validation data sets',
      n: 3330085,
      metric: 'C statistic of total CVD 0.794 (women) and 0.757 (men); calibration slope 1.03 and 0.94',
      citation: '10.1161/CIRCULATIONAHA.123.067626',
    },
  ],
  uncertainty: {
    parameter: 'No coefficient covariance is published; published discrimination and calibration stand instead.',
    measurement: 'Office systolic pressure and lipids vary within a person; vary inputs by the device or assay SD.',
    structural: 'Compare with cvd.score2-2021 where both apply.',
  },
  limits: {
    refused: [
      'Age outside 30-79, SBP 90-180, total cholesterol 130-320, HDL 20-100, BMI 18.5-39.9, eGFR 15-140, HbA1c 4.5-15, UACR 0.1-25000',
      'Prior cardiovascular disease',
      'HDL cholesterol not below total cholesterol',
    ],
    stated: [
      'US population; recalibration is needed elsewhere',
      'Pregnancy and terminal illness were not studied',
      'ZIP codes are understood as 2015-2019 tabulation areas',
    ],
  },
  knownBias: [
    'Race is left out by design; calibration differs between groups of different ancestry and insurance',
    'The statin term is prognostic (confounded by indication) and must not be read as a treatment effect',
  ],
  conflictsResolved: [],
}
