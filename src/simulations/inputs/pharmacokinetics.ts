/** Doses and levels from the record, on one clock (cards: src/models/library/pk-*). */
import { HAEMODIALYSIS, VANCOMYCIN } from './clinical-codes.js'
import { AGE, creatinine, creatinineClearance, SEX, STATED, weight } from './common-rules.js'
import type { InputMapping } from './mapping.js'
import { NotComputable, type DerivedRule, type DosesRule, type EitherRule, type LevelsRule } from './rules.js'

interface Infusion {
  t_h: number
  amt_mg: number
  dur_h: number
}

const INFUSION_LENGTH = {
  from: 'parameter',
  specification: {
    name: 'infusion_h',
    quantity: 'Length of the infusions whose end is not on record',
    kind: 'number',
    unit: 'h',
    range: { min: 0, max: 24, exclusiveMin: true },
  },
} as const

const VANCOMYCIN_DOSES: DosesRule = {
  from: 'doses',
  category: 'medications',
  drug: VANCOMYCIN,
  maximumAge: 'P14D',
  form: { infusion: INFUSION_LENGTH },
}

/** Random and trough levels. */
const VANCOMYCIN_LEVELS: LevelsRule = {
  from: 'levels',
  category: 'laboratory',
  codes: ['20578-1', '4092-3'],
  maximumAge: 'P14D',
  doses: VANCOMYCIN_DOSES,
}

/** Without a level only the typical patient is computed. */
const OBSERVATIONS: EitherRule = { from: 'either', rules: [VANCOMYCIN_LEVELS, STATED] }

/** That no dialysis is on record does not say that there is none: then somebody has to say so. */
export const GOTI_MAPPING: InputMapping = {
  model: 'pk.vancomycin-goti-2018',
  version: '1.0.0',
  inputs: {
    age: AGE,
    weight_kg: weight('P90D'),
    scr_mgdL: creatinine('mg/dL', 'P2D'),
    sex: SEX,
    haemodialysis: {
      from: 'either',
      rules: [
        {
          from: 'history',
          category: 'conditions',
          conditions: HAEMODIALYSIS,
          procedures: HAEMODIALYSIS,
          which: { within: 'P7D' },
          absent: 'unknown',
        },
        STATED,
      ],
    },
    doses: { from: 'either', rules: [VANCOMYCIN_DOSES, STATED] },
    observations: OBSERVATIONS,
    times_h: STATED,
  },
}

/** Intervals of one regimen differ by no more than a tenth: nurses are not clocks. */
const INTERVAL_TOLERANCE = 0.1

/** @throws NotComputable `irregular`: the doses are not one regimen, or only one was given yet */
function regimenOf(doses: readonly Infusion[]): { dose_mg: number; dur_h: number; tau_h: number } {
  const first = doses[0]!
  const last = doses.at(-1)!
  const tau_h = (last.t_h - first.t_h) / (doses.length - 1)
  const isRegular =
    doses.length > 1 &&
    doses.every(
      ({ t_h, amt_mg, dur_h }, index) =>
        amt_mg === first.amt_mg &&
        dur_h === first.dur_h &&
        Math.abs(t_h - first.t_h - index * tau_h) <= INTERVAL_TOLERANCE * tau_h,
    )
  if (!isRegular) throw new NotComputable('irregular', 'equal doses at equal intervals')
  return { dose_mg: first.amt_mg, dur_h: first.dur_h, tau_h }
}

function ofRegimen(quantity: keyof ReturnType<typeof regimenOf>, unit: string): EitherRule {
  const recorded: DerivedRule = {
    from: 'derived',
    by: 'the regimen that the doses given follow',
    unit,
    of: { doses: VANCOMYCIN_DOSES },
    compute: ({ doses }) => regimenOf(doses as unknown as readonly Infusion[])[quantity],
  }
  return { from: 'either', rules: [recorded, STATED] }
}

export const BUELGA_MAPPING: InputMapping = {
  model: 'pk.vancomycin-buelga-2005',
  version: '1.0.0',
  inputs: {
    weight_kg: weight('P90D'),
    crcl_mLmin: creatinineClearance('P2D', 'P90D'),
    dose_mg: ofRegimen('dose_mg', 'mg'),
    dur_h: ofRegimen('dur_h', 'h'),
    tau_h: ofRegimen('tau_h', 'h'),
    observations: OBSERVATIONS,
    times_h: STATED,
  },
}

const DRUG = {
  from: 'parameter',
  specification: {
    name: 'drug',
    quantity: 'RxNorm ingredient whose doses are on record',
    kind: 'text',
    pattern: '[0-9]{1,8}',
    optional: true,
  },
} as const

const ANALYTE = {
  from: 'parameter',
  specification: {
    name: 'analyte',
    quantity: 'LOINC code of its concentration',
    kind: 'text',
    pattern: '[0-9]{1,6}-[0-9]',
    optional: true,
  },
} as const

const ORAL_DOSES: DosesRule = {
  from: 'doses',
  category: 'medications',
  drug: DRUG,
  maximumAge: 'P30D',
  form: 'bolus',
}

/** The engine knows no drug: which one, and the population it is judged by, are stated. */
export const MAP_ENGINE_MAPPING: InputMapping = {
  model: 'pk.map-engine-1cmt-oral',
  version: '1.0.0',
  inputs: {
    theta: STATED,
    omega2: STATED,
    sigma2: STATED,
    doses: { from: 'either', rules: [ORAL_DOSES, STATED] },
    observations: {
      from: 'either',
      rules: [
        { from: 'levels', category: 'laboratory', codes: ANALYTE, maximumAge: 'P30D', doses: ORAL_DOSES },
        STATED,
      ],
    },
  },
}
