/** Events about to be recorded: how several decisions on one twin add up before anything is written. */
import type { EventMetadata } from '../journal/decider.js'
import { extend, type Chain } from './chain.js'
import type { TwinEvent } from './events.js'
import { decide, type TwinCommand } from './twin.js'
import { evolve, twinStream, type TwinState } from './twin-state.js'

/** An event with the id it will be recorded under. */
export interface ProposedTwinEvent {
  id: string
  event: TwinEvent
  /** Reason code of this event alone, where it differs from the request's. */
  reason?: string
}

/** Gives the next event of a request its id: random, or derived from its place when the request can come again. */
export type NameEvent = (ordinal: number) => string

/** What one request does to one twin: the state it found, the events it proposes, and the state they lead to. */
export interface Proposal {
  readonly twin: string
  readonly found: TwinState
  readonly state: TwinState
  readonly events: Chain<ProposedTwinEvent> | null
}

/** Nothing proposed yet. */
export function proposalOn(twin: string, found: TwinState): Proposal {
  return { twin, found, state: found, events: null }
}

/**
 * Decides one more command on the state that the earlier ones lead to.
 *
 * @param name id of each event that follows
 * @param at when, RFC 3339; provisional: the store stamps the time that counts
 * @throws whatever `decide` throws
 */
export function propose(
  proposal: Proposal,
  command: TwinCommand,
  { name, at, reason }: { name: NameEvent; at: string; reason?: string },
): Proposal {
  return decide(proposal.state, command).reduce<Proposal>((before, event) => {
    const id = name(before.events?.length ?? 0)
    const state = evolve(before.state, event, provisional(before, id, at, reason))
    return { ...before, state, events: extend(before.events, { id, event, ...(reason ? { reason } : {}) }) }
  }, proposal)
}

function provisional({ twin, state, found }: Proposal, id: string, at: string, reason?: string): EventMetadata {
  return {
    id,
    stream: twinStream(twin),
    revision: state.revision + 1,
    position: state.position + 1,
    recordedAt: at,
    actor: { id: '', role: '' },
    correlation: '',
    ...(found.subject ? { subject: found.subject } : {}),
    ...(reason ? { reason } : {}),
  }
}
