import { InvalidRequest } from '../../platform/errors.js'

/** Where a day begins first, UTC+14. */
const EARLIEST_ZONE_MS = 14 * 3_600_000

/** @throws InvalidRequest `checked-in-future`: the day has begun nowhere */
export function assertNotInFuture(day: string, now = new Date()): void {
  const latest = new Date(now.getTime() + EARLIEST_ZONE_MS).toISOString().slice(0, 10)
  if (day > latest) throw new InvalidRequest('checked-in-future', 'That day is still to come.')
}
