/** One person who is on record under several ids since their twins were merged: what stops uses of one stops those of all. Pure. */
import type { ConsentCommand } from './consent.js'
import type { ConsentState } from './consent-state.js'
import type { ConsentEvent, ProcessingRestricted } from './events.js'

/** Decisions of a person that hold under all their ids. An erasure (Art 17) is of what one id holds, and is decided for each. */
export type SharedCommand = Extract<
  ConsentCommand,
  { type: 'opt-out' | 'reverse-opt-out' | 'restrict' | 'lift-restriction' }
>

/** What is recorded of each id when all of them turn out to be one person: what is in force for one then holds for all. */
export function eventsOfMerge(states: ReadonlyMap<string, ConsentState>): Map<string, ConsentEvent[]> {
  const [out] = [...states.values()].flatMap(({ optOut }) => optOut ?? [])
  const restrictions = [...states.values()].flatMap((state) => [...state.restrictions.values()].filter(isShared))
  return new Map(
    [...states].map(([subject, state]) => {
      const unknown = [...states.keys()].filter((other) => other !== subject && !state.mergedWith.has(other))
      const events: ConsentEvent[] = unknown.map((other) => ({
        type: 'consent.person-merged',
        data: { subject: other },
      }))
      if (out && !state.optOut) events.push({ type: 'consent.opted-out', data: { method: out.method, by: out.by } })
      const missing = new Map(restrictions.map((data) => [data.restriction, data]))
      for (const restriction of state.restrictions.keys()) missing.delete(restriction)
      for (const data of missing.values()) events.push({ type: 'consent.processing-restricted', data })
      return [subject, events]
    }),
  )
}

const isShared = ({ ground }: Pick<ProcessingRestricted['data'], 'ground'>): boolean => ground !== 'art-17'

/** A decision as it is recorded of the person's other ids; what was said beside it stays where it was said. */
export function eventsOfOthers(
  states: ReadonlyMap<string, ConsentState>,
  command: SharedCommand,
): Map<string, ConsentEvent[]> {
  return new Map([...states].map(([subject, state]) => [subject, eventsOfOther(state, command)]))
}

function eventsOfOther({ optOut, restrictions }: ConsentState, command: SharedCommand): ConsentEvent[] {
  switch (command.type) {
    case 'opt-out':
      return optOut ? [] : [{ type: 'consent.opted-out', data: { method: command.method, by: command.by } }]
    case 'reverse-opt-out':
      return optOut ? [{ type: 'consent.opt-out-reversed', data: { method: command.method, by: command.by } }] : []
    case 'restrict': {
      const { type: _type, ...data } = command
      const isNew = isShared(data) && !restrictions.has(data.restriction)
      return isNew ? [{ type: 'consent.processing-restricted', data }] : []
    }
    case 'lift-restriction': {
      const { restriction } = command
      return restrictions.has(restriction) ? [{ type: 'consent.restriction-lifted', data: { restriction } }] : []
    }
  }
}
