import { type InputSpecification } from '../input-specification.js'
import { type RefusalReason } from '../model-refusal.js'
import { type Bolus } from './doses.js'

const repetition: readonly InputSpecification[] = [
  { name: 't_h', kind: 'number', quantity: 'start of the dose', unit: 'h', range: { min: 0, max: 8760 } },
  { name: 'amt_mg', kind: 'number', quantity: 'amount', unit: 'mg', range: { min: 0, max: 1e6, exclusiveMin: true } },
  {
    name: 'ii_h',
    kind: 'number',
    quantity: 'interval of repeated doses',
    unit: 'h',
    range: { min: 0, max: 720 },
    optional: true,
  },
  {
    name: 'addl',
    kind: 'number',
    quantity: 'number of further doses',
    unit: '1',
    range: { min: 0, max: 1000 },
    integer: true,
    optional: true,
  },
]

/** A list of doses taken at once, with NONMEM's ii and addl for repetitions. */
export const bolusDoses: InputSpecification = {
  name: 'doses',
  kind: 'list',
  quantity: 'doses taken',
  minItems: 1,
  maxItems: 500,
  items: { name: 'dose', kind: 'group', quantity: 'dose', members: repetition },
}

/** A list of constant-rate infusions. */
export const infusions: InputSpecification = {
  name: 'doses',
  kind: 'list',
  quantity: 'infusions given',
  minItems: 1,
  maxItems: 500,
  items: {
    name: 'dose',
    kind: 'group',
    quantity: 'infusion',
    members: [
      ...repetition,
      {
        name: 'dur_h',
        kind: 'number',
        quantity: 'length of the infusion',
        unit: 'h',
        range: { min: 0, max: 720, exclusiveMin: true },
      },
    ],
  },
}

const concentration: InputSpecification = {
  name: 'observation',
  kind: 'group',
  quantity: 'concentration',
  members: [
    { name: 't_h', kind: 'number', quantity: 'time of the sample', unit: 'h', range: { min: 0, max: 8760 } },
    { name: 'mgL', kind: 'number', quantity: 'concentration', unit: 'mg/L', range: { min: 0, max: 1e4 } },
  ],
}

const mostConcentrations = 200

/** Measured concentrations, of which there must be one. */
export const concentrations: InputSpecification = {
  name: 'observations',
  kind: 'list',
  quantity: 'measured concentrations',
  minItems: 1,
  maxItems: mostConcentrations,
  items: concentration,
}

/** Measured concentrations; none means that only the typical patient is computed. */
export const optionalConcentrations: InputSpecification = {
  name: 'observations',
  kind: 'list',
  quantity: 'measured concentrations',
  maxItems: mostConcentrations,
  optional: true,
  items: concentration,
}

/** Times at which a curve is read. */
export const sampleTimes: InputSpecification = {
  name: 'times_h',
  kind: 'list',
  quantity: 'times at which the concentration is computed',
  maxItems: 10_000,
  optional: true,
  items: { name: 'time', kind: 'number', quantity: 'time', unit: 'h', range: { min: 0, max: 8760 } },
}

const mostDoses = 5000

/** Repetitions need an interval, and their number is limited so that one run stays short. */
export function refuseRepetitions(doses: unknown): RefusalReason[] {
  if (!Array.isArray(doses)) return []
  const reasons: RefusalReason[] = []
  let count = 0
  for (let index = 0; index < doses.length; index++) {
    const dose = doses[index] as Bolus | null
    const { addl = 0, ii_h = 0 } = dose ?? {}
    count += 1 + addl
    if (addl > 0 && !(ii_h > 0)) {
      reasons.push({ input: `doses[${index}].ii_h`, code: 'not-applicable', limit: 'positive where addl is' })
    }
  }
  if (count > mostDoses) {
    reasons.push({ input: 'doses', code: 'out-of-range', limit: `at most ${mostDoses} doses with repetitions` })
  }
  return reasons
}
