import { IntegrityError } from '../platform/errors.js'

/**
 * What was found of the log for a row of the trail.
 *
 * @throws IntegrityError `audit-trail-not-in-log`: the row has no event
 */
export function inLog<Found>(byPosition: ReadonlyMap<number, Found>, position: number): Found {
  const found = byPosition.get(position)
  if (found === undefined)
    throw new IntegrityError('audit-trail-not-in-log', 'The audit trail shows what the log does not have.', {
      position,
    })
  return found
}
