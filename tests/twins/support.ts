/** Builders and a small given/when/then for twins, without a database. */
import { createHash } from 'node:crypto'
import type { EventMetadata } from '../../src/journal/decider.js'
import type { ClinicalFact, Demographics, Observation } from '../../src/twins/facts.js'
import type { SentFact } from '../../src/twins/ingestion.js'
import { evolve, UNREGISTERED, type ReadableTwinEvent, type TwinState } from '../../src/twins/twin-state.js'
import { decide, type TwinCommand } from '../../src/twins/twin.js'
import type { TwinEvent } from '../../src/twins/events.js'

export const TWIN = '11111111-1111-4111-8111-111111111111'
export const SUBJECT = '22222222-2222-4222-8222-222222222222'
export const LOINC = 'http://loinc.org'
export const source = { system: 'clinic-ehr' }
export const custody = { controller: 'clinic', owner: 'site-1' }

/** The id of the nth event of a test's history. */
export const eventId = (revision: number): string => `00000000-0000-4000-8000-${String(revision).padStart(12, '0')}`

export function observation(code: string, value: number, unit: string, more: Partial<Observation> = {}): Observation {
  return {
    kind: 'observation',
    code: { system: LOINC, code },
    quantity: { value, unit },
    status: 'final',
    effective: { at: '2026-01-15T09:30:00Z' },
    source,
    ...more,
  }
}

export const adult: Demographics = { sex: 'female', birthDate: '1970-05-20', source }

export const registered: TwinEvent = { type: 'twin.registered', data: { ...custody, source: 'clinic-ehr' } }
export const recorded = (fact: Observation): TwinEvent => ({ type: 'twin.observation-recorded', data: fact })

export function metadata(revision: number, more: Partial<EventMetadata> = {}): EventMetadata {
  return {
    id: eventId(revision),
    stream: `twin-${TWIN}`,
    revision,
    position: revision,
    recordedAt: new Date(Date.UTC(2026, 1, 1, 0, 0, revision)).toISOString(),
    actor: { id: 'actor-1', role: 'investigator' },
    subject: SUBJECT,
    correlation: eventId(0),
    ...more,
  }
}

/** The state that these events lead to. */
export function given(...events: readonly ReadableTwinEvent[]): TwinState {
  return events.reduce((state, event, revision) => evolve(state, event, metadata(revision)), UNREGISTERED)
}

export function when(state: TwinState, command: TwinCommand): readonly TwinEvent[] {
  return decide(state, command)
}

/** The state with the events of a command folded in. */
export function after(state: TwinState, command: TwinCommand): TwinState {
  return decide(state, command).reduce((before, event) => evolve(before, event, metadata(before.revision + 1)), state)
}

/** A fact as a source sends it, under the digest of its own content. */
export function sent(key: string, fact: ClinicalFact): SentFact {
  return { key, fact, contentDigest: createHash('sha256').update(JSON.stringify(fact)).digest('base64url') }
}
