/** The decision model of a design: it ends as it begins, in one event, and may be computed again. Pure. */
import type { Decider } from '../../journal/decider.js'
import { Conflict, NotFound } from '../../platform/errors.js'
import type { DesignComputed, DesignEvent, DesignFailed, DesignRefused, DesignReplayed } from './events.js'

/** The stream that holds a design. */
export const designStream = (design: string): string => `design-${design}`
/** The design that a stream holds. */
export const designOfStream = (stream: string): string => stream.slice('design-'.length)

export type DesignStatus = 'computed' | 'refused' | 'failed'
export type DesignOutcome = DesignComputed | DesignRefused | DesignFailed

export interface DesignState {
  /** Null before it was computed, refused or failed. */
  readonly outcome: DesignOutcome | null
}

export type DesignCommand =
  { type: 'end'; outcome: DesignOutcome } | { type: 'record-replay'; replay: DesignReplayed['data'] }

export const designDecider: Decider<DesignState, DesignCommand, DesignEvent> = {
  initial: { outcome: null },
  evolve: (state, event) => (event.type === 'design.replayed' ? state : { outcome: event }),
  decide,
}

/** @throws NotFound `design-not-found`; Conflict `design-exists`, `design-not-computed` */
export function decide({ outcome }: DesignState, command: DesignCommand): readonly DesignEvent[] {
  if (command.type === 'end') {
    if (outcome) throw new Conflict('design-exists', 'There is a design with this id already.')
    return [command.outcome]
  }
  if (!outcome) throw new NotFound('design-not-found', 'There is no such design.')
  if (outcome.type !== 'design.computed')
    throw new Conflict('design-not-computed', 'Only a computed design can be repeated.')
  return [{ type: 'design.replayed', data: command.replay }]
}

export const statusOf = ({ type }: DesignOutcome): DesignStatus =>
  type === 'design.computed' ? 'computed' : type === 'design.refused' ? 'refused' : 'failed'
