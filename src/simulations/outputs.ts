/** Comparing what models return. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../ledger/canonical-json.js'

/** SHA-256, hexadecimal, of the canonical JSON (RFC 8785). */
export function outputDigestOf(outputs: object): string {
  return createHash('sha256').update(canonicalJson(outputs)).digest('hex')
}

/** The name of the first quantity that differs, members joined by dots as in `y10.total_cvd`; undefined when none does. */
export function firstDifference(recorded: unknown, again: unknown, name = ''): string | undefined {
  if (typeof recorded !== 'object' || typeof again !== 'object' || recorded === null || again === null) {
    return recorded === again ? undefined : name
  }
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(again)])].sort()
  for (const member of names) {
    const path = name === '' ? member : `${name}.${member}`
    const [one, other] = [recorded, again].map((value) => (value as Record<string, unknown>)[member])
    const difference = firstDifference(one, other, path)
    if (difference !== undefined) return difference
  }
  return undefined
}
