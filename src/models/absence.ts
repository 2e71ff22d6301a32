/** Whether an optional input was not given: null and undefined mean the same. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null
}
