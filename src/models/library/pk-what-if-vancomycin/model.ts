import { isAbsent } from '../../absence.js'
import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { standardNormalCdf, standardNormalQuantile } from '../../numerics/distributions.js'
import { exp, ln, sqrt } from '../../numerics/elementary.js'
import { concentrationAt, twoCompartment, type TwoCompartmentParameters } from '../../pharmacokinetics/disposition.js'
import { expandDoses, type Infusion, lastDoseStart } from '../../pharmacokinetics/doses.js'
import { refuseRepetitions } from '../../pharmacokinetics/specifications.js'
import { type Interval, type Uncertainty } from '../../uncertainty.js'
import { coefficients as buelga } from '../pk-vancomycin-buelga-2005/coefficients.js'
import { coefficients } from '../pk-vancomycin-goti-2018/coefficients.js'
import { type GotiInput, vancomycinGoti2018 } from '../pk-vancomycin-goti-2018/model.js'
import { card } from './card.js'

/** One infusion, repeated for ever. */
export interface Regimen {
  readonly dose_mg: number
  readonly tau_h: number
  readonly dur_h: number
}

export interface VancomycinRegimenInput extends Omit<GotiInput, 'times_h'> {
  readonly regimens: readonly Regimen[]
}

/** A regimen at steady state. */
export interface RegimenOutcome extends Regimen {
  readonly auc24_mghL: number
  readonly trough_mgL: number
  readonly peak_mgL: number
  /** Probabilities that the daily area lies below, within and above the target. */
  readonly target: { readonly below: number; readonly within: number; readonly above: number }
  readonly uncertainty: Uncertainty<
    { readonly auc24_mghL: Interval },
    { readonly measuredTrough_mgL: Interval },
    { readonly buelgaAuc24_mghL: number }
  >
}

export interface VancomycinRegimenOutput {
  readonly params: TwoCompartmentParameters
  /** Whether the parameters are this patient’s, from measured levels, or those of a typical patient. */
  readonly estimatedFrom: 'levels' | 'covariates'
  /** What is given now, repeated; null when the doses so far show no interval. */
  readonly present: RegimenOutcome | null
  readonly regimens: readonly RegimenOutcome[]
  readonly dailyDoseForTarget_mg: readonly number[]
}

const inputs: readonly InputSpecification[] = [
  ...vancomycinGoti2018.inputs.filter(({ name }) => name !== 'times_h'),
  {
    name: 'regimens',
    kind: 'list',
    quantity: 'regimens to compare',
    minItems: 1,
    maxItems: 20,
    items: {
      name: 'regimen',
      kind: 'group',
      quantity: 'regimen',
      members: [
        {
          name: 'dose_mg',
          kind: 'number',
          quantity: 'dose',
          unit: 'mg',
          range: { min: 0, max: 10_000, exclusiveMin: true },
        },
        { name: 'tau_h', kind: 'number', quantity: 'dosing interval', unit: 'h', range: { min: 1, max: 168 } },
        {
          name: 'dur_h',
          kind: 'number',
          quantity: 'length of each infusion',
          unit: 'h',
          range: { min: 0, max: 24, exclusiveMin: true },
        },
      ],
    },
  },
]

/** Vancomycin regimens for one patient, compared at steady state. */
export const vancomycinRegimen = defineModel<VancomycinRegimenInput, VancomycinRegimenOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    { name: 'params.CL', quantity: 'clearance', unit: 'L/h' },
    { name: 'params.Vc', quantity: 'central volume', unit: 'L' },
    { name: 'params.Vp', quantity: 'peripheral volume', unit: 'L' },
    { name: 'params.Q', quantity: 'intercompartmental clearance', unit: 'L/h' },
    { name: 'estimatedFrom', quantity: 'what the parameters rest on' },
    { name: 'present', quantity: 'the present regimen at steady state', nullable: true },
    { name: 'regimens', quantity: 'each alternative at steady state' },
    { name: 'dailyDoseForTarget_mg', quantity: 'daily doses at the ends of the target', unit: 'mg' },
  ],
  card,
  coefficients: { goti: coefficients, buelga },
  applicability: (input) => [...refuseRepetitions(input.doses), ...refuseOverlaps(input)],
  compute(input) {
    const { typical, crcl_mLmin, map } = vancomycinGoti2018.evaluate(input)
    const patient: Patient = {
      params: map?.params ?? typical,
      clearanceSd: map?.posteriorSD_eta[0] ?? sqrt(ln(1 + coefficients.variation[0]! * coefficients.variation[0]!)),
      crcl_mLmin,
    }
    const present = presentRegimen(expandDoses(input.doses))
    return {
      params: patient.params,
      estimatedFrom: map === null ? 'covariates' : 'levels',
      present: present && outcomeOf(present, patient),
      regimens: input.regimens.map((regimen) => outcomeOf(regimen, patient)),
      dailyDoseForTarget_mg: coefficients.targetArea.map((area) => area * patient.params.CL),
    }
  },
})

