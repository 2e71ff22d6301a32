import { matrixExponential } from '../../numerics/linear-algebra/matrix-exponential.js'
import { multiplyVector } from '../../numerics/linear-algebra/matrix.js'
import { brent } from '../../numerics/root-finding.js'
import { bispectralIndex, type PropofolParameters } from './parameters.js'
import { type RateSegment } from './regimen.js'

/** Plasma and effect-site concentration in µg/mL (mg/L) and the bispectral index. */
export interface AnaesthesiaPoint {
  readonly Cp: number
  readonly Ce: number
  readonly BIS: number
}

/** Amounts in the three compartments (mg), effect-site concentration (mg/L), and 1 that carries the infusion. */
type State = readonly number[]

const atRest: State = [0, 0, 0, 0, 1]

/** An exact solution of the three compartments with effect site under piecewise constant infusion. */
export class PropofolSimulation {
  private readonly propagators = new Map<string, number[][]>()
  private readonly starts: readonly { readonly t: number; readonly state: State; readonly rate: number }[]

  /** The end of the last segment in minutes; nothing is infused from there on. */
  readonly end: number

  constructor(
    private readonly parameters: PropofolParameters,
    segments: readonly RateSegment[],
  ) {
    let [t, state] = [0, atRest]
    const starts: { t: number; state: State; rate: number }[] = []
    for (const { dur_min, rate_mg_min } of segments) {
      starts.push({ t, state, rate: rate_mg_min })
      state = this.advance(state, rate_mg_min, dur_min)
      t += dur_min
    }
    this.starts = [...starts, { t, state, rate: 0 }]
    this.end = t
  }

  /** The patient at a time in minutes. */
  at(t: number): AnaesthesiaPoint {
    let start = this.starts[0] as (typeof this.starts)[number]
    for (const candidate of this.starts) if (candidate.t <= t) start = candidate
    const state = this.advance(start.state, start.rate, t - start.t)
    const Ce = state[3] as number
    return { Cp: (state[0] as number) / this.parameters.V1, Ce, BIS: bispectralIndex(Ce, this.parameters.Ce50) }
  }

  /** The bispectral index at the end of the infusion and after it, minute by minute without end. */
  *recovery(): Generator<number> {
    let state = (this.starts[this.starts.length - 1] as (typeof this.starts)[number]).state
    for (;;) {
      yield bispectralIndex(state[3] as number, this.parameters.Ce50)
      state = this.advance(state, 0, 1)
    }
  }

  private advance(state: State, rate: number, length: number): State {
    if (length === 0) return state
    const key = `${rate}/${length}`
    const known = this.propagators.get(key)
    const propagator = known ?? matrixExponential(this.generator(rate, length))
    if (known === undefined) this.propagators.set(key, propagator)
    return multiplyVector(propagator, state)
  }

  private generator(rate: number, length: number): number[][] {
    const { V1, V2, V3, CL, Q2, Q3, ke0 } = this.parameters
    const rows = [
      [-(CL + Q2 + Q3) / V1, Q2 / V2, Q3 / V3, 0, rate],
      [Q2 / V1, -Q2 / V2, 0, 0, 0],
      [Q3 / V1, 0, -Q3 / V3, 0, 0],
      [ke0 / V1, 0, 0, -ke0, 0],
      [0, 0, 0, 0, 0],
    ]
    return rows.map((row) => row.map((value) => value * length))
  }
}

const longestEmergence_min = 24 * 60
/** The effect site fills for some minutes after a short infusion; who is awake for so long stays awake. */
const longestOnset_min = 10

/**
 * Minutes from the end of the infusion until the bispectral index reaches a value on its way up; the effect site may
 * still fill for a moment after the end. Null when it does not happen within a day or was never below.
 */
export function emergenceTime(simulation: PropofolSimulation, targetBIS: number): number | null {
  const asleep = lastMinuteAsleep(simulation, targetBIS)
  if (asleep === null) return null
  const shortfall = (sinceEnd: number): number => simulation.at(simulation.end + sinceEnd).BIS - targetBIS
  return brent(shortfall, asleep.minute, asleep.minute + 1, 1e-9)
}

/** As {@link emergenceTime}, by a straight line within the minute: many patients for the price of one. */
export function emergenceMinute(simulation: PropofolSimulation, targetBIS: number): number | null {
  const asleep = lastMinuteAsleep(simulation, targetBIS)
  return asleep && asleep.minute + (targetBIS - asleep.BIS) / (asleep.nextBIS - asleep.BIS)
}

/** The last whole minute after the end at which the index lies below the value, with the index then and a minute later. */
function lastMinuteAsleep(
  simulation: PropofolSimulation,
  targetBIS: number,
): { minute: number; BIS: number; nextBIS: number } | null {
  let asleep: { minute: number; BIS: number } | null = null
  let minute = 0
  for (const BIS of simulation.recovery()) {
    if (BIS < targetBIS) asleep = { minute, BIS }
    else if (asleep !== null) return { ...asleep, nextBIS: BIS }
    else if (minute >= longestOnset_min) break
    if (++minute > longestEmergence_min) return null
  }
  return null
}
