/**
 * RFC 8785 (JCS) canonical JSON. Input is what JSON can carry: anything else is refused instead of being dropped, because a
 * digest over something other than what was meant is worse than an error.
 */
import { InvalidRequest } from '../platform/errors.js'

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined }

/** Bounds recursion, so that a hostile document ends in an error and not in an exhausted stack. */
const MAX_DEPTH = 128

const refuse = (why: string): never => {
  throw new InvalidRequest('not-canonical-json', `The value cannot be written as canonical JSON: ${why}.`)
}

/**
 * The canonical text: keys in UTF-16 code unit order, no white space, ECMAScript number form. Members whose value is
 * `undefined` are absent, as in JSON.stringify.
 *
 * @throws InvalidRequest `not-canonical-json` for NaN, infinities, lone surrogates, functions, class instances, undue depth
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0)
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value)
    case 'number':
      return Number.isFinite(value) ? String(Object.is(value, -0) ? 0 : value) : refuse('a number is not finite')
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (depth >= MAX_DEPTH) return refuse('it is nested too deeply')
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth)
    default:
      return refuse(`a ${typeof value} is not JSON`)
  }
}

/** Printable ASCII that JSON does not escape: most strings, and faster to recognise than to escape. */
const PLAIN = /^[ !#-[\]-~]*$/

function writeString(text: string): string {
  if (PLAIN.test(text)) return '"' + text + '"'
  if (!text.isWellFormed()) refuse('a string holds half of a surrogate pair')
  return JSON.stringify(text)
}

/** Names of members as they are written, with their colon: events repeat a few hundred of them, whatever is imported. */
const writtenKeys = new Map<string, string>()
const MAX_WRITTEN_KEYS = 2_000
const LONGEST_WRITTEN_KEY = 64

function writeKey(key: string): string {
  const known = writtenKeys.get(key)
  if (known !== undefined) return known
  const text = writeString(key) + ':'
  if (writtenKeys.size < MAX_WRITTEN_KEYS && key.length <= LONGEST_WRITTEN_KEY) writtenKeys.set(key, text)
  return text
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = '['
  for (let index = 0; index < items.length; index++) text += (index > 0 ? ',' : '') + write(items[index], depth + 1)
  return text + ']'
}

function writeObject(object: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype !== Object.prototype && prototype !== null) refuse('an object is not a plain object')
  const members = object as Record<string, unknown>
  let text = '{'
  for (const key of sortedKeys(members)) {
    const value = members[key]
    if (value === undefined) continue
    text += (text.length > 1 ? ',' : '') + writeKey(key) + write(value, depth + 1)
  }
  return text + '}'
}

/** Up to so many keys are put in order one by one, which for a few is faster than `sort`. */
const FEW_KEYS = 24

/** The keys in UTF-16 code unit order; objects written by programs often have them in order already. */
function sortedKeys(members: object): string[] {
  const keys = Object.keys(members)
  if (keys.length > FEW_KEYS) return keys.sort()
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index]!
    let place = index
    for (; place > 0 && keys[place - 1]! > key; place--) keys[place] = keys[place - 1]!
    keys[place] = key
  }
  return keys
}
