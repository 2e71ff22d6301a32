/** A trial folded from its stream. */
import type { EventMetadata } from '../journal/decider.js'
import type { TrialDescription, TrialEvent } from './events.js'

export const trialStream = (trial: string): string => `trial-${trial}`
export const trialOfStream = (stream: string): string => stream.slice('trial-'.length)

export interface TrialSite {
  readonly site: string
  readonly country: string
  readonly status: 'open' | 'closed'
}

/** A person in the trial. */
export interface Enrolment {
  readonly code: string
  readonly subject: string
  readonly site: string
  readonly status: 'enrolled' | 'withdrawn'
}

/**
 * One step in the list of who came and left, newest first. A trial has many, so a step is added without copying the
 * others; `enrolmentsOf` makes the list readable.
 */
interface EnrolmentStep {
  readonly earlier: EnrolmentStep | null
  readonly enrolment: Enrolment | { readonly withdrawn: string }
}

export interface TrialState {
  readonly status: 'unregistered' | 'open' | 'closed'
  readonly description: TrialDescription | null
  readonly sites: readonly TrialSite[]
  readonly steps: EnrolmentStep | null
}

export const UNREGISTERED: TrialState = { status: 'unregistered', description: null, sites: [], steps: null }

export function evolve(state: TrialState, event: TrialEvent, { subject }: EventMetadata): TrialState {
  switch (event.type) {
    case 'trial.registered':
      return { ...state, status: 'open', description: event.data }
    case 'trial.protocol-amended':
      return { ...state, description: { ...state.description!, protocol: event.data.protocol } }
    case 'trial.site-opened': {
      const others = state.sites.filter(({ site }) => site !== event.data.site)
      return { ...state, sites: [...others, { ...event.data, status: 'open' }] }
    }
    case 'trial.site-closed':
      return {
        ...state,
        sites: state.sites.map((site) => (site.site === event.data.site ? { ...site, status: 'closed' } : site)),
      }
    case 'trial.subject-enrolled': {
      const enrolment: Enrolment = { ...event.data, subject: subject!, status: 'enrolled' }
      return { ...state, steps: { earlier: state.steps, enrolment } }
    }
    case 'trial.subject-withdrawn':
      return { ...state, steps: { earlier: state.steps, enrolment: { withdrawn: event.data.code } } }
    case 'trial.closed':
      return { ...state, status: 'closed' }
    default:
      return state
  }
}

export interface Enrolments {
  readonly byCode: ReadonlyMap<string, Enrolment>
  readonly bySubject: ReadonlyMap<string, Enrolment>
}

const NONE: Enrolments = { byCode: new Map(), bySubject: new Map() }
const enrolmentsAt = new WeakMap<EnrolmentStep, Enrolments>()

/** Everybody who was ever enrolled, by code and by subject. Worked out once for each state. */
export function enrolmentsOf({ steps }: TrialState): Enrolments {
  if (steps === null) return NONE
  let enrolments = enrolmentsAt.get(steps)
  if (!enrolments) enrolmentsAt.set(steps, (enrolments = index(steps)))
  return enrolments
}

function index(last: EnrolmentStep): Enrolments {
  const oldestFirst: EnrolmentStep['enrolment'][] = []
  for (let step: EnrolmentStep | null = last; step; step = step.earlier) oldestFirst.push(step.enrolment)
  const byCode = new Map<string, Enrolment>()
  for (const step of oldestFirst.reverse()) {
    const enrolment = 'withdrawn' in step ? byCode.get(step.withdrawn) : step
    if (!enrolment) continue
    byCode.set(enrolment.code, 'withdrawn' in step ? { ...enrolment, status: 'withdrawn' } : enrolment)
  }
  return { byCode, bySubject: new Map([...byCode.values()].map((enrolment) => [enrolment.subject, enrolment])) }
}
