import { isAbsent } from '../../absence.js'
import { drawsOf, seedInput } from '../../draws.js'
import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { pow } from '../../numerics/elementary.js'
import { intervalOf, type Interval, type Uncertainty } from '../../uncertainty.js'
import { applicability as preventApplicability } from '../cvd-prevent-2023/applicability.js'
import { inputs as preventInputs, type PreventInput } from '../cvd-prevent-2023/input.js'
import { prevent2023 } from '../cvd-prevent-2023/model.js'
import { RISK_REGIONS, type RiskRegion } from '../cvd-score2-2021/calibrated-risk.js'
import { score2 } from '../cvd-score2-2021/model.js'
import {
  treatmentEffect,
  type TreatmentEffectInput,
  type TreatmentEffectOutput,
} from '../cvd-treatment-effect/model.js'
import { sampleRateRatio } from '../cvd-treatment-effect/rate-ratio.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'

export interface HeartDrugsInput extends Omit<PreventInput, 'model'> {
  readonly ldl_mmolL: number
  /** Null: no statin. */
  readonly newStatin?: TreatmentEffectInput['statin']
  readonly dose_mg?: number | null
  readonly bpDrugs: number
  readonly halfDose: boolean
  /** Asks SCORE2 too. */
  readonly riskRegion?: RiskRegion | null
  readonly seed?: number | null
}

/** 10-year risks between 0 and 1. */
export interface HeartRisks {
  readonly ascvd10: number
  readonly heartFailure10: number
}

export interface HeartDrugsOutput {
  readonly untreated: HeartRisks
  readonly treated: HeartRisks
  /** Absolute reductions of risk. */
  readonly reduction: HeartRisks
  /** To prevent one event of ASCVD in 10 years; null when nothing is reduced. */
  readonly nnt10: number | null
  readonly dLDL_mmolL: number
  readonly dSBP_mmHg: number
  readonly uncertainty: Uncertainty<
    {
      readonly treatedAscvd10: Interval
      readonly reductionAscvd10: Interval
      readonly treatedHeartFailure10: Interval
    },
    {
      readonly untreatedAscvd10: Interval
      readonly treatedAscvd10: Interval
      /** Share of the draws that left the model's range and are not counted. */
      readonly outOfRange: number
    },
    { readonly score2Risk10: number } | null
  >
}

const treatmentInputs = treatmentEffect.inputs.filter(({ name }) => name !== 'ascvd10' && name !== 'sbp_mmHg')

const inputs: readonly InputSpecification[] = [
  ...preventInputs.filter(({ name }) => name !== 'model'),
  ...treatmentInputs.map((input) => (input.name === 'statin' ? { ...input, name: 'newStatin' } : input)),
  { name: 'riskRegion', quantity: 'European risk region', kind: 'code', values: RISK_REGIONS, optional: true },
  seedInput,
]

/** Heart risk with and without drugs, for one person. */
export const heartDrugs = defineModel<HeartDrugsInput, HeartDrugsOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    ...(['untreated', 'treated', 'reduction'] as const).flatMap((name) => [
      { name: `${name}.ascvd10`, quantity: '10-year risk of ASCVD', unit: '1' },
      { name: `${name}.heartFailure10`, quantity: '10-year risk of heart failure', unit: '1' },
    ]),
    { name: 'nnt10', quantity: 'Number needed to treat for 10 years', unit: '1', nullable: true },
    { name: 'dLDL_mmolL', quantity: 'Fall of LDL cholesterol', unit: 'mmol/L' },
    { name: 'dSBP_mmHg', quantity: 'Fall of systolic pressure', unit: 'mm[Hg]' },
    { name: 'uncertainty', quantity: '95 % intervals by kind of uncertainty' },
  ],
  card,
  coefficients,
  applicability,
  compute(input) {
    const untreated = untreatedRisks(input)
    const effect = effectOn(input, untreated.ascvd10)
    const treated = treatedRisks(untreated, effect.hr_combined, effect.hf_hr_bp)
    return {
      untreated,
      treated,
      reduction: difference(untreated, treated),
      nnt10: effect.nnt10,
      dLDL_mmolL: effect.dLDL_mmolL,
      dSBP_mmHg: effect.dSBP_mmHg,
      uncertainty: {
        parameter: byRateRatios(input, untreated, effect),
        measurement: byInstruments(input),
        structural: otherModel(input),
      },
    }
  },
})

function applicability(input: Partial<HeartDrugsInput>): readonly RefusalReason[] {
  const reasons = [...preventApplicability({ ...input, model: 'base' })]
  const { newStatin, dose_mg, statin } = input
  if (statin === true && !isAbsent(newStatin)) {
    reasons.push({ input: 'newStatin', code: 'not-applicable', limit: 'for somebody who takes none' })
  }
  return [...reasons, ...treatmentEffect.refusals({ ...input, statin: newStatin, dose_mg }).filter(isAboutDose)]
}

const isAboutDose = ({ input }: RefusalReason): boolean => input === 'dose_mg'

