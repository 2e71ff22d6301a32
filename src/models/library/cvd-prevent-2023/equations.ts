import { coefficients } from './coefficients.js'
import { PREVENT_OUTCOMES, PREVENT_TERMS, type PreventOutcome, type PreventTable } from './coefficients/tables.js'
import { type PreventEquations } from './input.js'

/** For one sex and horizon, the weights of each outcome in the order of PREVENT_TERMS; 0 for a term that is not in it. */
export type OutcomeWeights = Readonly<Record<PreventOutcome, Float64Array>>
type WeightsBySex = Readonly<Record<'female' | 'male', OutcomeWeights>>

/** The published tables, laid out once so that an evaluation is ten inner products. */
export const equationWeights: Readonly<
  Record<PreventEquations, { readonly y10: WeightsBySex; readonly y30: WeightsBySex }>
> = {
  base: bothHorizons('base'),
  hba1c: bothHorizons('hba1c'),
  uacr: bothHorizons('uacr'),
  sdi: bothHorizons('sdi'),
  full: bothHorizons('full'),
}

function bothHorizons(equations: PreventEquations): { readonly y10: WeightsBySex; readonly y30: WeightsBySex } {
  const { y10, y30 } = coefficients.equations[equations]
  return { y10: bothSexes(y10), y30: bothSexes(y30) }
}

function bothSexes(table: PreventTable): WeightsBySex {
  return { female: allOutcomes(table, 'female'), male: allOutcomes(table, 'male') }
}

function allOutcomes(table: PreventTable, sex: 'female' | 'male'): OutcomeWeights {
  const aligned = (outcome: PreventOutcome): Float64Array =>
    Float64Array.from(PREVENT_TERMS, (term) => table[sex][outcome][table.terms.indexOf(term)] ?? 0)
  return Object.fromEntries(PREVENT_OUTCOMES.map((outcome) => [outcome, aligned(outcome)])) as OutcomeWeights
}
