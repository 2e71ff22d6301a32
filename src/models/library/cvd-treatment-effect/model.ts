import { isAbsent } from '../../absence.js'
import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { pow } from '../../numerics/elementary.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'

type Statin = keyof typeof coefficients.ldlReductionPercent

/** A person's untreated risk and the drugs to be started. */
export interface TreatmentEffectInput {
  /** Untreated 10-year risk of ASCVD, between 0 and 1 */
  readonly ascvd10: number
  /** LDL cholesterol before treatment, mmol/L */
  readonly ldl_mmolL: number
  /** Null: no statin. */
  readonly statin?: Statin | null
  /** Daily dose, mg; one of the tabulated doses of the statin. */
  readonly dose_mg?: number | null
  /** Systolic pressure before treatment, mm[Hg] */
  readonly sbp_mmHg: number
  /** How many antihypertensive drugs of different classes are added. */
  readonly bpDrugs: number
  /** All antihypertensives at half their standard dose. */
  readonly halfDose: boolean
}

/** Effects beside the untreated risk. Hazard ratios are for treated against untreated. */
export interface TreatmentEffectOutput {
  readonly dLDL_mmolL: number
  readonly dSBP_mmHg: number
  readonly hr_lipid: number
  readonly hr_bp: number
  readonly hr_combined: number
  readonly ascvd10_treated: number
  /** Absolute risk reduction over 10 years */
  readonly arr: number
  /** Number to treat for 10 years to prevent one event; null when nothing is reduced. */
  readonly nnt10: number | null
  readonly hf_hr_bp: number
  readonly stroke_hr_bp: number
  readonly chd_hr_bp: number
}

const inputs: readonly InputSpecification[] = [
  {
    name: 'ascvd10',
    quantity: '10-year risk of ASCVD',
    kind: 'number',
    unit: '1',
    range: { min: 0, max: 1, exclusiveMin: true, exclusiveMax: true },
  },
  { name: 'ldl_mmolL', quantity: 'LDL cholesterol', kind: 'number', unit: 'mmol/L', range: { min: 0.5, max: 15 } },
  {
    name: 'statin',
    quantity: 'Statin',
    kind: 'code',
    values: Object.keys(coefficients.ldlReductionPercent),
    optional: true,
  },
  { name: 'dose_mg', quantity: 'Daily dose of the statin', kind: 'number', unit: 'mg', optional: true },
  {
    name: 'sbp_mmHg',
    quantity: 'Systolic blood pressure',
    kind: 'number',
    unit: 'mm[Hg]',
    range: { min: 90, max: 240 },
  },
  {
    name: 'bpDrugs',
    quantity: 'Antihypertensive drugs added',
    kind: 'number',
    unit: '1',
    integer: true,
    range: { min: 0, max: 5 },
  },
  { name: 'halfDose', quantity: 'Antihypertensives at half dose', kind: 'boolean' },
]

/** What starting a statin and antihypertensive drugs would do to a 10-year risk, by published meta-analyses. */
export const treatmentEffect = defineModel<TreatmentEffectInput, TreatmentEffectOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    { name: 'dLDL_mmolL', quantity: 'Fall of LDL cholesterol', unit: 'mmol/L' },
    { name: 'dSBP_mmHg', quantity: 'Fall of systolic pressure', unit: 'mm[Hg]' },
    { name: 'hr_lipid', quantity: 'Hazard ratio of the LDL fall', unit: '1' },
    { name: 'hr_bp', quantity: 'Hazard ratio of the pressure fall, major CVD', unit: '1' },
    { name: 'hr_combined', quantity: 'Product of both hazard ratios', unit: '1' },
    { name: 'ascvd10_treated', quantity: '10-year risk of ASCVD under treatment', unit: '1' },
    { name: 'arr', quantity: 'Absolute risk reduction', unit: '1' },
    { name: 'nnt10', quantity: 'Number needed to treat for 10 years', unit: '1', nullable: true },
    { name: 'hf_hr_bp', quantity: 'Hazard ratio of the pressure fall, heart failure', unit: '1' },
    { name: 'stroke_hr_bp', quantity: 'Hazard ratio of the pressure fall, stroke', unit: '1' },
    { name: 'chd_hr_bp', quantity: 'Hazard ratio of the pressure fall, coronary heart disease', unit: '1' },
  ],
  card,
  coefficients,
  applicability,
  compute(input) {
    const dLDL_mmolL = (input.ldl_mmolL * ldlReductionPercent(input)) / 100
    const dSBP_mmHg = sbpFall(input)
    const per10MmHg = coefficients.rateRatioPer10MmHg
    const hr_lipid = pow(coefficients.rateRatioPerMmolLdl.majorVascular[0], dLDL_mmolL)
    const hr_bp = pow(per10MmHg.majorCvd[0], dSBP_mmHg / 10)
    const hr_combined = hr_lipid * hr_bp
    const ascvd10_treated = 1 - pow(1 - input.ascvd10, hr_combined)
    const arr = input.ascvd10 - ascvd10_treated
    return {
      dLDL_mmolL,
      dSBP_mmHg,
      hr_lipid,
      hr_bp,
      hr_combined,
      ascvd10_treated,
      arr,
      nnt10: hr_combined < 1 ? 1 / arr : null,
      hf_hr_bp: pow(per10MmHg.heartFailure[0], dSBP_mmHg / 10),
      stroke_hr_bp: pow(per10MmHg.stroke[0], dSBP_mmHg / 10),
      chd_hr_bp: pow(per10MmHg.chd[0], dSBP_mmHg / 10),
    }
  },
})

function applicability({ statin, dose_mg }: Partial<TreatmentEffectInput>): readonly RefusalReason[] {
  const doses = isAbsent(statin) ? undefined : dosesOf(statin)
  if (doses === undefined) return []
  if (isAbsent(dose_mg)) return [{ input: 'dose_mg', code: 'missing' }]
  if (doses[dose_mg] !== undefined) return []
  return [{ input: 'dose_mg', code: 'not-allowed', limit: `${Object.keys(doses).join(' | ')} mg of ${statin}` }]
}

/** Percent of LDL by daily dose; undefined for what is not a tabulated statin. */
function dosesOf(statin: string): Readonly<Record<number, number>> | undefined {
  const table: Readonly<Record<string, Readonly<Record<number, number>>>> = coefficients.ldlReductionPercent
  return Object.hasOwn(table, statin) ? table[statin] : undefined
}

function ldlReductionPercent({ statin, dose_mg }: TreatmentEffectInput): number {
  if (isAbsent(statin) || isAbsent(dose_mg)) return 0
  return dosesOf(statin)?.[dose_mg] ?? 0
}

/** Each further drug starts from the pressure the former left (Law 2003). */
function sbpFall({ sbp_mmHg, bpDrugs, halfDose }: TreatmentEffectInput): number {
  const { base, slope, pivot, halfDoseFactor } = coefficients.sbpFall
  const doseFactor = halfDose ? halfDoseFactor : 1
  let fall = 0
  for (let drug = 0; drug < bpDrugs; drug++) fall += doseFactor * (base + slope * (sbp_mmHg - fall - pivot))
  return fall
}
