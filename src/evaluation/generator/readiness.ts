import type { QuantityKey } from './analytes.js'
import type { Card } from './deck.js'
import type { VisitMeasurements } from './measurements.js'
import type { DefectKind } from './defect-kind.js'
import type { Obstacle } from './profile.js'

type Ranges = readonly (readonly [input: QuantityKey, low: number, high: number])[]

/** Ages and ranges of PREVENT base (10.1161/CIRCULATIONAHA.123.067626), in the units of analytes.ts. */
const PREVENT = {
  ages: [30, 79],
  ranges: [
    ['totalCholesterol', 130, 320],
    ['hdl', 20, 100],
    ['systolic', 90, 180],
    ['bmi', 18.5, 39.9],
    ['egfr', 15, 140],
  ],
} as const satisfies { ages: readonly [number, number]; ranges: Ranges }

/** Ages of PhenoAge and its nine inputs (10.18632/aging.101414), which have no published limits. */
const PHENO_AGE = {
  ages: [20, 84],
  ranges: (
    [
      ...(['albumin', 'creatinine', 'glucose', 'crp', 'lymphocytes'] as const),
      ...(['mcv', 'rdw', 'alkalinePhosphatase', 'leukocytes'] as const),
    ] satisfies QuantityKey[]
  ).map((input) => [input, 0, Infinity] as const),
} as const

/** Defects that leave a model without a usable newest input. */
const OBSTRUCTS_PREVENT: readonly DefectKind[] = [
  ...(['hdl-missing', 'labs-stale', 'value-implausible', 'unit-wrong', 'unit-missing'] as const),
  ...(['sex-conflicting', 'data-absent'] as const),
]
const OBSTRUCTS_PHENO_AGE: readonly DefectKind[] = ['labs-stale', 'unit-wrong', 'date-in-future']

export interface Subject {
  card: Card
  /** Completed years on the reference date. */
  age: number
  measurements: readonly VisitMeasurements[]
}

export function preventObstacles({ card, age, measurements }: Subject): Obstacle[] {
  return [
    ...outside(age, PREVENT.ages),
    ...(card.priorEvent ? [{ reason: 'prior-cardiovascular-event' } as const] : []),
    ...unusable(measurements, PREVENT.ranges),
    ...obstructing(card.defect, OBSTRUCTS_PREVENT),
  ]
}

export function phenoAgeObstacles({ card, age, measurements }: Subject): Obstacle[] {
  return [
    ...outside(age, PHENO_AGE.ages),
    ...unusable(measurements, PHENO_AGE.ranges),
    ...obstructing(card.defect, OBSTRUCTS_PHENO_AGE),
  ]
}

function outside(age: number, [low, high]: readonly [number, number]): Obstacle[] {
  return age < low || age > high ? [{ reason: 'age-out-of-range' }] : []
}

function unusable(measurements: readonly VisitMeasurements[], ranges: Ranges): Obstacle[] {
  return ranges.flatMap(([input, low, high]): Obstacle[] => {
    const newest = measurements.findLast(({ values }) => values[input] !== undefined)?.values[input]
    if (newest === undefined) return [{ reason: 'input-missing', input }]
    return newest < low || newest > high ? [{ reason: 'input-out-of-range', input }] : []
  })
}

function obstructing(defect: DefectKind | undefined, kinds: readonly DefectKind[]): Obstacle[] {
  return defect !== undefined && kinds.includes(defect) ? [{ reason: 'defect', defect }] : []
}
