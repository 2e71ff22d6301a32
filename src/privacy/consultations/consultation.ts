/** The decision model of a consultation: asked once, answered once, within its time. Pure. */
import type { EventMetadata, Decider } from '../../journal/decider.js'
import { Conflict, NotFound } from '../../platform/errors.js'
import type { ConsultationEvent, ConsultationPosition, SponsorConsulted } from './events.js'

export const consultationStream = (consultation: string): string => `erasure-consultation-${consultation}`
export const consultationOfStream = (stream: string): string => stream.slice('erasure-consultation-'.length)

/** What a decision records of each sponsor; `not-awaited`: the trial keeps its record, so nothing hung on the answer. */
export const CONSULTATION_RESULTS = ['answered', 'unanswered', 'not-awaited', 'not-asked'] as const
export type ConsultationResult = (typeof CONSULTATION_RESULTS)[number]

/** What a decision records of one sponsor. */
export interface Consulted {
  consultation: string
  result: ConsultationResult
}

export interface ConsultationState {
  readonly asked: (SponsorConsulted['data'] & { subject: string }) | null
  readonly position: ConsultationPosition | null
  /** Null without one, and once it is erased. */
  readonly statement: string | null
}

export const NOT_ASKED: ConsultationState = { asked: null, position: null, statement: null }

export type ConsultationCommand =
  | { type: 'ask'; request: string; trial: string; code: string; requestDueAt: string }
  | { type: 'answer'; position: ConsultationPosition; statement?: string }

/** Leaves most of the month of Art 12(3) to the decision. */
const DAYS_TO_ANSWER = 7

/**
 * @param now RFC 3339, UTC
 * @throws NotFound `consultation-not-found`; Conflict `consultation-answered`, `consultation-over`
 */
export function decideAt(
  now: string,
  { asked, position }: ConsultationState,
  command: ConsultationCommand,
): readonly ConsultationEvent[] {
  if (command.type === 'ask') {
    if (asked) return []
    const { request, trial, code, requestDueAt } = command
    return [{ type: 'privacy.sponsor-consulted', data: { request, trial, code, dueAt: dueAt(now, requestDueAt) } }]
  }
  if (!asked) throw new NotFound('consultation-not-found', 'There is no such consultation.')
  if (position !== null) throw new Conflict('consultation-answered', 'The sponsor answered already.')
  if (now > asked.dueAt) throw consultationOver()
  const { statement } = command
  return [
    { type: 'privacy.sponsor-answered', data: { position: command.position } },
    ...(statement === undefined
      ? []
      : [{ type: 'privacy.sponsor-statement-recorded', data: { text: statement } } as const]),
  ]
}

export const consultationOver = () =>
  new Conflict('consultation-over', 'The time to answer is over, or the request was decided.')

function evolve(
  state: ConsultationState,
  { type, data }: ConsultationEvent,
  { subject }: Pick<EventMetadata, 'subject'>,
): ConsultationState {
  switch (type) {
    case 'privacy.sponsor-consulted':
      return { ...state, asked: { ...data, subject: subject! } }
    case 'privacy.sponsor-answered':
      return { ...state, position: data.position }
    case 'privacy.sponsor-statement-recorded':
      return { ...state, statement: data.text }
  }
}

export function consultationDecider(now: string): Decider<ConsultationState, ConsultationCommand, ConsultationEvent> {
  return { initial: NOT_ASKED, evolve, decide: (state, command) => decideAt(now, state, command) }
}

/** What came of asking, as of a moment; null while the answer can still come and something hangs on it. */
export function resultOf(
  { asked, position }: ConsultationState,
  { now, awaited }: { now: string; awaited: boolean },
): ConsultationResult | null {
  if (position !== null) return 'answered'
  if (asked && now > asked.dueAt) return 'unanswered'
  if (awaited) return null
  return asked ? 'not-awaited' : 'not-asked'
}

/** The end of the day a week later, and never after the day on which the person is to be answered. */
function dueAt(now: string, requestDueAt: string): string {
  const end = new Date(now)
  end.setUTCDate(end.getUTCDate() + DAYS_TO_ANSWER)
  end.setUTCHours(23, 59, 59, 999)
  const own = end.toISOString()
  return own < requestDueAt ? own : requestDueAt
}
