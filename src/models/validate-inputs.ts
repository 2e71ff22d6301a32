import { isAbsent } from './absence.js'
import {
  type CodeSpecification,
  type GroupSpecification,
  type InputSpecification,
  type ListSpecification,
  type NumberRange,
  type NumberSpecification,
  type TextSpecification,
} from './input-specification.js'
import { type RefusalReason } from './model-refusal.js'

/**
 * Checks an input against its specifications.
 * @returns every violation, in the order of the specifications; empty when the input is valid. Names that no
 * specification knows are not read by the model and are passed over.
 */
export function validateInputs(specifications: readonly InputSpecification[], input: object): RefusalReason[] {
  const reasons: RefusalReason[] = []
  checkMembers(specifications, '', input as Record<string, unknown>, reasons)
  return reasons
}

/** Writes a range in interval notation with its unit: `[90, 180] mm[Hg]`. */
export function describeRange(range: NumberRange, unit: string): string {
  const { min = -Infinity, max = Infinity } = range
  const open = range.exclusiveMin === true || min === -Infinity ? '(' : '['
  const close = range.exclusiveMax === true || max === Infinity ? ')' : ']'
  return `${open}${min}, ${max}${close} ${unit}`
}

function checkMembers(
  specifications: readonly InputSpecification[],
  prefix: string,
  values: Record<string, unknown>,
  reasons: RefusalReason[],
): void {
  for (const specification of specifications) {
    check(specification, prefix, specification.name, values[specification.name], reasons)
  }
}

function check(
  specification: InputSpecification,
  prefix: string,
  name: string,
  value: unknown,
  reasons: RefusalReason[],
): void {
  if (isAbsent(value)) {
    if (specification.optional !== true) reasons.push({ input: prefix + name, code: 'missing' })
    return
  }
  switch (specification.kind) {
    case 'number':
      return checkNumber(specification, prefix, name, value, reasons)
    case 'boolean':
      if (typeof value !== 'boolean') reasons.push({ input: prefix + name, code: 'wrong-type', limit: 'boolean' })
      return
    case 'code':
      return checkCode(specification, prefix, name, value, reasons)
    case 'text':
      return checkText(specification, prefix, name, value, reasons)
    case 'group':
      return checkGroup(specification, prefix, name, value, reasons)
    case 'list':
      return checkList(specification, prefix, name, value, reasons)
  }
}

function checkNumber(
  { unit, range, integer }: NumberSpecification,
  prefix: string,
  name: string,
  value: unknown,
  reasons: RefusalReason[],
): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    reasons.push({ input: prefix + name, code: 'wrong-type', limit: 'finite number' })
    return
  }
  if (integer === true && !Number.isInteger(value)) {
    reasons.push({ input: prefix + name, code: 'wrong-type', limit: 'integer' })
  }
  if (range !== undefined && !contains(range, value)) {
    reasons.push({ input: prefix + name, code: 'out-of-range', limit: describeRange(range, unit) })
  }
}

function contains({ min, max, exclusiveMin, exclusiveMax }: NumberRange, value: number): boolean {
  if (min !== undefined && (value < min || (exclusiveMin === true && value === min))) return false
  return !(max !== undefined && (value > max || (exclusiveMax === true && value === max)))
}

function checkCode(
  { values }: CodeSpecification,
  prefix: string,
  name: string,
  value: unknown,
  reasons: RefusalReason[],
): void {
  if (!(values as readonly unknown[]).includes(value)) {
    reasons.push({ input: prefix + name, code: 'not-allowed', limit: values.join(' | ') })
  }
}

function checkText(
  { pattern }: TextSpecification,
  prefix: string,
  name: string,
  value: unknown,
  reasons: RefusalReason[],
): void {
  if (typeof value !== 'string') {
    reasons.push({ input: prefix + name, code: 'wrong-type', limit: 'text' })
  } else if (pattern !== undefined && !wholeMatch(pattern).test(value)) {
    reasons.push({ input: prefix + name, code: 'not-allowed', limit: pattern })
  }
}

function checkGroup(
  { members }: GroupSpecification,
  prefix: string,
  name: string,
  value: unknown,
  reasons: RefusalReason[],
): void {
  if (typeof value !== 'object' || Array.isArray(value)) {
    reasons.push({ input: prefix + name, code: 'wrong-type', limit: 'group' })
    return
  }
  checkMembers(members, `${prefix}${name}.`, value as Record<string, unknown>, reasons)
}

function checkList(
  { items, minItems = 0, maxItems = Infinity }: ListSpecification,
  prefix: string,
  name: string,
  value: unknown,
  reasons: RefusalReason[],
): void {
  if (!Array.isArray(value)) {
    reasons.push({ input: prefix + name, code: 'wrong-type', limit: 'list' })
    return
  }
  if (value.length < minItems || value.length > maxItems) {
    reasons.push({ input: prefix + name, code: 'out-of-range', limit: `[${minItems}, ${maxItems}] items` })
  }
  value.forEach((item: unknown, index) => check(items, prefix, `${name}[${index}]`, item, reasons))
}

const patterns = new Map<string, RegExp>()

/** Compiling a pattern costs more than a model, so each is compiled once. */
function wholeMatch(pattern: string): RegExp {
  const known = patterns.get(pattern)
  if (known !== undefined) return known
  const compiled = new RegExp(`^(?:${pattern})$`, 'u')
  patterns.set(pattern, compiled)
  return compiled
}
