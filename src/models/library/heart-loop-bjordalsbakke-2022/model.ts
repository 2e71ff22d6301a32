import { type NumberRange } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { type LoopParameters } from './elastance.js'
import { type Haemodynamics, measureBeat, type PressureVolumeLoop } from './haemodynamics.js'
import { circulationOf, stateAfter, steadyState } from './steady-state.js'

export interface BjordalsbakkeInput {
  readonly overrides: Partial<LoopParameters>
  /** "steady state" with any remark after it, or the number of the beat to measure, counted from 1. */
  readonly beats?: string
  /** Number of points of the pressure–volume loop to return. */
  readonly loopPoints?: number
}

export interface BjordalsbakkeOutput extends Haemodynamics {
  /** Scale of the elastance. */
  readonly k: number
  /** Beats simulated before the measured one. */
  readonly beatsBefore: number
  readonly loop: PressureVolumeLoop | null
}

const parameterNames = Object.keys(coefficients.parameters) as (keyof LoopParameters)[]

/** What each parameter may be; wide enough for children and for failing hearts. */
const ranges: Readonly<Record<keyof LoopParameters, NumberRange & { unit: string; quantity: string }>> = {
  tau: { min: 0.25, max: 3, unit: 's', quantity: 'cardiac cycle' },
  Emin: { min: 0.005, max: 1, unit: 'mm[Hg]/mL', quantity: 'diastolic elastance' },
  Emax: { min: 0.05, max: 20, unit: 'mm[Hg]/mL', quantity: 'end-systolic elastance' },
  n1: { min: 0.5, max: 10, unit: '1', quantity: 'steepness of contraction' },
  n2: { min: 2, max: 60, unit: '1', quantity: 'steepness of relaxation' },
  t1f: { min: 0.05, max: 1, unit: '1', quantity: 'contraction time over the cycle' },
  t2f: { min: 0.1, max: 1, unit: '1', quantity: 'relaxation time over the cycle' },
  Rs: { min: 0.1, max: 10, unit: 'mm[Hg].s/mL', quantity: 'systemic resistance' },
  Csa: { min: 0.1, max: 10, unit: 'mL/mm[Hg]', quantity: 'arterial compliance' },
  Csv: { min: 1, max: 200, unit: 'mL/mm[Hg]', quantity: 'venous compliance' },
  Zao: { min: 0.001, max: 2, unit: 'mm[Hg].s/mL', quantity: 'resistance of the aortic valve' },
  Rmv: { min: 0.0005, max: 1, unit: 'mm[Hg].s/mL', quantity: 'resistance of the mitral valve' },
  V0: { min: -100, max: 300, unit: 'mL', quantity: 'unstressed ventricular volume' },
  MCFP: { min: 1, max: 40, unit: 'mm[Hg]', quantity: 'mean circulatory filling pressure' },
}

/** The left ventricle in a closed loop of systemic arteries and veins. */
export const heartLoopBjordalsbakke2022 = defineModel<BjordalsbakkeInput, BjordalsbakkeOutput>({
  id: 'heart.loop-bjordalsbakke-2022',
  version: '1.0.0',
  inputs: [
    {
      name: 'overrides',
      kind: 'group',
      quantity: 'parameters where they differ from the publication',
      members: parameterNames.map((name) => {
        const { unit, quantity, ...range } = ranges[name]
        return { name, kind: 'number', quantity, unit, range, optional: true }
      }),
    },
    {
      name: 'beats',
      kind: 'text',
      quantity: 'beat that is measured',
      pattern: 'steady state.*|[1-9]\\d{0,3}',
      optional: true,
    },
    {
      name: 'loopPoints',
      kind: 'number',
      quantity: 'points of the pressure–volume loop',
      unit: '1',
      range: { min: 2, max: 2000 },
      integer: true,
      optional: true,
    },
  ],
  outputs: [
    { name: 'k', quantity: 'scale of the elastance', unit: '1' },
    { name: 'EDV', quantity: 'end-diastolic volume', unit: 'mL' },
    { name: 'ESV', quantity: 'end-systolic volume', unit: 'mL' },
    { name: 'SV', quantity: 'stroke volume', unit: 'mL' },
    { name: 'EF', quantity: 'ejection fraction', unit: '1' },
    { name: 'HR', quantity: 'heart rate', unit: '/min' },
    { name: 'CO', quantity: 'cardiac output', unit: 'L/min' },
    { name: 'SBP', quantity: 'systolic arterial pressure', unit: 'mm[Hg]' },
    { name: 'DBP', quantity: 'diastolic arterial pressure', unit: 'mm[Hg]' },
    { name: 'MAP', quantity: 'mean arterial pressure', unit: 'mm[Hg]' },
    { name: 'LVPmax', quantity: 'peak ventricular pressure', unit: 'mm[Hg]' },
    { name: 'strokeWork_mmHg_mL', quantity: 'stroke work', unit: 'mm[Hg].mL' },
    { name: 'CVPmean', quantity: 'mean venous pressure', unit: 'mm[Hg]' },
    { name: 'volStressed', quantity: 'stressed blood volume', unit: 'mL' },
    { name: 'beatsBefore', quantity: 'beats simulated before the measured one', unit: '1' },
    { name: 'loop', quantity: 'pressure–volume loop', nullable: true },
  ],
  card,
  coefficients,
  applicability: refuseOverrides,
  compute({ overrides, beats = 'steady state', loopPoints }) {
    const circulation = circulationOf(withOverrides(overrides))
    const start = beats.startsWith('steady') ? steadyState(circulation) : stateAfter(circulation, Number(beats) - 1)
    const { haemodynamics, loop } = measureBeat(circulation, start.state, loopPoints ?? 0)
    return {
      k: circulation.elastance.k,
      ...haemodynamics,
      beatsBefore: start.beats,
      loop: loopPoints === undefined ? null : loop,
    }
  },
})

function withOverrides(overrides: Partial<LoopParameters>): LoopParameters {
  const merged: Record<string, number> = { ...coefficients.parameters }
  for (const name of parameterNames) merged[name] = overrides[name] ?? coefficients.parameters[name]
  return merged as LoopParameters
}

/** An override that the model does not know would silently do nothing; a ventricle must stiffen when it contracts. */
function refuseOverrides({ overrides }: Partial<BjordalsbakkeInput>): RefusalReason[] {
  if (typeof overrides !== 'object' || overrides === null) return []
  const reasons: RefusalReason[] = Object.keys(overrides)
    .filter((name) => !(parameterNames as string[]).includes(name))
    .map(() => ({ input: 'overrides', code: 'not-allowed', limit: parameterNames.join(' | ') }))
  const { Emin, Emax } = withOverrides(overrides)
  if (Emax <= Emin) reasons.push({ input: 'overrides.Emax', code: 'not-applicable', limit: 'above Emin' })
  return reasons
}
