import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { type AnaesthesiaPatient, type PropofolParameters, typicalParameters } from './parameters.js'
import { readRegimen, UnreadableRegimen } from './regimen.js'
import { type AnaesthesiaPoint, emergenceTime, PropofolSimulation } from './simulation.js'

export interface EleveldInput extends AnaesthesiaPatient {
  /** Such as "2 mg/kg over 1 min, then 8 mg/kg/h for 60 min, then stop". */
  readonly regimen: string
  /** Times at which the patient is looked at; every minute until 30 min after the end when absent. */
  readonly times_min?: readonly number[]
  /** Bispectral index that counts as awake. */
  readonly emergenceBIS?: number
}

export interface EleveldOutput {
  readonly params: PropofolParameters
  /** By time in minutes. */
  readonly sim: Readonly<Record<string, AnaesthesiaPoint>>
  readonly infusionEnd_min: number
  readonly emergence_min: number | null
}

const minutesShownAfterEnd = 30
const longestRegimen_min = 48 * 60

/** Propofol in people of all ages: concentrations, bispectral index and emergence. */
export const eleveldPropofol2018 = defineModel<EleveldInput, EleveldOutput>({
  id: 'anaes.eleveld-propofol-2018',
  version: '1.0.0',
  inputs: [
    { name: 'age', kind: 'number', quantity: 'age', unit: 'a', range: { min: 0, max: 88, exclusiveMin: true } },
    { name: 'weight_kg', kind: 'number', quantity: 'total body weight', unit: 'kg', range: { min: 0.68, max: 160 } },
    { name: 'height_cm', kind: 'number', quantity: 'height', unit: 'cm', range: { min: 30, max: 220 } },
    { name: 'sex', kind: 'code', quantity: 'sex', values: ['female', 'male'] },
    { name: 'opioids', kind: 'boolean', quantity: 'opioids given as well' },
    { name: 'regimen', kind: 'text', quantity: 'propofol infusion' },
    {
      name: 'times_min',
      kind: 'list',
      quantity: 'times at which the patient is looked at',
      optional: true,
      maxItems: 10_000,
      items: { name: 'time', kind: 'number', quantity: 'time', unit: 'min', range: { min: 0, max: 10_080 } },
    },
    {
      name: 'emergenceBIS',
      kind: 'number',
      quantity: 'bispectral index that counts as awake',
      unit: '1',
      range: { min: 40, max: 90 },
      optional: true,
    },
  ],
  outputs: [
    ...(['V1', 'V2', 'V3'] as const).map((name) => ({ name: `params.${name}`, quantity: 'volume', unit: 'L' })),
    ...(['CL', 'Q2', 'Q3'] as const).map((name) => ({ name: `params.${name}`, quantity: 'clearance', unit: 'L/min' })),
    { name: 'params.ke0', quantity: 'effect-site equilibration rate', unit: '/min' },
    { name: 'params.Ce50', quantity: 'effect-site concentration of half effect', unit: 'ug/mL' },
    { name: 'params.ffm', quantity: 'fat-free mass', unit: 'kg' },
    { name: 'sim', quantity: 'concentrations (ug/mL) and bispectral index by time in minutes' },
    { name: 'infusionEnd_min', quantity: 'end of the infusion', unit: 'min' },
    { name: 'emergence_min', quantity: 'time from the end of the infusion to emergence', unit: 'min', nullable: true },
  ],
  card,
  coefficients,
  applicability: refuseRegimen,
  compute(input) {
    const params = typicalParameters(input)
    const simulation = new PropofolSimulation(params, readRegimen(input.regimen, input.weight_kg))
    const times = input.times_min ?? everyMinute(simulation.end + minutesShownAfterEnd)
    return {
      params,
      sim: Object.fromEntries(times.map((t) => [String(t), simulation.at(t)])),
      infusionEnd_min: simulation.end,
      emergence_min: emergenceTime(simulation, input.emergenceBIS ?? coefficients.emergenceBIS),
    }
  },
})

function everyMinute(end: number): number[] {
  return Array.from({ length: Math.floor(end) + 1 }, (_, minute) => minute)
}

function refuseRegimen({ regimen }: Partial<EleveldInput>): RefusalReason[] {
  if (typeof regimen !== 'string') return []
  try {
    const length = readRegimen(regimen, 1).reduce((total, { dur_min }) => total + dur_min, 0)
    if (length <= longestRegimen_min) return []
    return [{ input: 'regimen', code: 'out-of-range', limit: `at most ${longestRegimen_min} min` }]
  } catch (error) {
    if (!(error instanceof UnreadableRegimen)) throw error
    return [{ input: 'regimen', code: 'not-allowed', limit: '<dose> over <time>, then <rate> for <time>, then stop' }]
  }
}
