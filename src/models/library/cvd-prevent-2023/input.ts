import { type InputSpecification } from '../../input-specification.js'

/** Which equations: those without, with one, or with all optional predictors. */
export type PreventEquations = 'base' | 'hba1c' | 'uacr' | 'sdi' | 'full'

/** A person free of cardiovascular disease. */
export interface PreventInput {
  /** Absent: the equations of the optional predictors that are present. */
  readonly model?: PreventEquations | null
  readonly sex: 'female' | 'male'
  /** a */
  readonly age: number
  /** mm[Hg] */
  readonly sbp: number
  /** Takes medication for high blood pressure. */
  readonly bp_tx: boolean
  /** mg/dL */
  readonly total_c: number
  /** mg/dL */
  readonly hdl_c: number
  /** Takes a statin: prognostic, not causal. */
  readonly statin: boolean
  readonly dm: boolean
  readonly smoking: boolean
  /** mL/min/{1.73_m2}, CKD-EPI 2021 */
  readonly egfr: number
  /** kg/m2 */
  readonly bmi: number
  /** % (NGSP) */
  readonly hba1c?: number | null
  /** Urine albumin to creatinine, mg/g */
  readonly uacr?: number | null
  /** Decile of the Social Deprivation Index, 10 the most deprived. Takes precedence over the ZIP code. */
  readonly sdi?: number | null
  /** Five digits; stands for the decile of its area. */
  readonly zip?: string | null
  /** Has had a myocardial infarction, a stroke or heart failure: the equations do not apply. */
  readonly priorCvd?: boolean | null
}

/** The ranges of the derivation samples, as the PREVENT online calculator enforces them. */
export const inputs: readonly InputSpecification[] = [
  {
    name: 'model',
    quantity: 'Set of equations',
    kind: 'code',
    values: ['base', 'hba1c', 'uacr', 'sdi', 'full'],
    optional: true,
  },
  { name: 'sex', quantity: 'Sex', kind: 'code', values: ['female', 'male'] },
  { name: 'age', quantity: 'Age', kind: 'number', unit: 'a', range: { min: 30, max: 79 } },
  { name: 'sbp', quantity: 'Systolic blood pressure', kind: 'number', unit: 'mm[Hg]', range: { min: 90, max: 180 } },
  { name: 'bp_tx', quantity: 'Antihypertensive medication', kind: 'boolean' },
  { name: 'total_c', quantity: 'Total cholesterol', kind: 'number', unit: 'mg/dL', range: { min: 130, max: 320 } },
  { name: 'hdl_c', quantity: 'HDL cholesterol', kind: 'number', unit: 'mg/dL', range: { min: 20, max: 100 } },
  { name: 'statin', quantity: 'Statin use', kind: 'boolean' },
  { name: 'dm', quantity: 'Diabetes mellitus', kind: 'boolean' },
  { name: 'smoking', quantity: 'Current smoking', kind: 'boolean' },
  {
    name: 'egfr',
    quantity: 'Estimated glomerular filtration rate',
    kind: 'number',
    unit: 'mL/min/{1.73_m2}',
    range: { min: 15, max: 140 },
  },
  { name: 'bmi', quantity: 'Body mass index', kind: 'number', unit: 'kg/m2', range: { min: 18.5, max: 39.9 } },
  {
    name: 'hba1c',
    quantity: 'Haemoglobin A1c',
    kind: 'number',
    unit: '%',
    range: { min: 4.5, max: 15 },
    optional: true,
  },
  {
    name: 'uacr',
    quantity: 'Urine albumin-to-creatinine ratio',
    kind: 'number',
    unit: 'mg/g',
    range: { min: 0.1, max: 25000 },
    optional: true,
  },
  {
    name: 'sdi',
    quantity: 'Decile of the Social Deprivation Index',
    kind: 'number',
    unit: '1',
    integer: true,
    range: { min: 1, max: 10 },
    optional: true,
  },
  { name: 'zip', quantity: 'ZIP code of residence', kind: 'text', pattern: '[0-9]{5}', optional: true },
  { name: 'priorCvd', quantity: 'Prior cardiovascular disease', kind: 'boolean', optional: true },
]
