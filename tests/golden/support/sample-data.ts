/** Made-up data of a type of the sources: every member present, every value following from its name, so the same each time. */
import { createHash } from 'node:crypto'
import ts from 'typescript'
import { membersOf } from './event-data-types.js'

/** Deep enough for every event there is; what nests without end is cut here. */
const DEEPEST = 8

export function sampleOf(type: ts.Type, checker: ts.TypeChecker, name = 'data', depth = 0): unknown {
  const members = membersOf(type).filter(
    ({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Null)),
  )
  const [member] = [...members].sort((one, other) => preference(one, checker) - preference(other, checker))
  return member === undefined ? null : sampleOfOne(member, checker, name, depth)
}

/** `true` before `false`; else as declared. */
const preference = (type: ts.Type, checker: ts.TypeChecker): number => (checker.typeToString(type) === 'false' ? 1 : 0)

function sampleOfOne(type: ts.Type, checker: ts.TypeChecker, name: string, depth: number): unknown {
  const { flags } = type
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value
  if (flags & ts.TypeFlags.BooleanLiteral) return checker.typeToString(type) === 'true'
  if (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return textOf(name)
  if (flags & ts.TypeFlags.Number) return 1 + (name.length % 7)
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return `made-up ${name}`
  if (checker.isTupleType(type))
    return checker.getTypeArguments(type as ts.TypeReference).map((each) => sampleOf(each, checker, name, depth + 1))
  if (checker.isArrayType(type)) {
    if (depth > DEEPEST) return []
    const [element] = checker.getTypeArguments(type as ts.TypeReference)
    return [sampleOf(element!, checker, singular(name), depth + 1)]
  }
  return sampleObject(type, checker, depth)
}

function sampleObject(type: ts.Type, checker: ts.TypeChecker, depth: number): Record<string, unknown> {
  const members = checker
    .getPropertiesOfType(type)
    .filter((property) => depth <= DEEPEST || !(property.flags & ts.SymbolFlags.Optional))
    .map((property) => [property.name, sampleOf(checker.getTypeOfSymbol(property), checker, property.name, depth + 1)])
  const index = checker.getIndexTypeOfType(type, ts.IndexKind.String)
  const holdsAny = index !== undefined && !(index.flags & ts.TypeFlags.Never)
  const sample = holdsAny ? { 'made-up': sampleOf(index, checker, 'entry', depth + 1) } : {}
  return { ...sample, ...(Object.fromEntries(members) as Record<string, unknown>) }
}

const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '')

const IDS =
  /^(id|actor|subject|twin|trial|run|cohort|design|decision|request|erasure|review|breach|grant|emergency|consent|restriction|event|case|hold|mesh|unblinding|unlocking|finding|signature|assessment|kid|by|owner|author|replaces|correction|evidence|controller|agency|query)$|Id$|By$/
const TEXTS: readonly (readonly [names: RegExp, text: (name: string) => string])[] = [
  [IDS, (name) => uuidOf(name)],
  [/(At|Time)$|^(at|from|to|until|due|effective|now|start|end)$/, () => '2026-01-15T10:00:00.000Z'],
  [/(On|Date|Day|Checked|Until|From)$|^(day|date|published|inForce)$/, () => '2026-01-15'],
  [/digest|hash|fingerprint|root/i, (name) => createHash('sha256').update(name).digest('base64url')],
  [/version/i, () => '1.0.0'],
  [/language/i, () => 'en'],
  [/system$/i, () => 'http://loinc.org'],
]

function textOf(name: string): string {
  const known = TEXTS.find(([names]) => names.test(name))
  return known ? known[1](name) : `made-up-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** A UUIDv4 that follows from a name: the same thing has the same id in every event. */
export function uuidOf(name: string): string {
  const hex = createHash('sha256').update(`golden ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
