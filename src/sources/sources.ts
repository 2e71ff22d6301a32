/** Pure: which sources are registered, and what may follow. */
import type { Decider } from '../journal/decider.js'
import { Conflict, NotFound } from '../platform/errors.js'
import type { SourceEvent, SourceKind } from './events.js'

export interface Source {
  readonly source: string
  readonly kind: SourceKind
  readonly registeredAt: string
  readonly registeredBy: string
  readonly revokedAt?: string
  readonly reason?: string
}

export type SourcesState = ReadonlyMap<string, Source>

export type SourceCommand =
  { do: 'register'; sources: readonly { source: string; kind: SourceKind }[] } | { do: 'revoke'; source: string }

export const sources: Decider<SourcesState, SourceCommand, SourceEvent> = {
  initial: new Map(),

  evolve(known, event, { recordedAt, actor, reason }) {
    const { source } = event.data
    if (event.type === 'source.registered') {
      const { kind } = event.data
      return new Map(known).set(source, { source, kind, registeredAt: recordedAt, registeredBy: actor.id })
    }
    const before = known.get(source)
    return before ? new Map(known).set(source, { ...before, revokedAt: recordedAt, ...(reason && { reason }) }) : known
  },

  /**
   * A source that was revoked may be registered again, on record.
   *
   * @throws Conflict `source-registered-already`; NotFound `source-unknown`
   */
  decide(known, command) {
    if (command.do === 'revoke') {
      if (!isTaken(known, command.source)) throw new NotFound('source-unknown', 'No such source is registered.')
      return [{ type: 'source.revoked', data: { source: command.source } }]
    }
    const fresh = command.sources.filter(({ source }) => !isTaken(known, source))
    if (fresh.length === 0) throw new Conflict('source-registered-already', 'The source is registered already.')
    return fresh.map((data) => ({ type: 'source.registered', data }))
  },
}

/** Whether data of the source is taken. */
export function isTaken(known: SourcesState, source: string): boolean {
  const found = known.get(source)
  return found !== undefined && found.revokedAt === undefined
}
