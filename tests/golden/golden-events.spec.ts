/**
 * One stored event of each type and schema that was ever written, kept as it was written: what lies in logs for decades is read by
 * today's code with the result of the day on which it was written.
 */
import { describe, expect, it } from '@jest/globals'
import { EVENT_TYPES } from '../../src/app.module.js'
import { EventCatalogue } from '../../src/journal/event-catalogue.js'
import { eventTypes, type DomainEvent, type EventType } from '../../src/journal/event-type.js'
import { canonicalJson } from '../../src/ledger/canonical-json.js'
import { headerTemplate, leafText, parseCanonicalLeaf } from '../../src/ledger/event-header.js'
import { clearPayload } from '../../src/ledger/payload.js'
import { readEventDataTypes } from './support/event-data-types.js'
import { digestOf, foldedStates } from './support/folds.js'
import { readGoldenEvents, type GoldenEvent } from './support/golden-event.js'
import { missingNames, sentencesOf } from './support/make-golden-event.js'
import { mismatches } from './support/matches-type.js'

const catalogue = new EventCatalogue(EVENT_TYPES)
const golden = readGoldenEvents()
const { checker, types } = readEventDataTypes()

/** Names of golden events of which something does not hold, with what that is. */
const wrong = (problemsOf: (event: GoldenEvent, name: string) => readonly string[]): string[] =>
  [...golden].flatMap(([name, event]) => problemsOf(event, name).map((problem) => `${name}: ${problem}`))

/** What is different from the types of the sources once the payload is brought up to date. */
const outOfType = (from: EventCatalogue, { header: { type, schema } }: GoldenEvent, payload: object): string[] =>
  mismatches(from.upcast(type, schema, payload), types.get(type)!, checker)

/** The same catalogue with one definition changed. */
const withChanged = (type: string, changes: Partial<EventType>): EventCatalogue =>
  new EventCatalogue([catalogue.all().map((known) => (known.type === type ? { ...known, ...changes } : known))])

// proves TL-LED-010
describe('the golden events', () => {
  it('are one for each type of event and each schema of it (npm run golden:events writes those of new types)', () => {
    expect(missingNames(catalogue.all(), golden)).toEqual([])
  })

  it('are of types that this version still reads: no log loses its meaning', () => {
    const known = new Set(catalogue.all().map(({ type }) => type))
    expect(wrong(({ header }) => (known.has(header.type) ? [] : ['is read by nobody']))).toEqual([])
  })

  it('are headers and payloads as the log takes them, to the byte', () => {
    const problems = wrong(({ header, payload }) => {
      const { stored, reference } = clearPayload(payload)
      const { enc: _enc, kid: _kid, ...clear } = header.payload
      const leaf = leafText(
        headerTemplate(header.stream, { header, payload: stored }),
        header.revision,
        header.recordedAt,
      )
      return [
        ...(canonicalJson(clear) === canonicalJson(reference) ? [] : ['payload and digest differ']),
        ...(canonicalJson(parseCanonicalLeaf(Buffer.from(leaf))) === canonicalJson(header) ? [] : ['the leaf differs']),
      ]
    })
    expect(problems).toEqual([])
  })

  it('are of the shape that the sources declare today, once they are brought up to date', () => {
    expect(wrong((event) => outOfType(catalogue, event, event.payload))).toEqual([])
  })

  it('are read aloud as they were, open and closed', () => {
    const problems = wrong(({ header, payload, reading }) => {
      const { sentence, sentenceWithoutPayload } = sentencesOf(catalogue, header, payload)
      return [
        ...(sentence === reading.sentence ? [] : [`says “${sentence}”`]),
        ...(sentenceWithoutPayload === reading.sentenceWithoutPayload ? [] : [`says “${sentenceWithoutPayload}”`]),
      ]
    })
    expect(problems).toEqual([])
  })

  it('lead every decision model to the states that they led to', () => {
    const states = foldedStates(catalogue, [...golden.values()])
    expect(
      wrong(({ reading }, name) => ((states.get(name) ?? null) === reading.state ? [] : ['another state'])),
    ).toEqual([])
    expect(states.size).toBeGreaterThan(190)
  })
})

// proves TL-LED-010
describe('what the golden events guard against', () => {
  const TYPE = 'legal-entry.checked'
  const event = golden.get(`${TYPE}.v1`)!

  it('a new type of event without one', () => {
    type Unheard = DomainEvent<'made-up.happened', { what: string }>
    const unheard = eventTypes<Unheard>({ 'made-up.happened': { schema: 1, sealedUnder: null, describe: () => '-' } })
    expect(missingNames(unheard, golden)).toEqual(['made-up.happened.v1'])
  })

  it('a new schema without a golden event of it, or without a step that leads to it', () => {
    const raised = withChanged(TYPE, { schema: 2 })
    expect(missingNames([raised.get(TYPE)], golden)).toEqual([`${TYPE}.v2`])
    expect(() => outOfType(raised, event, event.payload)).toThrow(`No step leads from schema 1 of ${TYPE}.`)
  })

  it('a step that does not lead to what is declared', () => {
    const upcast = { 1: ({ remark: _remark, ...data }: Record<string, unknown>) => ({ ...data, note: 1 }) }
    const raised = withChanged(TYPE, { schema: 2, upcast: upcast as EventType['upcast'] })
    expect(outOfType(raised, event, event.payload)).toEqual(['remark is missing', 'note is unknown'])
  })

  it('a payload that changed its shape without a new schema', () => {
    const { outcome: _outcome, ...without } = event.payload as Record<string, unknown>
    expect(outOfType(catalogue, event, without)).toEqual(['outcome is missing'])
    expect(outOfType(catalogue, event, { ...event.payload, more: 1 })).toEqual(['more is unknown'])
    expect(outOfType(catalogue, event, { ...event.payload, outcome: 'gone' })).toEqual(['outcome'])
    expect(outOfType(catalogue, event, { ...event.payload, checkedOn: 20260115 })).toEqual(['checkedOn'])
  })

  it('a state that comes out differently, and not one that merely could say more', () => {
    const state = { holds: new Map([['a', new Set([1])]]), closed: true }
    expect(digestOf({ holds: new Map([['a', new Set([2])]]), closed: true })).not.toBe(digestOf(state))
    expect(digestOf({ ...state, closed: false })).not.toBe(digestOf(state))
    expect(digestOf({ ...state, more: new Map(), reopened: false, reason: null })).toBe(digestOf(state))
  })
})
