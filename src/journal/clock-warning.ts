/** Clocks of several machines differ by this much without anything being wrong. */
const TOLERATED_MS = 1_000
const NOT_AGAIN_FOR_MS = 60_000

/**
 * Lets a warning through when it says something: the store reports a clock that is behind with every batch.
 *
 * @param now milliseconds of a clock that is never set back
 */
export function clockWarning(
  warn: (byMs: number) => void,
  now: () => number = () => performance.now(),
): (byMs: number) => void {
  let quietUntil = -Infinity
  return (byMs) => {
    if (byMs <= TOLERATED_MS || now() < quietUntil) return
    quietUntil = now() + NOT_AGAIN_FOR_MS
    warn(byMs)
  }
}
