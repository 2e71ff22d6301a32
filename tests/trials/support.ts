/** A small given/when/then for trials, without a database. */
import type { EventMetadata } from '../../src/journal/decider.js'
import type { TrialDescription, TrialEvent } from '../../src/trials/events.js'
import { decide, type TrialCommand } from '../../src/trials/trial.js'
import { evolve, UNREGISTERED, type TrialState } from '../../src/trials/trial-state.js'

export const TRIAL = '11111111-1111-4111-8111-111111111111'
export const MARTA = '22222222-2222-4222-8222-222222222222'
export const JONAS = '33333333-3333-4333-8333-333333333333'

export const description: TrialDescription = {
  code: '2026-501234-17-00',
  title: 'Statin intensity guided by a digital twin',
  sponsor: 'sponsor-1',
  protocol: { id: 'PROT-042', version: '1.0' },
  phase: 'phase-3',
}

export const registered: TrialEvent = { type: 'trial.registered', data: description }
export const siteOpened: TrialEvent = { type: 'trial.site-opened', data: { site: 'site-1', country: 'CH' } }

/** Enrolment and withdrawal name the person in the header. */
export type Happened = TrialEvent | { event: TrialEvent; subject: string }

export const enrolled = (subject: string, code: string): Happened => ({
  event: { type: 'trial.subject-enrolled', data: { code, site: 'site-1' } },
  subject,
})

export function given(...happened: readonly Happened[]): TrialState {
  return happened.reduce<TrialState>((state, one, revision) => {
    const { event, subject } = 'event' in one ? one : { event: one, subject: undefined }
    return evolve(state, event, metadata(revision, subject))
  }, UNREGISTERED)
}

export const when = (state: TrialState, command: TrialCommand) => decide(state, command)

function metadata(revision: number, subject?: string): EventMetadata {
  return {
    id: `00000000-0000-4000-8000-${String(revision).padStart(12, '0')}`,
    stream: `trial-${TRIAL}`,
    revision,
    position: revision,
    recordedAt: '2026-03-01T12:00:00.000Z',
    actor: { id: 'actor-1', role: 'sponsor' },
    correlation: TRIAL,
    trial: TRIAL,
    subject,
  }
}
