/** What is known of a breach, folded from its stream. */
import {
  BREACH_FACT_NAMES,
  BREACH_TEXT_NAMES,
  type AuthorityNotified,
  type BreachEvent,
  type BreachFact,
  type BreachFacts,
  type BreachRecorded,
  type BreachTexts,
} from './events.js'
import type { CommunicationException } from './codes.js'

export const breachStream = (breach: string): string => `breach-${breach}`
export const breachOfStream = (stream: string): string => stream.slice('breach-'.length)

export interface BreachState {
  /** Null before it is recorded. */
  readonly recorded: BreachRecorded['data'] | null
  readonly facts: Partial<BreachFacts>
  readonly texts: Partial<BreachTexts>
  readonly delayExplained: boolean
  readonly notifications: readonly AuthorityNotified['data'][]
  readonly waived: boolean
  readonly informed: { direct: boolean; public: boolean }
  readonly exception: CommunicationException | null
  readonly overdue: boolean
  readonly closed: boolean
}

export const NO_BREACH: BreachState = {
  recorded: null,
  facts: {},
  texts: {},
  delayExplained: false,
  notifications: [],
  waived: false,
  informed: { direct: false, public: false },
  exception: null,
  overdue: false,
  closed: false,
}

export function evolve(state: BreachState, { type, data }: BreachEvent): BreachState {
  switch (type) {
    case 'breach.recorded':
      return { ...state, recorded: data }
    case 'breach.assessed':
      return { ...state, facts: { ...state.facts, ...data } }
    case 'breach.described':
      return { ...state, texts: { ...state.texts, ...data } }
    case 'breach.delay-explained':
      return { ...state, delayExplained: true }
    case 'breach.authority-notified':
      return { ...state, notifications: [...state.notifications, data] }
    case 'breach.notification-waived':
      return { ...state, waived: true }
    case 'breach.subjects-informed':
      return { ...state, informed: { ...state.informed, [data.channel]: true } }
    case 'breach.communication-exempted':
      return { ...state, exception: data.exception }
    case 'breach.overdue':
      return { ...state, overdue: true }
    case 'breach.closed':
      return { ...state, closed: true }
  }
}

/** What Art 33(3) asks for and is not on record, all of it. */
export function missingFacts({ facts, texts }: BreachState): BreachFact[] {
  return [
    ...BREACH_FACT_NAMES.filter((name) => facts[name] === undefined),
    ...BREACH_TEXT_NAMES.filter((name) => texts[name] === undefined),
  ]
}

export type BreachStep =
  'assessment' | 'authority-notification' | 'later-facts' | 'communication' | 'public-communication'

/** What is to be done before the breach can be closed. */
export function missingSteps(state: BreachState): BreachStep[] {
  const { facts, notifications, waived, informed, exception } = state
  const steps: BreachStep[] = []
  if (missingFacts(state).length > 0) steps.push('assessment')
  // Whoever finds later that the risk is not unlikely has to notify after all.
  const exempt = waived && facts.risk === 'unlikely'
  if (!exempt && notifications.length === 0) steps.push('authority-notification')
  else if (!exempt && notifications.at(-1)!.missing.length > 0) steps.push('later-facts')
  if (facts.risk === 'high' && !informed.direct) {
    if (exception === null) steps.push('communication')
    else if (exception === '34-3-c' && !informed.public) steps.push('public-communication')
  }
  return steps
}
