import { isAbsent } from '../../absence.js'
import { ln } from '../../numerics/elementary.js'
import { coefficients } from './coefficients.js'
import { type PreventInput } from './input.js'
import { sdiDecileOf } from './social-deprivation.js'

/**
 * The predictors of a person after the centring and scaling of the publication (supplemental table S12): splines with
 * knots at 110 mm[Hg], 30 kg/m2 and 60 mL/min/{1.73_m2}, age in decades from 55.
 * @returns one number for each of PREVENT_TERMS, in their order.
 */
export function preventTerms(input: PreventInput): readonly number[] {
  const perMgDl = coefficients.mmolPerLiterOfCholesterol
  const age = (input.age - 55) / 10
  const nonHdl = (input.total_c - input.hdl_c) * perMgDl - 3.5
  const hdl = (input.hdl_c * perMgDl - 1.3) / 0.3
  const sbpBelow110 = (Math.min(input.sbp, 110) - 110) / 20
  const sbpFrom110 = (Math.max(input.sbp, 110) - 130) / 20
  const bmiBelow30 = (Math.min(input.bmi, 30) - 25) / 5
  const bmiFrom30 = (Math.max(input.bmi, 30) - 30) / 5
  const egfrBelow60 = (Math.min(input.egfr, 60) - 60) / -15
  const egfrFrom60 = (Math.max(input.egfr, 60) - 90) / -15
  const diabetes = indicator(input.dm)
  const smoking = indicator(input.smoking)
  const antihypertensive = indicator(input.bp_tx)
  const statin = indicator(input.statin)
  const centredHba1c = isAbsent(input.hba1c) ? 0 : input.hba1c - 5.3
  const decile = sdiDecile(input)
  // prettier-ignore
  return [
    age, age * age, nonHdl, hdl, sbpBelow110, sbpFrom110, diabetes, smoking,
    bmiBelow30, bmiFrom30, egfrBelow60, egfrFrom60,
    antihypertensive, statin, antihypertensive * sbpFrom110, statin * nonHdl,
    age * nonHdl, age * hdl, age * sbpFrom110, age * diabetes, age * smoking, age * bmiFrom30, age * egfrBelow60,
    diabetes * centredHba1c, (1 - diabetes) * centredHba1c, indicator(isAbsent(input.hba1c)),
    isAbsent(input.uacr) ? 0 : ln(input.uacr), indicator(isAbsent(input.uacr)),
    indicator(decile !== null && decile >= 4 && decile <= 6), indicator(decile !== null && decile >= 7),
    indicator(decile === null),
    1,
  ]
}

function sdiDecile({ sdi, zip }: PreventInput): number | null {
  if (!isAbsent(sdi)) return sdi
  return isAbsent(zip) ? null : sdiDecileOf(zip)
}

function indicator(condition: boolean): 0 | 1 {
  return condition ? 1 : 0
}
