/** The `code` of a system error (`ENOENT`), or its name; by shape, since such errors may come from another realm. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'name' in error ? String(error.name) : ''
}
