const fraction = /^\s*(\d+(?:\.\d+)?)\s*(?:[/:]\s*(\d+(?:\.\d+)?))?\s*$/u

/**
 * Reads an allocation ratio: a positive number, or a text such as "2/3" or "2:1".
 * @returns null when it is none of these.
 */
export function readAllocationRatio(value: unknown): number | null {
  const ratio = typeof value === 'string' ? quotient(value) : value
  return typeof ratio === 'number' && Number.isFinite(ratio) && ratio > 0 ? ratio : null
}

function quotient(text: string): number | null {
  const parts = fraction.exec(text)
  return parts === null ? null : Number(parts[1]) / Number(parts[2] ?? 1)
}
