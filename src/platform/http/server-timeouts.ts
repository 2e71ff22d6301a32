import type { Server } from 'node:http'

/** Request line and headers come in one piece from honest clients. */
const HEADERS_SECONDS = 15
/** Between two requests of a connection. */
const IDLE_SECONDS = 10

/**
 * Ends connections whose sender is slow on purpose (CWE-400): a request must have arrived whole within `requestSeconds`. Node looks
 * every 30 seconds, and an answer may take as long as it needs.
 */
export function limitWaiting(server: Server, requestSeconds: number): void {
  server.requestTimeout = requestSeconds * 1000
  server.headersTimeout = Math.min(HEADERS_SECONDS, requestSeconds) * 1000
  server.keepAliveTimeout = IDLE_SECONDS * 1000
}
