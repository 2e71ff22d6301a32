/** Who may know an arm. Pure; the one place that says so beside the policy table. */
import type { Caller } from '../identity/caller.js'
import { BLINDABLE_ROLES } from './events.js'
import type { RandomisationState } from './randomisation-state.js'

/**
 * Whether blinding leaves the arm open to the caller. A trial without arms is as closed as one that hides them, so that the
 * answer tells nobody which it is.
 *
 * @param subject whose arm; without one, everybody's
 */
export function isArmOpen(
  { design, openTo, unblindings }: RandomisationState,
  { id, role }: Pick<Caller, 'id' | 'role'>,
  subject?: string,
): boolean {
  const blindable = BLINDABLE_ROLES.find((one) => one === role)
  if (blindable === undefined) return true
  if (!design) return false
  if (!design.blinded.includes(blindable) || openTo.includes(blindable)) return true
  return (
    subject !== undefined &&
    [...unblindings.values()].some((opened) => opened.subject === subject && opened.actor === id)
  )
}
