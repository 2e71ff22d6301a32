/** The first line of defence: bytes become JSON, and JSON that could only hurt is refused before anything looks inside. */
import { InvalidRequest } from '../../platform/errors.js'

/** How much a request may ask of us. */
export interface FhirLimits {
  /** Bytes of the body after decompression. */
  maxBytes: number
  /** Entries in a bundle. */
  maxEntries: number
  /** Objects and arrays inside one another; FHIR's own deepest resources stay below 20. */
  maxDepth: number
  /** UTF-16 code units of one string; FHIR R4 allows 1 MiB. */
  maxStringLength: number
  /** Values of any kind in the whole document. */
  maxValues: number
}

/** Ten times the largest patient bundle we have met. */
export const DEFAULT_LIMITS: Readonly<FhirLimits> = {
  maxBytes: 32 * 1024 * 1024,
  maxEntries: 10_000,
  maxDepth: 40,
  maxStringLength: 1024 * 1024,
  maxValues: 3_000_000,
}

/**
 * Decodes a body whose size was already bounded. The result is not trusted yet: see `refuseHostileJson`.
 *
 * @throws InvalidRequest `fhir-body-empty`, `fhir-body-not-utf8`, `fhir-body-not-json`
 */
export function parseJsonBody(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) throw new InvalidRequest('fhir-body-empty', 'The request has no body.')
  return parse(decode(bytes))
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new InvalidRequest('fhir-body-not-utf8', 'The body is not UTF-8.')
  }
}

/** The parser's own message quotes the body, so it is not passed on. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new InvalidRequest('fhir-body-not-json', 'The body is not JSON, or it is cut off.')
  }
}

/**
 * Walks a document once, without recursion, and refuses what no FHIR resource holds.
 *
 * @throws InvalidRequest `fhir-nested-too-deeply`, `fhir-too-many-values`, `fhir-string-too-long`, `fhir-text-malformed`
 *   (NUL or half a surrogate pair), `fhir-number-out-of-range`, `fhir-forbidden-key` (names of object internals)
 */
export function refuseHostileJson(document: unknown, limits: FhirLimits): void {
  const open: { value: unknown; depth: number }[] = [{ value: document, depth: 0 }]
  let seen = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (++seen > limits.maxValues) refuse('fhir-too-many-values', 'The body holds too many values.', limits.maxValues)
    const { value, depth } = next
    if (typeof value === 'string') checkText(value, limits)
    else if (typeof value === 'number') checkNumber(value)
    else if (typeof value === 'object' && value !== null) {
      if (depth >= limits.maxDepth) refuse('fhir-nested-too-deeply', 'The body is nested too deeply.', limits.maxDepth)
      for (const [key, member] of Object.entries(value)) {
        if (!Array.isArray(value)) checkKey(key, limits)
        open.push({ value: member, depth: depth + 1 })
      }
    }
  }
}

function checkText(text: string, limits: FhirLimits): void {
  if (text.length > limits.maxStringLength) {
    refuse('fhir-string-too-long', 'A text is longer than FHIR allows.', limits.maxStringLength)
  }
  if (text.includes('\u0000') || !text.isWellFormed()) {
    refuse('fhir-text-malformed', 'A text holds characters that FHIR forbids.')
  }
}

function checkNumber(value: number): void {
  if (!Number.isFinite(value)) refuse('fhir-number-out-of-range', 'A number is too large to be represented.')
}

/** `__proto__`, `constructor`, `toString` … are no FHIR element, and libraries stumble over them. */
function checkKey(key: string, limits: FhirLimits): void {
  if (key in Object.prototype || key === 'prototype') {
    refuse('fhir-forbidden-key', 'The body holds a property name that no FHIR resource has.')
  }
  checkText(key, limits)
}

function refuse(code: string, message: string, limit?: number): never {
  throw new InvalidRequest(code, message, limit === undefined ? {} : { limit })
}
