/** Access in an emergency: who may have it, for how long, and who may review it. Pure; all throw. HIPAA 164.312(a)(2)(ii). */
import { Conflict, NotFound } from '../../platform/errors.js'
import type { Emergency, RosterState } from '../roster-state.js'
import { endAfter, isOpen } from '../time-boxed.js'

const OPEN_FOR_HOURS = 4

/** When an emergency that is opened now ends by itself. RFC 3339. */
export const endOfEmergency = (openedAt: string): string => endAfter(openedAt, OPEN_FOR_HOURS)

/** @throws Conflict `emergency-open`: it is open to the person already */
export function requireNoneOpen(
  { emergencies }: RosterState,
  asked: { actor: string; subject: string },
  at: string,
): void {
  for (const emergency of emergencies.values())
    if (emergency.actor === asked.actor && emergency.subject === asked.subject && isOpen(emergency, at))
      throw new Conflict('emergency-open', 'The record is open to the caller in an emergency already.')
}

/** @throws NotFound `emergency-not-found` */
export function requireEmergency({ emergencies }: RosterState, id: string): Emergency {
  const found = emergencies.get(id)
  if (!found) throw new NotFound('emergency-not-found', 'There is no such emergency access.')
  return found
}

/** @throws Conflict `own-emergency`, `emergency-reviewed` */
export function requireReviewable({ actor, review }: Emergency, by: string): void {
  if (actor === by) throw new Conflict('own-emergency', 'Nobody reviews their own emergency access.')
  if (review) throw new Conflict('emergency-reviewed', 'The emergency access was reviewed already.')
}
