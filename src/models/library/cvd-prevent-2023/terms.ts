import { isAbsent } from '../../absence.js'
import { ln } from '../../numerics/elementary.js'
import { coefficients } from './coefficients.js'
import { type PreventTerm } from './coefficients/tables.js'
import { type PreventInput } from './input.js'
import { sdiDecileOf } from './social-deprivation.js'

/**
 * The predictors of a person after the centring and scaling of the publication (supplemental table S12): splines with
 * knots at 110 mm[Hg], 30 kg/m2 and 60 mL/min/{1.73_m2}, age in decades from 55.
 */
export function preventTerms(input: PreventInput): Record<PreventTerm, number> {
  const perMgDl = coefficients.mmolPerLiterOfCholesterol
  const age = (input.age - 55) / 10
  const nonHdl = (input.total_c - input.hdl_c) * perMgDl - 3.5
  const hdl = (input.hdl_c * perMgDl - 1.3) / 0.3
  const sbpFrom110 = (Math.max(input.sbp, 110) - 130) / 20
  const bmiFrom30 = (Math.max(input.bmi, 30) - 30) / 5
  const egfrBelow60 = (Math.min(input.egfr, 60) - 60) / -15
  const diabetes = indicator(input.dm)
  const smoking = indicator(input.smoking)
  const antihypertensive = indicator(input.bp_tx)
  const statin = indicator(input.statin)
  return {
    ageSquared: age * age,
    age,
    nonHdl,
    hdl,
    sbpBelow110: (Math.min(input.sbp, 110) - 110) / 20,
    sbpFrom110,
    diabetes,
    smoking,
    bmiBelow30: (Math.min(input.bmi, 30) - 25) / 5,
    bmiFrom30,
    egfrBelow60,
    egfrFrom60: (Math.max(input.egfr, 60) - 90) / -15,
    antihypertensive,
    statin,
    treatedSbpFrom110: antihypertensive * sbpFrom110,
    treatedNonHdl: statin * nonHdl,
    ageNonHdl: age * nonHdl,
    ageHdl: age * hdl,
    ageSbpFrom110: age * sbpFrom110,
    ageDiabetes: age * diabetes,
    ageSmoking: age * smoking,
    ageBmiFrom30: age * bmiFrom30,
    ageEgfrBelow60: age * egfrBelow60,
    ...optionalTerms(input),
    constant: 1,
  }
}

function optionalTerms({ dm, hba1c, uacr, sdi, zip }: PreventInput) {
  const centredHba1c = isAbsent(hba1c) ? 0 : hba1c - 5.3
  const decile = sdi ?? (isAbsent(zip) ? null : sdiDecileOf(zip))
  return {
    hba1cWithDiabetes: dm ? centredHba1c : 0,
    hba1cWithoutDiabetes: dm ? 0 : centredHba1c,
    hba1cMissing: indicator(isAbsent(hba1c)),
    lnUacr: isAbsent(uacr) ? 0 : ln(uacr),
    uacrMissing: indicator(isAbsent(uacr)),
    sdi4To6: indicator(decile !== null && decile >= 4 && decile <= 6),
    sdi7To10: indicator(decile !== null && decile >= 7),
    sdiMissing: indicator(decile === null),
  }
}

function indicator(condition: boolean): 0 | 1 {
  return condition ? 1 : 0
}
