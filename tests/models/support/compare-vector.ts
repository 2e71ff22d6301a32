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

/** The largest error among the numbers of a vector, in the measure of its tolerance; Infinity for a missing one. */
export function worstError(actual: unknown, expected: unknown, tolerance: Tolerance): number {
  let worst = 0
  visit('', actual, expected, tolerance, (_output, found, wanted) => {
    if (typeof wanted === 'number') worst = Math.max(worst, errorOf(found, wanted, tolerance))
  })
  return worst
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
  if (errorOf(actual, expected, tolerance) <= (tolerance.value ?? 0)) return true
  const isSearched = /^map\.(?:eta|posteriorSD_eta)\b/u.test(path)
  return isSearched && errorOf(actual, expected, { type: 'absolute' }) <= (tolerance.map?.value ?? 0)
}

function errorOf(actual: unknown, expected: number, { type }: Tolerance): number {
  if (typeof actual !== 'number' || !Number.isFinite(actual)) return Infinity
  const difference = Math.abs(actual - expected)
  // A relative error of zero has no meaning; there the difference itself counts.
  return type === 'relative' && expected !== 0 ? difference / Math.abs(expected) : difference
}
