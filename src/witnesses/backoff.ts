/** Neither tlog-witness nor HTTP says how soon to try again; a witness that answers less is asked less. */
const LONGEST_MS = 3_600_000
/** What a witness may ask for by Retry-After (RFC 9110 section 10.2.3). */
const LONGEST_ASKED_MS = 24 * 3_600_000

/**
 * How long to leave a witness alone after a failure: twice as long after each, up to an hour, less up to half by chance.
 *
 * @param failures in a row, at least 1
 * @param baseMs the interval between rounds
 * @param retryAfterMs what the witness asked for; it is never asked before
 * @param random from 0 to below 1
 */
export function backoffMs(failures: number, baseMs: number, retryAfterMs = 0, random = Math.random()): number {
  const doubled = Math.min(LONGEST_MS, baseMs * 2 ** Math.min(failures, 30))
  return Math.max(doubled * (1 - random / 2), Math.min(retryAfterMs, LONGEST_ASKED_MS))
}

/** Milliseconds that a Retry-After header asks for; 0 without one. */
export function retryAfterMs(header: string | null, now: number): number {
  if (header === null) return 0
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}
