/** Pure: whose access is revoked, and what may follow. */
import type { Decider } from '../journal/decider.js'
import { Conflict, NotFound } from '../platform/errors.js'
import type { RosterEvent } from './events.js'

export type Roster = ReadonlySet<string>

export type RosterCommand = { do: 'revoke' | 'reinstate'; actor: string; by: string }

export const roster: Decider<Roster, RosterCommand, RosterEvent> = {
  initial: new Set(),

  evolve(revoked, { type, data }) {
    const next = new Set(revoked)
    if (type === 'roster.access-revoked') next.add(data.actor)
    else next.delete(data.actor)
    return next
  },

  /**
   * @throws Conflict `access-revoked-already`, `own-access` (nobody locks out or lets in themselves)
   * @throws NotFound `access-not-revoked`
   */
  decide(revoked, { do: what, actor, by }) {
    if (actor === by) throw new Conflict('own-access', 'Nobody decides on their own access.')
    if (what === 'revoke') {
      if (revoked.has(actor)) throw new Conflict('access-revoked-already', 'The access was revoked already.')
      return [{ type: 'roster.access-revoked', data: { actor } }]
    }
    if (!revoked.has(actor)) throw new NotFound('access-not-revoked', 'The access is not revoked.')
    return [{ type: 'roster.access-reinstated', data: { actor } }]
  },
}
