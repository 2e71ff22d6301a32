import { cos, PI, sqrt } from '../../numerics/elementary.js'
import { type Dopri5Options, integrateDopri5 } from '../../numerics/ode/dopri5.js'
import { type Derivative } from '../../numerics/ode/ode.js'
import { type Chamber, type ShiParameters } from './parameters.js'

/** The state in the order of the outputs: volumes (mL), pressures (mmHg) and flows (mL/s). */
export const stateNames = [
  'LV_V',
  'RV_V',
  'LA_V',
  'RA_V',
  'SAS_S_p',
  'SAS_L_q',
  'SAT_S_p',
  'SAT_L_q',
  'SVN_C_p',
  'PAS_S_p',
  'PAS_L_q',
  'PAT_S_p',
  'PAT_L_q',
  'PVN_C_p',
] as const

const tolerance = { relativeTolerance: 1e-8, absoluteTolerance: 1e-8 }

/** Elastance of a chamber (mmHg/mL) at a time of the cycle of length tau: two half cosines, then rest. */
export function elastanceAt({ Emin, Emax, peak, end, onset }: Chamber, tau: number, phase: number): number {
  const since = phase >= onset * tau ? phase - onset * tau : phase + (1 - onset) * tau
  if (since >= end) return Emin
  const activation = since <= peak ? 1 - cos((since / peak) * PI) : 1 + cos(((since - peak) / (end - peak)) * PI)
  return Emin + ((Emax - Emin) * activation) / 2
}

/** Integrates the circulation from one time to another (s). @throws IntegrationFailure */
export function advance(
  parameters: ShiParameters,
  start: ArrayLike<number>,
  from: number,
  to: number,
  onStep?: Dopri5Options['onStep'],
): Float64Array {
  let state = Float64Array.from(start) as Float64Array
  let t = from
  while (t < to) {
    const next = Math.min(nextKink(parameters, t), to)
    const derivative = rightHandSide(parameters, Math.floor(midpoint(t, next) / parameters.tau))
    const options = { ...tolerance, initialStep: Math.min(1e-4, next - t), onStep }
    state = integrateDopri5(derivative, state, t, next, options).y
    t = next
  }
  return state
}

/** Blood volume in the chambers and, under pressure, in the vessels (mL); the loop conserves it. */
export function bloodVolume({ sas, sat, svn, pas, pat, pvn }: ShiParameters, y: ArrayLike<number>): number {
  const chambers = (y[0] as number) + (y[1] as number) + (y[2] as number) + (y[3] as number)
  const systemic = sas.C * (y[4] as number) + sat.C * (y[6] as number) + svn.C * (y[8] as number)
  const pulmonary = pas.C * (y[9] as number) + pat.C * (y[11] as number) + pvn.C * (y[13] as number)
  return chambers + systemic + pulmonary
}

/** Pressure of a chamber (mmHg) holding a volume (mL) at a time of the cycle. */
export function chamberPressure(chamber: Chamber, tau: number, phase: number, volume: number): number {
  return (volume - chamber.V0) * elastanceAt(chamber, tau, phase) + chamber.p0
}

/** Elastances are smooth between these times, so no step may cross one. */
function nextKink({ tau, lv, rv, la, ra }: ShiParameters, t: number): number {
  const beat = Math.floor(t / tau)
  let next = Infinity
  for (const { onset, peak, end } of [lv, rv, la, ra]) {
    for (const phase of [0, onset * tau, onset * tau + peak, onset * tau + end]) {
      for (const cycle of [beat - 1, beat, beat + 1]) {
        const kink = cycle * tau + phase
        // Closer than rounding it is the kink we stand on.
        if (kink > t + 1e-9 && kink < next) next = kink
      }
    }
  }
  return next
}

function midpoint(from: number, to: number): number {
  return from + (to - from) / 2
}

/** The flow through a valve (mL/s) driven by a pressure difference (mmHg); it opens one way only. */
function valveFlow(coefficient: number, difference: number): number {
  return difference > 0 ? coefficient * sqrt(difference) : 0
}

/** The equations within one cycle, counted from 0. */
function rightHandSide(p: ShiParameters, cycle: number): Derivative {
  const { tau, lv, rv, la, ra, valves, sas, sat, svn, pas, pat, pvn } = p
  const systemicResistance = sat.R + p.sar + p.scp
  const pulmonaryResistance = pat.R + p.par + p.pcp
  return (t, y, d) => {
    const phase = t - cycle * tau
    const leftVentricle = chamberPressure(lv, tau, phase, y[0] as number)
    const rightVentricle = chamberPressure(rv, tau, phase, y[1] as number)
    const leftAtrium = chamberPressure(la, tau, phase, y[2] as number)
    const rightAtrium = chamberPressure(ra, tau, phase, y[3] as number)
    const sinus = y[4] as number
    const aorta = y[5] as number
    const artery = y[6] as number
    const perfusion = y[7] as number
    const vein = y[8] as number
    const lungSinus = y[9] as number
    const trunk = y[10] as number
    const lungArtery = y[11] as number
    const lungPerfusion = y[12] as number
    const lungVein = y[13] as number

    const aortic = valveFlow(valves.av, leftVentricle - sinus)
    const mitral = valveFlow(valves.mv, leftAtrium - leftVentricle)
    const tricuspid = valveFlow(valves.tv, rightAtrium - rightVentricle)
    const pulmonary = valveFlow(valves.pv, rightVentricle - lungSinus)
    const venous = (vein - rightAtrium) / svn.R
    const lungVenous = (lungVein - leftAtrium) / pvn.R

    d[0] = mitral - aortic
    d[1] = tricuspid - pulmonary
    d[2] = lungVenous - mitral
    d[3] = venous - tricuspid
    d[4] = (aortic - aorta) / sas.C
    d[5] = (sinus - artery - sas.R * aorta) / sas.L
    d[6] = (aorta - perfusion) / sat.C
    d[7] = (artery - vein - systemicResistance * perfusion) / sat.L
    d[8] = (perfusion - venous) / svn.C
    d[9] = (pulmonary - trunk) / pas.C
    d[10] = (lungSinus - lungArtery - pas.R * trunk) / pas.L
    d[11] = (trunk - lungPerfusion) / pat.C
    d[12] = (lungArtery - lungVein - pulmonaryResistance * lungPerfusion) / pat.L
    d[13] = (lungPerfusion - lungVenous) / pvn.C
  }
}
