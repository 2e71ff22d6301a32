/** The SQLSTATE the server sent; errors of the socket have a `code` too, but no severity. */
export function sqlState(error: unknown): string | undefined {
  const { code, severity } = error as { code?: unknown; severity?: unknown }
  return severity !== undefined && typeof code === 'string' ? code : undefined
}
