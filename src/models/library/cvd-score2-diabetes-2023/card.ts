import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of SCORE2-Diabetes. */
export const card: ModelCard = {
  id: 'cvd.score2-diabetes-2023',
  version: '1.0.0',
  title: 'SCORE2-Diabetes: 10-year risk of cardiovascular disease in type 2 diabetes in Europe',
  doi: ['10.1093/eurheartj/ehad260'],
  questionOfInterest:
    'How likely is a first myocardial infarction, stroke or cardiovascular death within 10 years for someone with type 2 diabetes?',
  contextOfUse:
    'Europeans of 40 to 69 years with type 2 diabetes in primary prevention, as one input to a conversation between patient and clinician.',
  risk: assessRisk('medium', 'medium'),
  inputs: [
    { name: 'riskRegion', codes: [], whenMissing: 'refuse; it follows from the country of residence' },
    { name: 'sex', codes: [], whenMissing: 'refuse' },
    { name: 'smoker', codes: ['loinc|72166-2', 'snomed|77176002'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'sbp_mmHg', codes: ['loinc|8480-6'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'totalChol_mmolL', codes: ['loinc|14647-2', 'loinc|2093-3'], maximumAge: 'P5Y', whenMissing: 'refuse' },
    { name: 'hdl_mmolL', codes: ['loinc|14646-4', 'loinc|2085-9'], maximumAge: 'P5Y', whenMissing: 'refuse' },
    { name: 'priorCvd', codes: ['snomed|49601007'], whenMissing: 'the caller answers for it' },
    { name: 'age', codes: [], whenMissing: 'refuse' },
    {
      name: 'ageAtDiabetesDx',
      codes: ['snomed|44054006'],
      whenMissing: 'refuse; it follows from the onset of the condition',
    },
    { name: 'hba1c_mmolmol', codes: ['loinc|59261-8', 'loinc|4548-4'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    {
      name: 'egfr',
      codes: ['loinc|98979-8', 'loinc|33914-3'],
      maximumAge: 'P1Y',
      whenMissing: 'derive by CKD-EPI 2021 from creatinine, else refuse',
    },
  ],
  outputs: [
    'risk10y_pct: percent',
    'risk10y_pct_1dp_paper: rounded to one decimal',
    'riskClass: below 5, 10 and 20 %, or above',
  ],
  verification: [
    'Reference vectors, relative error below 1e-9; the graphical abstract of the paper to its one decimal',
  ],
  validation: [
    {
      population: 'People with type 2 diabetes in four European countries',
      n: 217036,
      metric: 'C index 0.009 to 0.031 above that of SCORE2',
      citation: '10.1093/eurheartj/ehad260',
    },
  ],
  uncertainty: {
    parameter: 'No coefficient covariance is published; published discrimination stands instead.',
    measurement: 'HbA1c, creatinine and office pressure vary within a person; vary inputs by the assay SD.',
    structural: 'Compare with cvd.prevent-2023 with HbA1c where both apply.',
  },
  limits: {
    refused: [
      'Age outside 40-69',
      'Diagnosis later than the present age',
      'Prior cardiovascular disease',
      'HDL cholesterol not below total cholesterol',
      'Implausible measurements',
    ],
    stated: ['Type 1 diabetes was not studied', 'Severe target-organ damage is very high risk whatever the score'],
  },
  knownBias: ['Risk regions are countries: differences within a country are not seen'],
  conflictsResolved: [],
}
