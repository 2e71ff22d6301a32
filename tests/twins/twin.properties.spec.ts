import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import { diff } from '../../src/twins/diff.js'
import { currentFacts, factsOf, findingsOf, openFindings, versionsOf } from '../../src/twins/fact-history.js'
import type { TwinEvent } from '../../src/twins/events.js'
import { evolve, UNREGISTERED, type ReadableTwinEvent, type TwinState } from '../../src/twins/twin-state.js'
import { decide, type TwinCommand } from '../../src/twins/twin.js'
import { custody, eventId, metadata, observation, registered, source } from './support.js'

const value = fc.integer({ min: 1, max: 400 })
const fact = value.map((number) => observation('2093-3', number, 'mg/dL'))
const anyId = fc.integer({ min: 0, max: 30 }).map(eventId)

/** Any event in any order, also such as no decider would allow, some of them erased. */
const anyEvent: fc.Arbitrary<ReadableTwinEvent> = fc
  .oneof(
    fc.constant<TwinEvent>(registered),
    fact.map((data): TwinEvent => ({ type: 'twin.observation-recorded', data })),
    fc.tuple(anyId, fc.option(fact)).map(([target, replacement]): TwinEvent => ({
      type: 'twin.fact-corrected',
      data: { target, replacement, explanation: 'x' },
    })),
    fc.constant<TwinEvent>({ type: 'twin.withdrawn-from-use', data: {} }),
    fc.constant<TwinEvent>({ type: 'twin.demographics-recorded', data: { sex: 'male', source } }),
    anyId.map((finding): TwinEvent => ({ type: 'twin.quality-finding-resolved', data: { finding } })),
    fc.constant<TwinEvent>({ type: 'twin.merged-into', data: { survivor: eventId(99) } }),
  )
  .chain((event) =>
    fc.boolean().map((erased): ReadableTwinEvent => (erased ? { ...event, data: null } : event) as ReadableTwinEvent),
  )

const fold = (events: readonly ReadableTwinEvent[]): TwinState[] => {
  const states = [UNREGISTERED]
  events.forEach((event, revision) => states.push(evolve(states.at(-1)!, event, metadata(revision))))
  return states
}

/** Histories that the decider allowed: each step records, corrects or withdraws one of the standing facts. */
const history = fc
  .array(fc.record({ step: fc.constantFrom('record', 'correct', 'withdraw'), value, pick: fc.nat() }), {
    maxLength: 25,
  })
  .map((steps) => {
    let state = evolve(UNREGISTERED, registered, metadata(0))
    const states = [state]
    for (const { step, value: number, pick } of steps) {
      const standing = currentFacts(state)
      const target = standing[pick % Math.max(1, standing.length)]
      const replacement = observation('2093-3', number, 'mg/dL')
      const command: TwinCommand =
        step === 'record' || !target
          ? { type: 'record-facts', facts: [replacement] }
          : {
              type: 'correct-fact',
              target: target.id,
              replacement: step === 'correct' ? replacement : null,
              explanation: 'x',
            }
      for (const event of decide(state, command)) state = evolve(state, event, metadata(state.revision + 1))
      states.push(state)
    }
    return states
  })

describe('folding a twin', () => {
  it('never throws, whatever happened in whatever order', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        for (const state of fold(events)) {
          for (const { id } of factsOf(state).values()) versionsOf(state, id)
          findingsOf(state)
          diff(UNREGISTERED, state)
        }
      }),
    )
  })

  it('leaves every earlier state what it was', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
        const once = fold(events).map((state) => [...factsOf(state).values()])
        events.forEach((_, end) => expect([...factsOf(fold(events.slice(0, end)).at(-1)!).values()]).toEqual(once[end]))
      }),
      { numRuns: 30 },
    )
  })

  // proves TL-TWN-001
  it('keeps every value that was ever recorded', () => {
    fc.assert(
      fc.property(history, (states) => {
        for (const earlier of states) {
          for (const { id, value: recorded } of factsOf(earlier).values()) {
            expect(factsOf(states.at(-1)!).get(id)?.value).toEqual(recorded)
          }
        }
      }),
    )
  })

  it('has one standing version at most of each fact', () => {
    fc.assert(
      fc.property(history, (states) => {
        const state = states.at(-1)!
        for (const { id } of factsOf(state).values()) {
          expect(versionsOf(state, id).filter(({ status }) => status === 'current').length).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})

// proves TL-TWN-002
describe('a diff between two points', () => {
  it('leads from the standing facts of the one to those of the other', () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.nat(), (states, one, other) => {
        const [from, to] = [one % states.length, other % states.length].sort((a, b) => a - b) as [number, number]
        const [earlier, later] = [states[from]!, states[to]!]
        const facts = new Map(currentFacts(earlier).map(({ id, value: held }) => [id, held]))
        const { added, changed, withdrawn } = diff(earlier, later).facts
        for (const change of [...changed, ...withdrawn]) {
          expect(facts.get(change.from!)).toEqual(change.before)
          facts.delete(change.from!)
        }
        for (const change of [...added, ...changed]) facts.set(change.to!, change.after)
        const expected = new Map(currentFacts(later).map(({ id, value: held }) => [id, held]))
        expect(new Map([...facts].sort())).toEqual(new Map([...expected].sort()))
      }),
    )
  })

  it('of a point with itself is empty', () => {
    fc.assert(
      fc.property(history, (states) => {
        const state = states.at(-1)!
        const { facts, demographics, identifiers, findings } = diff(state, state)
        expect([
          ...Object.values(facts).flat(),
          ...demographics,
          ...identifiers,
          ...Object.values(findings).flat(),
        ]).toEqual([])
        expect(openFindings(state)).toEqual([])
      }),
    )
  })

  it('tells a custody change', () => {
    const [before, after] = fold([
      registered,
      { type: 'twin.custody-changed', data: { ...custody, owner: 'site-2' } },
    ]).slice(1)
    expect(diff(before!, after!).custody).toEqual({ before: custody, after: { ...custody, owner: 'site-2' } })
  })
})
