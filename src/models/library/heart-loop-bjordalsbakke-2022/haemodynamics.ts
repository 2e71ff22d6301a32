import { type DenseStep, locateEvent } from '../../numerics/ode/dopri5.js'
import { type Derivative } from '../../numerics/ode/ode.js'
import { type Circulation, measuredBeat, place, stressedVolume, ventricularPressure } from './circulation.js'

/** What is measured over one beat. Volumes in mL, pressures in mmHg, CO in L/min, HR in 1/min. */
export interface Haemodynamics {
  readonly EDV: number
  readonly ESV: number
  readonly SV: number
  readonly EF: number
  readonly HR: number
  readonly CO: number
  readonly SBP: number
  readonly DBP: number
  readonly MAP: number
  readonly LVPmax: number
  readonly strokeWork_mmHg_mL: number
  readonly CVPmean: number
  readonly volStressed: number
}

/** Pressures and volume at equally spaced times of one beat, its end included. */
export interface PressureVolumeLoop {
  readonly t_s: number[]
  readonly LV_V_mL: number[]
  readonly LV_p_mmHg: number[]
  readonly SA_p_mmHg: number[]
}

/** A quantity that varies over the beat, with its rate of change for finding its extremes. */
interface Quantity {
  readonly value: (t: number, y: Float64Array) => number
  readonly slope: (t: number, y: Float64Array, d: Float64Array) => number
}

/** Simulates one beat from a state and measures it; `points` > 1 also samples the pressure–volume loop. */
export function measureBeat(
  circulation: Circulation,
  start: Float64Array,
  points: number,
): { haemodynamics: Haemodynamics; loop: PressureVolumeLoop } {
  const { tau } = circulation.parameters
  const volume = new Range(circulation, start, volumeOf())
  const arterial = new Range(circulation, start, arterialPressureOf())
  const ventricular = new Range(circulation, start, ventricularPressureOf(circulation))
  const sampler = new LoopSampler(circulation, points)
  const end = measuredBeat(circulation, start, (step, derivative) => {
    volume.extend(step, derivative)
    arterial.extend(step, derivative)
    ventricular.extend(step, derivative)
    sampler.read(step)
  })
  const SV = volume.largest - volume.smallest
  const HR = 60 / tau
  return {
    haemodynamics: {
      EDV: volume.largest,
      ESV: volume.smallest,
      SV,
      EF: SV / volume.largest,
      HR,
      CO: (SV * HR) / 1000,
      SBP: arterial.largest,
      DBP: arterial.smallest,
      MAP: (end[place.arterialIntegral] as number) / tau,
      LVPmax: ventricular.largest,
      strokeWork_mmHg_mL: end[place.work] as number,
      CVPmean: (end[place.venousIntegral] as number) / tau,
      volStressed: stressedVolume(circulation, end),
    },
    loop: sampler.loop,
  }
}

/** The extremes of a quantity over a beat, located where its rate of change passes zero. */
class Range {
  smallest: number
  largest: number
  private readonly slopes = new Float64Array(6)
  private readonly inside = new Float64Array(6)

  constructor(
    circulation: Circulation,
    start: Float64Array,
    private readonly quantity: Quantity,
  ) {
    this.smallest = quantity.value(0, start)
    this.largest = quantity.value(0, start)
  }

  extend(step: DenseStep, derivative: Derivative): void {
    this.include(step.to, step.state)
    const slope = (t: number, y: Float64Array): number => {
      derivative(t, y, this.slopes)
      return this.quantity.slope(t, y, this.slopes)
    }
    const turn = locateEvent(step, slope, 1e-12)
    if (turn !== null) this.include(turn, step.interpolate(turn, this.inside))
  }

  private include(t: number, state: Float64Array): void {
    const value = this.quantity.value(t, state)
    this.smallest = Math.min(this.smallest, value)
    this.largest = Math.max(this.largest, value)
  }
}

function volumeOf(): Quantity {
  return { value: (_t, y) => y[place.volume] as number, slope: (_t, _y, d) => d[place.volume] as number }
}

function arterialPressureOf(): Quantity {
  return { value: (_t, y) => y[place.arterial] as number, slope: (_t, _y, d) => d[place.arterial] as number }
}

function ventricularPressureOf(circulation: Circulation): Quantity {
  const { elastance, parameters } = circulation
  return {
    value: (t, y) => ventricularPressure(circulation, t, y),
    slope: (t, y, d) =>
      elastance.slopeAt(t) * ((y[place.volume] as number) - parameters.V0) +
      elastance.at(t) * (d[place.volume] as number),
  }
}

class LoopSampler {
  readonly loop: PressureVolumeLoop = { t_s: [], LV_V_mL: [], LV_p_mmHg: [], SA_p_mmHg: [] }
  private readonly inside = new Float64Array(6)

  constructor(
    private readonly circulation: Circulation,
    private readonly points: number,
  ) {}

  read(step: DenseStep): void {
    const { tau } = this.circulation.parameters
    while (this.loop.t_s.length < this.points) {
      const t = (tau * this.loop.t_s.length) / (this.points - 1)
      if (t > step.to) return
      const state = step.interpolate(t, this.inside)
      this.loop.t_s.push(t)
      this.loop.LV_V_mL.push(state[place.volume] as number)
      this.loop.LV_p_mmHg.push(ventricularPressure(this.circulation, t, state))
      this.loop.SA_p_mmHg.push(state[place.arterial] as number)
    }
  }
}
