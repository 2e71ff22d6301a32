/** How far an output may lie from its vector; `exclude` names outputs, or ends of their paths, the vector is silent on. */
export interface Tolerance {
  readonly type: 'relative' | 'absolute' | 'exact'
  readonly value?: number
  readonly exclude?: readonly string[]
  /** Random effects and their SD under `map` come from a search: there an absolute difference up to `value` will do. */
  readonly map?: { readonly type: string; readonly value: number }
}

/** One quantity that is missing or too far off. */
export interface Mismatch {
  readonly output: string
  readonly expected: unknown
  readonly actual: unknown
}

/** A vector that wants a refusal says null, or names it in one of the usual ways. */
export function expectsRefusal(expected: unknown): boolean {
  if (expected === null) return true
  if (typeof expected !== 'object') return false
  return ['refusal', 'refused', 'refuse', 'error'].some((name) => {
    const value = (expected as Record<string, unknown>)[name]
    return value !== undefined && value !== null && value !== false
  })
}

/** Every expected quantity, however deep, that the actual result does not meet. What it has beyond is not looked at. */
export function compareWithExpected(actual: unknown, expected: unknown, tolerance: Tolerance): Mismatch[] {
  const mismatches: Mismatch[] = []
  visit('', actual, expected, tolerance, (output, found, wanted) => {
    if (!isClose(output, found, wanted, tolerance)) mismatches.push({ output, expected: wanted, actual: found })
  })
  return mismatches
}

/** The number of a vector that comes nearest to its tolerance, or goes furthest beyond. */
export interface WorstQuantity {
  /** Its path in the output, members joined by dots. */
  readonly output: string
  /** In the measure below; Infinity where the model gave no finite number. */
  readonly error: number
  readonly measure: 'relative' | 'absolute'
  /** The largest error that will do; 0 for an exact vector. */
  readonly tolerance: number
}

/** The quantity whose error is the largest share of its tolerance; undefined for a vector without numbers. */
export function worstQuantity(actual: unknown, expected: unknown, tolerance: Tolerance): WorstQuantity | undefined {
  let worst: WorstQuantity | undefined
  visit('', actual, expected, tolerance, (output, found, wanted) => {
    if (typeof wanted !== 'number') return
    const quantity = measured(output, found, wanted, tolerance)
    if (worst === undefined || shareOf(quantity) > shareOf(worst)) worst = quantity
  })
  return worst
}

/** How much of the tolerance an error uses up; any error of an exact vector is more than all of it. */
export function shareOf({ error, tolerance }: WorstQuantity): number {
  return error === 0 ? 0 : error / tolerance
}

type Visitor = (output: string, actual: unknown, expected: unknown) => void

function visit(path: string, actual: unknown, expected: unknown, tolerance: Tolerance, visitor: Visitor): void {
  if (isExcluded(path, tolerance)) return
  if (typeof expected !== 'object' || expected === null) {
    visitor(path, actual, expected)
    return
  }
  for (const [name, wanted] of Object.entries(expected)) {
    const found = (actual as Record<string, unknown> | null | undefined)?.[name]
    visit(path === '' ? name : `${path}.${name}`, found, wanted, tolerance, visitor)
  }
}

function isExcluded(path: string, { exclude = [] }: Tolerance): boolean {
  return exclude.some((name) => path === name || path.endsWith(`.${name}`))
}

function isClose(path: string, actual: unknown, expected: unknown, tolerance: Tolerance): boolean {
  if (typeof expected !== 'number' || tolerance.type === 'exact') return Object.is(actual, expected)
  return shareOf(measured(path, actual, expected, tolerance)) <= 1
}

/** The error in the measure of the tolerance; a searched quantity in the absolute one where that is the kinder. */
function measured(
  output: string,
  actual: unknown,
  expected: number,
  { type, value = 0, map }: Tolerance,
): WorstQuantity {
  // A relative error of zero has no meaning; there the difference itself counts.
  const measure = type === 'relative' && expected !== 0 ? 'relative' : 'absolute'
  const difference = differenceOf(actual, expected)
  const error = measure === 'relative' ? difference / Math.abs(expected) : difference
  const plain: WorstQuantity = { output, error, measure, tolerance: type === 'exact' ? 0 : value }
  if (map === undefined || !/^map\.(?:eta|posteriorSD_eta)\b/u.test(output)) return plain
  const searched: WorstQuantity = { output, error: difference, measure: 'absolute', tolerance: map.value }
  return shareOf(searched) < shareOf(plain) ? searched : plain
}

function differenceOf(actual: unknown, expected: number): number {
  return typeof actual === 'number' && Number.isFinite(actual) ? Math.abs(actual - expected) : Infinity
}
