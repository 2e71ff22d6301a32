/** Reading the JSON of a file that nobody vouches for: nothing in it is taken to be what it should be. */
import type { MeshFault } from './glb-container.js'

export type JsonObject = Record<string, unknown>

/** The array under a name, and a fault when something else stands there or in it. */
export function objectsOf(json: JsonObject, name: string, faults: MeshFault[]): JsonObject[] {
  const value = json[name]
  if (value === undefined) return []
  if (Array.isArray(value) && value.every(isObject)) return value
  faults.push({ code: 'json-invalid', at: `/${name}` })
  return []
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A whole number from 0 on, a default when it is left out, or null. */
export function wholeNumber(value: unknown, whenAbsent?: number): number | null {
  if (value === undefined) return whenAbsent ?? null
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}
