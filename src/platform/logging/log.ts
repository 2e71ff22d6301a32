/** What code below the Nest layer needs of a logger; the service passes pino, the command line a quiet one. */
export interface Log {
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} }
