import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of SCORE2 and SCORE2-OP. */
export const card: ModelCard = {
  id: 'cvd.score2-2021',
  version: '1.0.0',
  title: 'SCORE2 and SCORE2-OP: 10-year risk of cardiovascular disease in Europe',
  doi: ['10.1093/eurheartj/ehab309', '10.1093/eurheartj/ehab312'],
  questionOfInterest: 'How likely is a first myocardial infarction, stroke or cardiovascular death within 10 years?',
  contextOfUse:
    'Europeans of 40 to 89 years in primary prevention, as one input to a conversation between patient and clinician.',
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
    { name: 'diabetes', codes: ['snomed|73211009', 'snomed|44054006'], whenMissing: 'refuse' },
  ],
  outputs: ['risk10y_pct: percent', 'riskClass: Low, Moderate or High by the limits for the age'],
  verification: [
    'Reference vectors, relative error below 1e-9; the worked example of the SCORE2 supplement',
    'Properties: risk rises with smoking and cholesterol below 70 years and, above 5 %, with the region; values outside a range are refused',
  ],
  validation: [
    {
      population: '25 external cohorts from 15 European countries, 40-69 years',
      n: 1133181,
      metric: 'C index 0.67 to 0.81',
      citation: '10.1093/eurheartj/ehab309',
    },
    {
      population: 'External cohorts, 65 years and older (SCORE2-OP)',
      n: 338615,
      metric: 'C index 0.63 to 0.67',
      citation: '10.1093/eurheartj/ehab312',
    },
  ],
  uncertainty: {
    parameter: 'No coefficient covariance is published; published discrimination stands instead.',
    measurement: 'Office systolic pressure and lipids vary within a person; vary inputs by the device or assay SD.',
    structural: 'Compare with cvd.prevent-2023 where both apply; the step at 70 years is a change of equations.',
  },
  limits: {
    refused: [
      'Age outside 40-89',
      'Prior cardiovascular disease',
      'HDL cholesterol not below total cholesterol',
      'Implausible measurements',
    ],
    stated: [
      'Known diabetes: SCORE2-Diabetes is the better model between 40 and 69 years',
      'Not for familial hypercholesterolaemia, pregnancy or severe kidney disease',
    ],
  },
  knownBias: ['Risk regions are countries: differences within a country are not seen'],
  conflictsResolved: [],
}
