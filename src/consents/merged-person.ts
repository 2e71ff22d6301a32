/** One person who is on record under several ids since their twins were merged: what they say of secondary use holds for all. Pure. */
import type { ConsentCommand } from './consent.js'
import type { ConsentState } from './consent-state.js'
import type { ConsentEvent } from './events.js'

/** What is recorded of each id when all of them turn out to be one person. An opt-out that is in force for one holds for all. */
export function eventsOfMerge(states: ReadonlyMap<string, ConsentState>): Map<string, ConsentEvent[]> {
  const [inForce] = [...states.values()].flatMap(({ optOut }) => optOut ?? [])
  return new Map(
    [...states].map(([subject, { mergedWith, optOut }]) => {
      const unknown = [...states.keys()].filter((other) => other !== subject && !mergedWith.has(other))
      const events: ConsentEvent[] = unknown.map((other) => ({
        type: 'consent.person-merged',
        data: { subject: other },
      }))
      if (inForce && !optOut)
        events.push({ type: 'consent.opted-out', data: { method: inForce.method, by: inForce.by } })
      return [subject, events]
    }),
  )
}

/** An opt-out or its reversal as it is recorded of the person's other ids; what was said beside it stays where it was said. */
export function eventsOfOthers(
  states: ReadonlyMap<string, ConsentState>,
  { type, method, by }: Extract<ConsentCommand, { type: 'opt-out' | 'reverse-opt-out' }>,
): Map<string, ConsentEvent[]> {
  const isOut = type === 'opt-out'
  const event: ConsentEvent = { type: isOut ? 'consent.opted-out' : 'consent.opt-out-reversed', data: { method, by } }
  return new Map([...states].map(([subject, { optOut }]) => [subject, (optOut !== null) === isOut ? [] : [event]]))
}