interface Patient {
  readonly params: TwoCompartmentParameters
  /** Of the logarithm of clearance. */
  readonly clearanceSd: number
  readonly crcl_mLmin: number
}

/** An infusion longer than its interval would never end. */
function refuseOverlaps({ regimens }: Partial<VancomycinRegimenInput>): RefusalReason[] {
  if (!Array.isArray(regimens)) return []
  return (regimens as readonly (Partial<Regimen> | null)[]).flatMap((regimen, index) =>
    Number(regimen?.dur_h) > Number(regimen?.tau_h)
      ? [{ input: `regimens[${index}].dur_h`, code: 'not-applicable' as const, limit: 'no longer than tau_h' }]
      : [],
  )
}

/** The last dose and the interval before it; null after a single dose. */
function presentRegimen(doses: readonly Infusion[]): Regimen | null {
  const last = lastDoseStart(doses)
  const before = lastDoseStart(doses.filter(({ t_h }) => t_h < last))
  const dose = doses.find(({ t_h }) => t_h === last)
  if (isAbsent(dose) || before === -Infinity) return null
  return { dose_mg: dose.amt_mg, tau_h: last - before, dur_h: dose.dur_h }
}

const z = standardNormalQuantile(0.975)

function outcomeOf({ dose_mg, tau_h, dur_h }: Regimen, { params, clearanceSd, crcl_mLmin }: Patient): RegimenOutcome {
  const daily = (dose_mg * 24) / tau_h
  const auc24_mghL = daily / params.CL
  const { trough_mgL, peak_mgL } = steadyState({ dose_mg, tau_h, dur_h }, params)
  const [low, high] = coefficients.targetArea as [number, number]
  // ln(area) is normal around ln(daily/CL), because ln(CL) is.
  const below = standardNormalCdf((ln(low) - ln(auc24_mghL)) / clearanceSd)
  const above = standardNormalCdf((ln(auc24_mghL) - ln(high)) / clearanceSd)
  const assaySd = sqrt(
    coefficients.additiveError * coefficients.additiveError +
      coefficients.proportionalError * coefficients.proportionalError * trough_mgL * trough_mgL,
  )
  const buelgaClearance = buelga.clearancePerCreatinineClearance * crcl_mLmin * buelga.litresPerHour
  return {
    dose_mg,
    tau_h,
    dur_h,
    auc24_mghL,
    trough_mgL,
    peak_mgL,
    target: { below, within: 1 - below - above, above },
    uncertainty: {
      parameter: {
        auc24_mghL: {
          lower: auc24_mghL * exp(-z * clearanceSd),
          median: auc24_mghL,
          upper: auc24_mghL * exp(z * clearanceSd),
        },
      },
      measurement: {
        measuredTrough_mgL: {
          lower: Math.max(0, trough_mgL - z * assaySd),
          median: trough_mgL,
          upper: trough_mgL + z * assaySd,
        },
      },
      structural: { buelgaAuc24_mghL: daily / buelgaClearance },
    },
  }
}

/**
 * Concentrations just before and at the end of an infusion, once the doses have added up: the sum over earlier doses is
 * carried on until another changes nothing in the last place.
 */
function steadyState(
  { dose_mg, tau_h, dur_h }: Regimen,
  params: TwoCompartmentParameters,
): { trough_mgL: number; peak_mgL: number } {
  const terms = twoCompartment(params)
  const one: readonly Infusion[] = [{ t_h: 0, amt_mg: dose_mg, dur_h }]
  const sumFrom = (first: number): number => {
    let total = 0
    for (let t = first; ; t += tau_h) {
      const next = total + concentrationAt(terms, one, t)
      if (next === total || t > longestMemory_h) return next
      total = next
    }
  }
  return { trough_mgL: sumFrom(tau_h), peak_mgL: sumFrom(dur_h) }
}

/** A year: no patient remembers a dose for so long. */
const longestMemory_h = 8760
