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
export function validateInputs(specifications: readonly InputSpecification[], input: object): readonly RefusalReason[] {
  const reasons: RefusalReason[] = []
  for (const specification of specifications) {
    check(specification, specification.name, (input as Record<string, unknown>)[specification.name], reasons)
  }
  return reasons
}

/** Writes a range in interval notation with its unit: `[90, 180] mm[Hg]`. */
export function describeRange(range: NumberRange, unit: string): string {
  const { min = -Infinity, max = Infinity } = range
  const open = range.exclusiveMin === true || min === -Infinity ? '(' : '['
  const close = range.exclusiveMax === true || max === Infinity ? ')' : ']'
  return `${open}${min}, ${max}${close} ${unit}`
}

function check(specification: InputSpecification, path: string, value: unknown, reasons: RefusalReason[]): void {
  if (isAbsent(value)) {
    if (specification.optional !== true) reasons.push({ input: path, code: 'missing' })
    return
  }
  switch (specification.kind) {
    case 'number':
      return checkNumber(specification, path, value, reasons)
    case 'boolean':
      if (typeof value !== 'boolean') reasons.push({ input: path, code: 'wrong-type', limit: 'boolean' })
      return
    case 'code':
      return checkCode(specification, path, value, reasons)
    case 'text':
      return checkText(specification, path, value, reasons)
    case 'group':
      return checkGroup(specification, path, value, reasons)
    case 'list':
      return checkList(specification, path, value, reasons)
  }
}

function checkNumber(
  { unit, range, integer }: NumberSpecification,
  path: string,
  value: unknown,
  reasons: RefusalReason[],
): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    reasons.push({ input: path, code: 'wrong-type', limit: 'finite number' })
    return
  }
  if (integer === true && !Number.isInteger(value)) {
    reasons.push({ input: path, code: 'wrong-type', limit: 'integer' })
  }
  if (range !== undefined && !contains(range, value)) {
    reasons.push({ input: path, code: 'out-of-range', limit: describeRange(range, unit) })
  }
}

function contains({ min, max, exclusiveMin, exclusiveMax }: NumberRange, value: number): boolean {
  if (min !== undefined && (value < min || (exclusiveMin === true && value === min))) return false
  return !(max !== undefined && (value > max || (exclusiveMax === true && value === max)))
}

function checkCode({ values }: CodeSpecification, path: string, value: unknown, reasons: RefusalReason[]): void {
  if (!(values as readonly unknown[]).includes(value)) {
    reasons.push({ input: path, code: 'not-allowed', limit: values.join(' | ') })
  }
}

function checkText({ pattern }: TextSpecification, path: string, value: unknown, reasons: RefusalReason[]): void {
  if (typeof value !== 'string') {
    reasons.push({ input: path, code: 'wrong-type', limit: 'text' })
  } else if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value)) {
    reasons.push({ input: path, code: 'not-allowed', limit: pattern })
  }
}

function checkGroup({ members }: GroupSpecification, path: string, value: unknown, reasons: RefusalReason[]): void {
  if (typeof value !== 'object' || Array.isArray(value)) {
    reasons.push({ input: path, code: 'wrong-type', limit: 'group' })
    return
  }
  for (const member of members) {
    check(member, `${path}.${member.name}`, (value as Record<string, unknown>)[member.name], reasons)
  }
}

function checkList(
  { items, minItems = 0, maxItems = Infinity }: ListSpecification,
  path: string,
  value: unknown,
  reasons: RefusalReason[],
): void {
  if (!Array.isArray(value)) {
    reasons.push({ input: path, code: 'wrong-type', limit: 'list' })
    return
  }
  if (value.length < minItems || value.length > maxItems) {
    reasons.push({ input: path, code: 'out-of-range', limit: `[${minItems}, ${maxItems}] items` })
  }
  value.forEach((item: unknown, index) => check(items, `${path}[${index}]`, item, reasons))
}
