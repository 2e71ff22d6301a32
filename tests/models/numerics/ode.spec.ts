import { describe, expect, it } from '@jest/globals'
import {
  type DenseStep,
  integrateDopri5,
  IntegrationFailure,
  locateEvent,
} from '../../../src/models/numerics/ode/dopri5.js'
import { type Derivative } from '../../../src/models/numerics/ode/ode.js'
import { integrateRk4 } from '../../../src/models/numerics/ode/rk4.js'

/** y'' = −y from (1, 0): y = cos t. */
const oscillator: Derivative = (_t, y, derivative) => {
  derivative[0] = y[1] as number
  derivative[1] = -(y[0] as number)
}

const tight = { relativeTolerance: 1e-10, absoluteTolerance: 1e-12 }

describe('fixed-step Runge–Kutta', () => {
  it('is of fourth order: half the step, a sixteenth of the error', () => {
    const error = (steps: number): number =>
      Math.abs((integrateRk4(oscillator, [1, 0], 0, 3, steps)[0] as number) - Math.cos(3))
    expect(error(200) / error(400)).toBeGreaterThan(14)
    expect(error(200) / error(400)).toBeLessThan(18)
  })

  it('shows every step, the first state included', () => {
    const times: number[] = []
    integrateRk4(oscillator, [1, 0], 0, 1, 4, (t) => times.push(t))
    expect(times).toEqual([0, 0.25, 0.5, 0.75, 1])
  })
})

describe('Dormand–Prince', () => {
  it('meets its tolerance and the end of the interval exactly', () => {
    const result = integrateDopri5(oscillator, [1, 0], 0, 20, tight)
    expect(result.t).toBe(20)
    expect(Math.abs((result.y[0] as number) - Math.cos(20))).toBeLessThan(1e-8)
  })

  it('reads the solution inside a step to fourth order', () => {
    let worst = 0
    const state = new Float64Array(2)
    const onStep = (step: DenseStep): void => {
      for (const theta of [0, 0.25, 0.5, 0.75, 1]) {
        const t = step.from + theta * (step.to - step.from)
        worst = Math.max(worst, Math.abs((step.interpolate(t, state)[0] as number) - Math.cos(t)))
      }
    }
    integrateDopri5(oscillator, [1, 0], 0, 20, { ...tight, onStep })
    expect(worst).toBeLessThan(1e-8)
  })

  it('locates where a function of the state changes sign, and stops there when told', () => {
    let crossing: number | null = null
    integrateDopri5(oscillator, [1, 0], 0, 20, {
      ...tight,
      onStep: (step) => {
        crossing = locateEvent(step, (_t, y) => y[0] as number, 1e-12)
        return crossing === null
      },
    })
    expect(crossing).toBeCloseTo(Math.PI / 2, 8)
  })

  it('fails instead of returning an unfinished result', () => {
    const blowUp: Derivative = (_t, y, derivative) => {
      derivative[0] = (y[0] as number) * (y[0] as number)
    }
    expect(() => integrateDopri5(blowUp, [1], 0, 2, { ...tight, maximumSteps: 10_000 })).toThrow(IntegrationFailure)
    expect(() => integrateDopri5(oscillator, [1, 0], 0, 20, { ...tight, maximumSteps: 3 })).toThrow('too-many-steps')
  })
})
