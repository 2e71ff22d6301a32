/** Holds a JSON value against a type of the sources: what is missing, what is too much, what is of another kind. */
import ts from 'typescript'
import { membersOf } from './event-data-types.js'

/** Paths at which the value is not of the type; empty when it is. */
export function mismatches(value: unknown, type: ts.Type, checker: ts.TypeChecker, path = ''): string[] {
  const tries = membersOf(type).map((member) => mismatchesOne(value, member, checker, path))
  const best = tries.reduce((one, other) => (other.length < one.length ? other : one))
  // Of several kinds the one with the fewest differences is what was meant.
  return best
}

function mismatchesOne(value: unknown, type: ts.Type, checker: ts.TypeChecker, path: string): string[] {
  const here = path === '' ? '(whole)' : path
  const { flags } = type
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return []
  if (type.isStringLiteral() || type.isNumberLiteral()) return value === type.value ? [] : [here]
  if (flags & ts.TypeFlags.BooleanLiteral) return String(value) === checker.typeToString(type) ? [] : [here]
  if (flags & ts.TypeFlags.Null) return value === null ? [] : [here]
  if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return value === undefined ? [] : [here]
  if (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return typeof value === 'string' ? [] : [here]
  if (flags & ts.TypeFlags.Number) return typeof value === 'number' ? [] : [here]
  if (flags & ts.TypeFlags.NonPrimitive) return typeof value === 'object' && value !== null ? [] : [here]
  if (flags & ts.TypeFlags.Never) return [here]
  if (checker.isTupleType(type) || checker.isArrayType(type)) return elementMismatches(value, type, checker, here)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [here]
  return memberMismatches(value as Record<string, unknown>, type, checker, path)
}

function elementMismatches(value: unknown, type: ts.Type, checker: ts.TypeChecker, path: string): string[] {
  if (!Array.isArray(value)) return [path]
  const elements = checker.getTypeArguments(type as ts.TypeReference)
  if (checker.isArrayType(type))
    return value.flatMap((each, index) => mismatches(each, elements[0]!, checker, `${path}[${index}]`))
  if (value.length > elements.length) return [path]
  return elements.flatMap((element, index) => mismatches(value[index], element, checker, `${path}[${index}]`))
}

function memberMismatches(
  value: Record<string, unknown>,
  type: ts.Type,
  checker: ts.TypeChecker,
  path: string,
): string[] {
  const named = new Map(checker.getPropertiesOfType(type).map((property) => [property.name, property]))
  const index = checker.getIndexTypeOfType(type, ts.IndexKind.String)
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  const declared = [...named.values()].flatMap((property) => {
    if (!(property.name in value))
      return property.flags & ts.SymbolFlags.Optional ? [] : [`${at(property.name)} is missing`]
    return mismatches(value[property.name], checker.getTypeOfSymbol(property), checker, at(property.name))
  })
  const others = Object.keys(value)
    .filter((name) => !named.has(name))
    .flatMap((name) => (index ? mismatches(value[name], index, checker, at(name)) : [`${at(name)} is unknown`]))
  return [...declared, ...others]
}
