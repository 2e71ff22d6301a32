import { advance, chamberPressure } from './circulation.js'
import { type ShiParameters } from './parameters.js'

/** What is measured over one cycle. Volumes in mL, pressures in mmHg, flows in L/min, rate in 1/min. */
export interface BeatSummary {
  readonly HR: number
  readonly LV_EDV: number
  readonly LV_ESV: number
  readonly LV_SV: number
  readonly LV_EF: number
  readonly RV_EDV: number
  readonly RV_ESV: number
  readonly CO: number
  readonly SBP: number
  readonly DBP: number
  readonly PASP: number
  readonly PADP: number
  readonly LVPmax: number
  readonly RVPmax: number
}

/** Measures the cycle that starts from a state at a whole number of cycles (s). */
export function summariseBeat(parameters: ShiParameters, state: ArrayLike<number>, from: number): BeatSummary {
  const { tau, lv, rv } = parameters
  const read = (t: number, y: ArrayLike<number>): number[] => [
    y[0] as number,
    y[1] as number,
    y[6] as number,
    y[11] as number,
    chamberPressure(lv, tau, t - from, y[0] as number),
    chamberPressure(rv, tau, t - from, y[1] as number),
  ]
  const smallest = read(from, state)
  const largest = [...smallest]
  advance(parameters, state, from, from + tau, (step) => {
    read(step.to, step.state).forEach((value, index) => {
      smallest[index] = Math.min(smallest[index] as number, value)
      largest[index] = Math.max(largest[index] as number, value)
    })
  })
  const [LV_ESV, RV_ESV, DBP, PADP] = smallest as [number, number, number, number]
  const [LV_EDV, RV_EDV, SBP, PASP, LVPmax, RVPmax] = largest as [number, number, number, number, number, number]
  const LV_SV = LV_EDV - LV_ESV
  const HR = 60 / tau
  return {
    HR,
    LV_EDV,
    LV_ESV,
    LV_SV,
    LV_EF: LV_SV / LV_EDV,
    RV_EDV,
    RV_ESV,
    CO: (LV_SV * HR) / 1000,
    SBP,
    DBP,
    PASP,
    PADP,
    LVPmax,
    RVPmax,
  }
}