/** PREVENT's statin term is prognostic: for a new statin it stays at 0, for one being taken it is what the person is. */
function untreatedRisks(input: HeartDrugsInput): HeartRisks {
  const { y10 } = prevent2023.evaluate({ ...input, model: 'base' })
  return { ascvd10: y10.ascvd, heartFailure10: y10.heart_failure }
}

function effectOn(input: HeartDrugsInput, ascvd10: number): TreatmentEffectOutput {
  const { ldl_mmolL, newStatin: statin, dose_mg, bpDrugs, halfDose, sbp: sbp_mmHg } = input
  return treatmentEffect.evaluate({ ascvd10, ldl_mmolL, statin, dose_mg, sbp_mmHg, bpDrugs, halfDose })
}

function treatedRisks(untreated: HeartRisks, ascvdRatio: number, heartFailureRatio: number): HeartRisks {
  return {
    ascvd10: 1 - pow(1 - untreated.ascvd10, ascvdRatio),
    heartFailure10: 1 - pow(1 - untreated.heartFailure10, heartFailureRatio),
  }
}

function difference(untreated: HeartRisks, treated: HeartRisks): HeartRisks {
  return {
    ascvd10: untreated.ascvd10 - treated.ascvd10,
    heartFailure10: untreated.heartFailure10 - treated.heartFailure10,
  }
}

/** Draws of the rate ratios around their estimates, at the falls that were expected. */
function byRateRatios(
  { seed }: HeartDrugsInput,
  untreated: HeartRisks,
  { dLDL_mmolL, dSBP_mmHg }: TreatmentEffectOutput,
): HeartDrugsOutput['uncertainty']['parameter'] {
  const { rateRatioPerMmolLdl, rateRatioPer10MmHg } = coefficients.treatment
  const draws = drawsOf(seed, 0, coefficients.draws, (stream) => {
    const lipid = pow(sampleRateRatio(rateRatioPerMmolLdl.majorVascular, stream.normal()), dLDL_mmolL)
    const pressure = pow(sampleRateRatio(rateRatioPer10MmHg.majorCvd, stream.normal()), dSBP_mmHg / 10)
    const failure = pow(sampleRateRatio(rateRatioPer10MmHg.heartFailure, stream.normal()), dSBP_mmHg / 10)
    return treatedRisks(untreated, lipid * pressure, failure)
  })
  return {
    treatedAscvd10: intervalOf(draws.map(({ ascvd10 }) => ascvd10)),
    reductionAscvd10: intervalOf(draws.map(({ ascvd10 }) => untreated.ascvd10 - ascvd10)),
    treatedHeartFailure10: intervalOf(draws.map(({ heartFailure10 }) => heartFailure10)),
  }
}

/** Draws of what the instruments might have shown; what leaves the range is left out and counted, never clamped. */
function byInstruments(input: HeartDrugsInput): HeartDrugsOutput['uncertainty']['measurement'] {
  const { sbpDeviceSd, analyticalCv } = coefficients
  const draws = drawsOf(input.seed, 1, coefficients.draws, (stream) => {
    const measured = {
      ...input,
      sbp: input.sbp + sbpDeviceSd * stream.normal(),
      total_c: input.total_c * (1 + analyticalCv.totalCholesterol * stream.normal()),
      hdl_c: input.hdl_c * (1 + analyticalCv.hdl * stream.normal()),
      ldl_mmolL: input.ldl_mmolL * (1 + analyticalCv.ldl * stream.normal()),
    }
    if (heartDrugs.refusals(measured).length > 0) return null
    const untreated = untreatedRisks(measured)
    return { untreated: untreated.ascvd10, treated: effectOn(measured, untreated.ascvd10).ascvd10_treated }
  })
  const counted = draws.filter((draw) => draw !== null)
  const whole = counted.length > 0 ? counted : [unvaried(input)]
  return {
    untreatedAscvd10: intervalOf(whole.map(({ untreated }) => untreated)),
    treatedAscvd10: intervalOf(whole.map(({ treated }) => treated)),
    outOfRange: (draws.length - counted.length) / draws.length,
  }
}

function unvaried(input: HeartDrugsInput): { untreated: number; treated: number } {
  const { ascvd10 } = untreatedRisks(input)
  return { untreated: ascvd10, treated: effectOn(input, ascvd10).ascvd10_treated }
}

function otherModel(input: HeartDrugsInput): { score2Risk10: number } | null {
  if (isAbsent(input.riskRegion)) return null
  const { cholesterolMmolPerMgdl } = coefficients
  const asked = {
    riskRegion: input.riskRegion,
    age: input.age,
    sex: input.sex,
    smoker: input.smoking,
    sbp_mmHg: input.sbp,
    totalChol_mmolL: input.total_c * cholesterolMmolPerMgdl,
    hdl_mmolL: input.hdl_c * cholesterolMmolPerMgdl,
    diabetes: input.dm,
    priorCvd: input.priorCvd,
  }
  return score2.refusals(asked).length > 0 ? null : { score2Risk10: score2.evaluate(asked).risk10y_pct / 100 }
}
