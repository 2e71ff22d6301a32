/**
 * Units of measure by UCUM (https://ucum.org/ucum, version 2.2): validity, dimension and conversion.
 *
 * Wraps @atomic-ehr/ucum for three things that it lacks: annotations may hold any printable character (`{1.73_m2}`,
 * UCUM §12), mass and amount of substance convert through a molar mass, and a factor is the same bits on every runtime.
 */
import { ucum } from '@atomic-ehr/ucum'
import { InvalidRequest } from './errors.js'

export interface ConversionOptions {
  /** g/mol of the substance; allows mass ↔ amount of substance, e.g. mg/dL ↔ umol/L. */
  molarMass?: number
}

/** A conversion `y = factor · x + offset` from one unit to another. */
interface Conversion {
  factor: number
  offset: number
}

const CACHE_LIMIT = 5_000
/** UCUM terms never need more; a longer one is an attack on the parser. */
const LONGEST_UNIT = 128

/** True for a term of UCUM, case sensitive: `mg/dL`, `mm[Hg]`, `mL/min/{1.73_m2}`; not `mmHg`, `UMOLL` or the empty string. */
export function isValidUnit(unit: string): boolean {
  return bareUnit(unit) !== null
}

/** True when both are units of one dimension, so that `convert` works without a molar mass; false for an invalid unit. */
export function sameDimension(one: string, other: string): boolean {
  return conversion(one, other, undefined) !== null
}

/** True when `convert` would answer. */
export function isConvertible(from: string, to: string, options: ConversionOptions = {}): boolean {
  return conversion(from, to, options.molarMass) !== null
}

/**
 * The value in another unit. Annotations carry no meaning (UCUM §6): `mL/min` and `mL/min/{1.73_m2}` convert one to one.
 *
 * @throws InvalidRequest `unit-not-convertible`: a unit is not UCUM, or the dimensions differ and no molar mass bridges them
 */
export function convert(value: number, from: string, to: string, options: ConversionOptions = {}): number {
  const found = conversion(from, to, options.molarMass)
  if (found === null) {
    throw new InvalidRequest('unit-not-convertible', 'The quantity cannot be expressed in that unit.', { to })
  }
  // Temperatures: both factor and offset carry rounding, so fewer digits are meant.
  if (found.offset !== 0) return Number((value * found.factor + found.offset).toPrecision(12))
  // Dividing by an exact power of ten rounds once; multiplying by its inverse would round twice.
  const inverse = toFixedPrecision(1 / found.factor)
  return found.factor < 1 && Number.isInteger(inverse) ? value / inverse : value * found.factor
}

const bareUnits = new Map<string, string | null>()
const conversions = new Map<string, Conversion | null>()

/** The unit without annotations, or null when it is not UCUM. */
function bareUnit(unit: string): string | null {
  return remember(bareUnits, unit, () => {
    if (unit === '' || unit.length > LONGEST_UNIT || !/^[\x21-\x7e]+$/.test(unit)) return null
    const bare = withoutAnnotations(unit)
    return bare !== null && isTerm(bare) ? bare : null
  })
}

/** An annotation standing alone means 1 (`{score}`, `{beats}/min`); after a unit it is dropped (`mg/g{creat}`). */
function withoutAnnotations(unit: string): string | null {
  const bare = unit.replace(/(^|[./(])\{[^{}]*\}/g, '$11').replace(/\{[^{}]*\}/g, '')
  return /[{}]/.test(bare) ? null : bare
}

function isTerm(unit: string): boolean {
  try {
    return ucum.validate(unit).valid
  } catch {
    return false
  }
}

function conversion(from: string, to: string, molarMass: number | undefined): Conversion | null {
  return remember(conversions, `${from} ${to} ${molarMass ?? ''}`, () => {
    const source = bareUnit(from)
    const target = bareUnit(to)
    if (source === null || target === null) return null
    const direct = affine(source, target)
    if (direct !== null || molarMass === undefined) return direct
    return throughMolarMass(source, target, molarMass)
  })
}

/** Treats the substance's molar mass as a unit of its own: mass divided by g/mol is an amount, and the reverse. */
function throughMolarMass(source: string, target: string, molarMass: number): Conversion | null {
  const toAmount = affine(`(${source}).mol/g`, target)
  if (toAmount !== null) return scaled(toAmount, 1 / molarMass)
  const toMass = affine(`(${source}).g/mol`, target)
  return toMass === null ? null : scaled(toMass, molarMass)
}

function scaled(found: Conversion, by: number): Conversion | null {
  return found.offset === 0 ? { factor: toFixedPrecision(found.factor * by), offset: 0 } : null
}

/** Two points determine the line; a third rules out the logarithmic units, which are not lines. */
function affine(source: string, target: string): Conversion | null {
  try {
    if (!ucum.isConvertible(source, target)) return null
    const offset = toFixedPrecision(ucum.convert(0, source, target))
    const factor = toFixedPrecision(ucum.convert(1, source, target) - offset)
    const straight = nearlyEqual(ucum.convert(1000, source, target), 1000 * factor + offset)
    return straight && Number.isFinite(factor) && factor !== 0 ? { factor, offset } : null
  } catch {
    return null
  }
}

/** 14 significant digits: the library's powers differ in the last bit between engines, and a recorded run must not. */
function toFixedPrecision(value: number): number {
  return Number(value.toPrecision(14))
}

function nearlyEqual(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other), 1e-300)
}

/** Units arrive from outside, so the memory of them is bounded. */
function remember<Value>(cache: Map<string, Value>, key: string, compute: () => Value): Value {
  const known = cache.get(key)
  if (known !== undefined) return known
  const value = compute()
  if (cache.size >= CACHE_LIMIT) cache.clear()
  cache.set(key, value)
  return value
}
