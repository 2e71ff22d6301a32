import { type AlleleFunction, coefficients } from './coefficients.js'

/** CPIC's standard terms for the drug-metabolising phenotype (Caudle 2017, doi:10.1038/gim.2016.87). */
export type Phenotype =
  | 'Ultrarapid Metabolizer'
  | 'Rapid Metabolizer'
  | 'Normal Metabolizer'
  | 'Likely Intermediate Metabolizer'
  | 'Intermediate Metabolizer'
  | 'Likely Poor Metabolizer'
  | 'Poor Metabolizer'
  | 'Indeterminate'

/** The genes this model knows; each takes the numbers of two star alleles. */
export const phenotypeOf: Readonly<Record<Gene, (first: number, second: number) => Phenotype>> = {
  CYP2C19: (first, second) => combineFunctions(cyp2c19Function(first), cyp2c19Function(second)),
  CYP2C9: (first, second) => phenotypeOfActivity(cyp2c9Activity(first), cyp2c9Activity(second)),
}

export const GENES = ['CYP2C19', 'CYP2C9'] as const
export type Gene = (typeof GENES)[number]

const functionOfAllele: ReadonlyMap<number, AlleleFunction> = new Map(
  (Object.entries(coefficients.CYP2C19.functions) as [AlleleFunction, readonly number[]][]).flatMap(
    ([effect, alleles]) => alleles.map((allele) => [allele, effect]),
  ),
)

const activityOfAllele: ReadonlyMap<number, number> = new Map(
  Object.entries(coefficients.CYP2C9.activity).flatMap(([activity, alleles]) =>
    alleles.map((allele) => [allele, Number(activity)]),
  ),
)

/** Whether the tables list the star allele of this number; others are refused, never taken for *1. */
export function knowsAllele(gene: Gene, allele: number): boolean {
  if (gene === 'CYP2C19') return functionOfAllele.has(allele)
  return Number.isInteger(allele) && allele >= 1 && allele <= coefficients.CYP2C9.alleles
}

function cyp2c19Function(allele: number): AlleleFunction {
  return functionOfAllele.get(allele) ?? 'uncertain'
}

function combineFunctions(first: AlleleFunction, second: AlleleFunction): Phenotype {
  const both = [first, second]
  const count = (wanted: AlleleFunction): number => both.filter((found) => found === wanted).length
  if (count('uncertain') > 0) return 'Indeterminate'
  if (count('none') === 2) return 'Poor Metabolizer'
  if (count('none') === 1) return count('decreased') === 1 ? 'Likely Poor Metabolizer' : 'Intermediate Metabolizer'
  if (count('decreased') > 0) return 'Likely Intermediate Metabolizer'
  if (count('increased') === 2) return 'Ultrarapid Metabolizer'
  return count('increased') === 1 ? 'Rapid Metabolizer' : 'Normal Metabolizer'
}

/** Null for a listed allele whose activity is not known. */
function cyp2c9Activity(allele: number): number | null {
  return activityOfAllele.get(allele) ?? null
}

function phenotypeOfActivity(first: number | null, second: number | null): Phenotype {
  if (first === null || second === null) return 'Indeterminate'
  const score = first + second
  if (score >= 2) return 'Normal Metabolizer'
  return score >= 1 ? 'Intermediate Metabolizer' : 'Poor Metabolizer'
}
