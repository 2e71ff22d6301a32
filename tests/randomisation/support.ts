/** A small given/when/then for the arms of a trial, without a database. */
import type { EventMetadata } from '../../src/journal/decider.js'
import type {
  ArmsDesign,
  DataLocked,
  PlanFrozen,
  PlanRegistered,
  RandomisationEvent,
} from '../../src/randomisation/events.js'
import { decide, type RandomisationCommand } from '../../src/randomisation/randomisation.js'
import type { NoPlanReason } from '../../src/randomisation/reason-codes.js'
import { evolve, UNDESIGNED, type RandomisationState } from '../../src/randomisation/randomisation-state.js'

export const DOCTOR = 'actor-doctor'
export const REVIEWER = 'actor-qa'
export const MARTA = '22222222-2222-4222-8222-222222222222'
export const JONAS = '33333333-3333-4333-8333-333333333333'
const TRIAL = '11111111-1111-4111-8111-111111111111'

export const DOUBLE_BLIND: ArmsDesign = {
  arms: [
    { arm: 'A', name: 'Active', share: 1 },
    { arm: 'B', name: 'Placebo', share: 1 },
  ],
  blinded: ['participant', 'investigator', 'sponsor'],
  stratifiedBy: 'site',
}

export const designed = (changes: Partial<ArmsDesign> = {}): RandomisationEvent => ({
  type: 'randomisation.designed',
  data: { ...DOUBLE_BLIND, ...changes },
})

export const listSealed = (stratum: string, places: number): RandomisationEvent => ({
  type: 'randomisation.list-sealed',
  data: { kid: 'kid', sealed: 'sealed', source: 'generated', strata: [{ stratum, places }] },
})

/** An event with what its header says beside it. */
export interface Happened {
  event: RandomisationEvent
  subject?: string
  actor?: string
  reason?: string
}

export const randomised = (subject: string, code: string, number = '480213'): Happened => ({
  event: {
    type: 'randomisation.participant-randomised',
    data: { code, site: 'site-1', stratum: 'site-1', number, allocation: `allocation of ${code}` },
  },
  subject,
})

export const unblinded = (subject: string, code: string, unblinding = 'unblinding-1'): Happened => ({
  event: { type: 'randomisation.participant-unblinded', data: { code, unblinding } },
  subject,
  actor: DOCTOR,
  reason: 'emergency-treatment',
})

export const planRegistered: PlanRegistered = {
  type: 'randomisation.plan-registered',
  data: { plan: 'plan-1', version: '1.0', digest: 'd'.repeat(64), designs: [] },
}
export const planFrozen: PlanFrozen = {
  type: 'randomisation.plan-frozen',
  data: { plan: 'plan-1', digest: 'f'.repeat(64), afterUnblinding: false },
}
export const dataLocked: DataLocked = { type: 'randomisation.data-locked', data: { below: 100 } }
export const submitted: RandomisationEvent = {
  type: 'randomisation.unblinding-submitted',
  data: { request: 'request-1' },
}
export const askToUnblind = (withoutPlan: NoPlanReason | null = null) =>
  ({ type: 'request-unblinding', request: 'request-1', openTo: ['sponsor'], withoutPlan }) as const
export const opened: RandomisationEvent = {
  type: 'randomisation.trial-unblinded',
  data: { openTo: ['sponsor'], signature: 'signature-1' },
}

export function given(...happened: readonly (RandomisationEvent | Happened)[]): RandomisationState {
  return happened.reduce<RandomisationState>((state, one, revision) => {
    const { event, ...header } = 'event' in one ? one : { event: one }
    return evolve(state, event, metadata(revision, header))
  }, UNDESIGNED)
}

export const when = (state: RandomisationState, command: RandomisationCommand) => decide(state, command)

function metadata(revision: number, { subject, actor = 'actor-1', reason }: Omit<Happened, 'event'>): EventMetadata {
  return {
    id: `00000000-0000-4000-8000-${String(revision).padStart(12, '0')}`,
    stream: `randomisation-${TRIAL}`,
    revision,
    position: revision,
    recordedAt: '2026-03-01T12:00:00.000Z',
    actor: { id: actor, role: 'investigator' },
    correlation: TRIAL,
    trial: TRIAL,
    subject,
    reason,
  }
}
