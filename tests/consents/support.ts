/** Builders and a small given/when/then for consents, without a database. */
import type { EventMetadata } from '../../src/journal/decider.js'
import { decideAt, type ConsentCommand, type Gift } from '../../src/consents/consent.js'
import { evolve, NO_CONSENTS, type ConsentState } from '../../src/consents/consent-state.js'
import type { ConsentEvent, ConsentGiven, ConsentRequested, Notice } from '../../src/consents/events.js'
import type { ConsentScope } from '../../src/consents/scope.js'
import { publishedNotice } from '../support/published-notice.js'

export const SUBJECT = '22222222-2222-4222-8222-222222222222'
export const TRIAL = '33333333-3333-4333-8333-333333333333'
export const NOW = '2026-06-01T12:00:00.000Z'
export const LATER = '2027-06-01T12:00:00.000Z'

export const consentId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
export const C1 = consentId(1)
export const C2 = consentId(2)

const reference = { id: 'research-notice', version: '2026-03', language: 'en' }
export const version = publishedNotice(reference)
export const notice: Notice = { ...reference, sha256: version.texts[0]!.sha256 }

export const scope = (more: Partial<ConsentScope> = {}): ConsentScope => ({
  purposes: ['HRESCH'],
  duo: ['DUO:0000006'],
  modelClasses: ['cvd'],
  dataCategories: 'any',
  controller: 'clinic',
  ...more,
})

export const requested = (more: Partial<ConsentRequested['data']> = {}): ConsentEvent => ({
  type: 'consent.requested',
  data: { consent: C1, scope: scope(), notice, ...more },
})
export const given = (more: Partial<ConsentGiven['data']> = {}): ConsentEvent => ({
  type: 'consent.given',
  data: {
    consent: C1,
    scope: scope(),
    notice,
    method: 'electronic',
    by: 'subject',
    givenAt: '2026-05-01T00:00:00.000Z',
    ...more,
  },
})
export const withdrawn = (consent = C1): ConsentEvent => ({
  type: 'consent.withdrawn',
  data: { consent, method: 'electronic', by: 'subject' },
})

export const expressed = { method: 'electronic', by: 'subject' } as const
export const gift = (more: Partial<Gift> = {}): ConsentCommand => ({ type: 'give', consent: C1, ...expressed, ...more })

/** The state after these events, each recorded a second after the other, a month before NOW. */
export function after(...events: readonly ConsentEvent[]): ConsentState {
  return events.reduce((state, event, revision) => evolve(state, event, metadata(revision)), NO_CONSENTS)
}

export function metadata(revision: number): EventMetadata {
  return {
    id: consentId(900 + revision),
    stream: `consent-${SUBJECT}`,
    revision,
    position: revision,
    recordedAt: new Date(Date.UTC(2026, 4, 1, 0, 0, revision)).toISOString(),
    actor: { id: 'actor-1', role: 'participant' },
    subject: SUBJECT,
    correlation: consentId(800),
  }
}

export const when = (state: ConsentState, command: ConsentCommand, now = NOW) =>
  decideAt(now, state, command, [version])
