/** The left ventricle of a person, from echo and resting measurements: its shape, its beat and what they amount to. Pure. */
import { fitVentricle } from '../../models/library/body-lv-truncated-ellipsoid/fit.js'
import { type VentricleGeometry } from '../../models/library/body-lv-truncated-ellipsoid/geometry.js'
import { leftVentricle } from '../../models/library/body-lv-truncated-ellipsoid/model.js'
import { SEGMENT_NAMES } from '../../models/library/body-lv-truncated-ellipsoid/segments.js'
import { teichholzVolume } from '../../models/library/body-lv-truncated-ellipsoid/teichholz.js'
import { calibrate, type CalibratedLoop } from '../../models/library/heart-loop-bjordalsbakke-2022/calibrate.js'
import { heartLoopBjordalsbakke2022 } from '../../models/library/heart-loop-bjordalsbakke-2022/model.js'
import { lvMassEcho } from '../../models/library/heart-lvmass-echo/model.js'
import { type InputSpecification } from '../../models/input-specification.js'
import { type RefusalReason } from '../../models/model-refusal.js'
import { validateInputs } from '../../models/validate-inputs.js'
import type { Measure } from '../provenance.js'

export interface VentricleInputs {
  /** Internal diameter and wall thicknesses at end-diastole, cm */
  readonly lvidd_cm: number
  readonly ivsd_cm: number
  readonly lvpwd_cm: number
  readonly ejectionFraction_percent: number
  /** At rest, 1/min */
  readonly heartRate: number
  /** At rest, mm[Hg] */
  readonly SBP: number
  readonly DBP: number
}

export interface VentricleOfPerson {
  /** At end-diastole. */
  readonly geometry: VentricleGeometry
  readonly beat: CalibratedLoop
  readonly measures: readonly Measure[]
}

/** Models that the ventricle stands on. */
export const VENTRICLE_MODELS = [leftVentricle, heartLoopBjordalsbakke2022] as const

/** Moments of a beat in the file, the last of them the first of the next beat. */
export const MOMENTS = 17

const RESTING: readonly InputSpecification[] = [
  measured('ejectionFraction_percent', 'ejection fraction', '%', 10, 85),
  measured('heartRate', 'heart rate at rest', '/min', 25, 220),
  measured('SBP', 'systolic blood pressure', 'mm[Hg]', 60, 260),
  measured('DBP', 'diastolic blood pressure', 'mm[Hg]', 25, 160),
]

/** Every reason why these inputs give no ventricle, by input; empty when they do. */
export const ventricleJudge = {
  refusals(input: object): readonly RefusalReason[] {
    const reasons = [...lvMassEcho.refusals(input), ...validateInputs(RESTING, input)]
    const { SBP, DBP } = input as Partial<VentricleInputs>
    if (Number(DBP) >= Number(SBP)) reasons.push({ input: 'DBP', code: 'not-applicable', limit: 'below SBP' })
    return reasons
  },
}

/**
 * @param inputs that the judge lets pass
 * @returns the ventricle, or why the models cannot reproduce what was measured
 */
export function composeVentricle(inputs: VentricleInputs): VentricleOfPerson | readonly RefusalReason[] {
  const EDV = teichholzVolume(inputs.lvidd_cm)
  const geometry = fitVentricle({ ...inputs, cavityVolume_mL: EDV })
  const shape = leftVentricle.refusals(geometry)
  if (shape.length > 0) return shape
  const ESV = EDV * (1 - inputs.ejectionFraction_percent / 100)
  const beat = calibrate({ ...inputs, EDV, ESV }, MOMENTS)
  if (!beat) return [{ input: 'SBP', code: 'not-applicable', limit: 'a loop of the model with these measurements' }]
  return { geometry, beat, measures: measuresOf(inputs, geometry, beat) }
}

function measuresOf(
  inputs: VentricleInputs,
  geometry: VentricleGeometry,
  { haemodynamics }: CalibratedLoop,
): Measure[] {
  const { wall_mm3: _wall, lvMass_g, segmentMass_g } = leftVentricle.evaluate(geometry)
  const { EDV, ESV, SV, EF, CO, SBP, DBP } = haemodynamics
  return [
    { name: 'EDV', quantity: 'end-diastolic volume', value: EDV, unit: 'mL' },
    { name: 'ESV', quantity: 'end-systolic volume', value: ESV, unit: 'mL' },
    { name: 'SV', quantity: 'stroke volume', value: SV, unit: 'mL' },
    { name: 'EF', quantity: 'ejection fraction', value: EF * 100, unit: '%' },
    { name: 'HR', quantity: 'heart rate', value: inputs.heartRate, unit: '/min' },
    { name: 'CO', quantity: 'cardiac output', value: CO, unit: 'L/min' },
    { name: 'SBP', quantity: 'systolic arterial pressure', value: SBP, unit: 'mm[Hg]' },
    { name: 'DBP', quantity: 'diastolic arterial pressure', value: DBP, unit: 'mm[Hg]' },
    { name: 'LVIDd', quantity: 'internal diameter at end-diastole', value: inputs.lvidd_cm, unit: 'cm' },
    {
      name: 'wall',
      quantity: 'mean wall thickness at end-diastole',
      value: (inputs.ivsd_cm + inputs.lvpwd_cm) / 2,
      unit: 'cm',
    },
    { name: 'mass', quantity: 'mass of the wall', value: lvMass_g, unit: 'g' },
    ...segmentMass_g.map((value, index) => ({
      name: `segment-${index + 1}`,
      quantity: `mass of AHA segment ${index + 1}, ${SEGMENT_NAMES[index]}`,
      value,
      unit: 'g',
    })),
  ]
}

function measured(name: string, quantity: string, unit: string, min: number, max: number): InputSpecification {
  return { name, quantity, kind: 'number', unit, range: { min, max } }
}
