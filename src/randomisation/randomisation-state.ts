/** The arms of a trial folded from their stream: everything but who is in which. */
import type { EventMetadata } from '../journal/decider.js'
import { evolveDataLock, NEVER_LOCKED, type DataLockState } from './data-lock.js'
import type {
  AnalysisPlan,
  ArmsDesign,
  BlindableRole,
  ParticipantRandomised,
  RandomisationEvent,
  SealedArms,
  TrainingCheck,
} from './events.js'

export const randomisationStream = (trial: string): string => `randomisation-${trial}`
export const trialOfRandomisation = (stream: string): string => stream.slice('randomisation-'.length)
/** The sealed arm of one participant. */
export const allocationStream = (allocation: string): string => `allocation-${allocation}`
/** The words behind an emergency unblinding, apart because they are sealed. */
export const unblindingStream = (unblinding: string): string => `unblinding-${unblinding}`
/** A request to unblind the trial: what is signed for approval, and nothing else. */
export const unblindingRequestStream = (request: string): string => `trial-unblinding-${request}`

/** The stratum of a trial whose sites do not matter. */
export const WHOLE_TRIAL = 'all'

/** `at`: when, RFC 3339. */
export type Randomised = ParticipantRandomised['data'] & { readonly subject: string; readonly at: string }

export interface Unblinding {
  readonly unblinding: string
  readonly code: string
  readonly subject: string
  /** To whom the arm was opened. */
  readonly actor: string
  readonly reason: string
  readonly openedAt: string
  readonly review?: { readonly by: string; readonly finding: 'justified' | 'not-justified' }
  readonly overdueReported?: true
}

export type RegisteredPlan = AnalysisPlan & {
  readonly registeredAt: string
  readonly frozen?: { readonly digest: string; readonly at: string; readonly afterUnblinding: boolean }
  /** The last time that training and trial population were compared; an overlap keeps the score from decisions. */
  readonly training?: Omit<TrainingCheck, 'plan'> & { readonly at: string }
}

/** Who was randomised, newest first: a trial has many, so one is added without copying the others. */
interface RandomisationStep {
  readonly earlier: RandomisationStep | null
  readonly randomised: Randomised
}

export interface RandomisationState extends DataLockState {
  readonly design: ArmsDesign | null
  /** In the order of sealing: the places of a stratum follow each other. */
  readonly lists: readonly SealedArms[]
  /** Places of each stratum, and how many of them are taken. */
  readonly strata: ReadonlyMap<string, { readonly places: number; readonly taken: number }>
  readonly steps: RandomisationStep | null
  readonly unblindings: ReadonlyMap<string, Unblinding>
  readonly plans: ReadonlyMap<string, RegisteredPlan>
  /** Requests to unblind the trial, oldest first; what they say is on streams of their own. */
  readonly requests: readonly string[]
  readonly openTo: readonly BlindableRole[]
  readonly unblindedAt: { readonly position: number; readonly at: string } | null
}

export const UNDESIGNED: RandomisationState = {
  design: null,
  lists: [],
  strata: new Map(),
  steps: null,
  unblindings: new Map(),
  plans: new Map(),
  ...NEVER_LOCKED,
  requests: [],
  openTo: [],
  unblindedAt: null,
}

export function evolve(state: RandomisationState, event: RandomisationEvent, meta: EventMetadata): RandomisationState {
  switch (event.type) {
    case 'randomisation.designed':
      return { ...state, design: event.data }
    case 'randomisation.list-sealed': {
      const { kid, sealed, strata } = event.data
      return { ...state, lists: [...state.lists, { kid, sealed }], strata: withPlaces(state.strata, strata) }
    }
    case 'randomisation.participant-randomised': {
      const { stratum } = event.data
      const { places, taken } = state.strata.get(stratum)!
      return {
        ...state,
        strata: new Map([...state.strata, [stratum, { places, taken: taken + 1 }]]),
        steps: { earlier: state.steps, randomised: { ...event.data, subject: meta.subject!, at: meta.recordedAt } },
      }
    }
    case 'randomisation.participant-unblinded': {
      const { actor, reason, recordedAt, subject } = meta
      const opened = { ...event.data, actor: actor.id, reason: reason!, openedAt: recordedAt, subject: subject! }
      return { ...state, unblindings: new Map([...state.unblindings, [opened.unblinding, opened]]) }
    }
    case 'randomisation.unblinding-reviewed': {
      const { unblinding, finding } = event.data
      return withUnblinding(state, unblinding, { review: { by: meta.actor.id, finding } })
    }
    case 'randomisation.unblinding-review-overdue':
      return withUnblinding(state, event.data.unblinding, { overdueReported: true })
    case 'randomisation.plan-registered': {
      const plan = { ...event.data, registeredAt: meta.recordedAt }
      return { ...state, plans: new Map([...state.plans, [plan.plan, plan]]) }
    }
    case 'randomisation.plan-frozen': {
      const { plan, ...frozen } = event.data
      const registered = { ...state.plans.get(plan)!, frozen: { ...frozen, at: meta.recordedAt } }
      return { ...state, plans: new Map([...state.plans, [plan, registered]]) }
    }
    case 'randomisation.training-checked': {
      const { plan, ...found } = event.data
      const checked = { ...state.plans.get(plan)!, training: { ...found, at: meta.recordedAt } }
      return { ...state, plans: new Map([...state.plans, [plan, checked]]) }
    }
    case 'randomisation.data-locked':
    case 'randomisation.unlocking-requested':
    case 'randomisation.unlocking-refused':
    case 'randomisation.data-unlocked':
      return evolveDataLock(state, event, meta)
    case 'randomisation.unblinding-submitted':
      return { ...state, requests: [...state.requests, event.data.request] }
    case 'randomisation.trial-unblinded':
      return {
        ...state,
        openTo: [...new Set([...state.openTo, ...event.data.openTo])],
        unblindedAt: state.unblindedAt ?? { position: meta.position, at: meta.recordedAt },
      }
    default:
      return state
  }
}

function withUnblinding(state: RandomisationState, id: string, change: Partial<Unblinding>): RandomisationState {
  const changed = { ...state.unblindings.get(id)!, ...change }
  return { ...state, unblindings: new Map([...state.unblindings, [id, changed]]) }
}

function withPlaces(known: RandomisationState['strata'], added: readonly { stratum: string; places: number }[]) {
  const strata = new Map(known)
  for (const { stratum, places } of added) {
    const before = strata.get(stratum) ?? { places: 0, taken: 0 }
    strata.set(stratum, { ...before, places: before.places + places })
  }
  return strata
}

export interface Participants {
  readonly byCode: ReadonlyMap<string, Randomised>
  readonly numbers: ReadonlySet<string>
}

const NOBODY: Participants = { byCode: new Map(), numbers: new Set() }
const participantsAt = new WeakMap<RandomisationStep, Participants>()

/** Everybody who was randomised, in order. Worked out once for each state. */
export function participantsOf({ steps }: RandomisationState): Participants {
  if (steps === null) return NOBODY
  let participants = participantsAt.get(steps)
  if (!participants) participantsAt.set(steps, (participants = index(steps)))
  return participants
}

function index(last: RandomisationStep): Participants {
  const newestFirst: Randomised[] = []
  for (let step: RandomisationStep | null = last; step; step = step.earlier) newestFirst.push(step.randomised)
  const inOrder = newestFirst.reverse()
  return {
    byCode: new Map(inOrder.map((randomised) => [randomised.code, randomised])),
    numbers: new Set(inOrder.map(({ number }) => number)),
  }
}
