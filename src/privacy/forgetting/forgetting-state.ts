/** What was decided and done about forgetting one person, folded from their stream. */
import type { EventMetadata } from '../../journal/decider.js'
import type { KeyClass } from '../../vault/key-class.js'
import type { ErasureGround, HoldGround, HoldRequester } from '../codes.js'
import type { ForgettingEvent, RetainedClass } from './events.js'

/** The stream that orders holds and erasures of one person: whichever was recorded first is known to the other. */
export const forgettingStream = (subject: string): string => `forgetting-${subject}`

export const HOLD_STATUSES = ['requested', 'refused', 'placed', 'approved', 'rejected', 'lifted'] as const

export interface Hold {
  hold: string
  status: (typeof HOLD_STATUSES)[number]
  requestedBy: HoldRequester
  ground: HoldGround
  /** Actor id; null while it is only asked for. */
  placedBy: string | null
  /** Actor id of who asks to lift it after its approval, until that is decided. */
  liftingAskedBy?: string
}

/** In this order; `suspended` goes back to `decided`, and `stopped` is an end. */
export const ERASURE_STATUSES = [
  'decided',
  'suspended',
  'confirmed',
  'started',
  'stopped',
  'keys-destroyed',
  'ciphertext-deleted',
  'traces-purged',
  'completed',
] as const
export type ErasureStatus = (typeof ERASURE_STATUSES)[number]

export interface Erasure {
  erasure: string
  request: string
  ground: ErasureGround
  classes: readonly KeyClass[]
  retained: readonly RetainedClass[]
  status: ErasureStatus
  /** The last event of each kind, as the certificate tells of it. */
  steps: readonly ErasureStep[]
  /** Keys that were destroyed. */
  kids: readonly string[]
  recipients: readonly string[]
}

/** One step as the log has it. */
export interface ErasureStep {
  type: ForgettingEvent['type']
  event: string
  position: number
  recordedAt: string
  actor: { id: string; role: string }
  data: ForgettingEvent['data']
}

export interface ForgettingState {
  readonly holds: ReadonlyMap<string, Hold>
  readonly erasures: ReadonlyMap<string, Erasure>
}

export const NOTHING_FORGOTTEN: ForgettingState = { holds: new Map(), erasures: new Map() }

/** Holds take effect when they are placed: what they protect must not go while somebody thinks about it. */
export const holdsInForce = ({ holds }: ForgettingState): Hold[] =>
  [...holds.values()].filter(({ status }) => status === 'placed' || status === 'approved')

/** Holds that somebody asked for and nobody decided on. */
export const holdsAskedFor = ({ holds }: ForgettingState): Hold[] =>
  [...holds.values()].filter(({ status }) => status === 'requested')

/** Keys are destroyed, and there is more to do: what cannot be stopped any more. */
export const isBeyondRecall = ({ status }: Erasure): boolean =>
  status === 'keys-destroyed' || status === 'ciphertext-deleted' || status === 'traces-purged'

export const ENDED: readonly ErasureStatus[] = ['stopped', 'completed']

export const BEFORE_START: readonly ErasureStatus[] = ['decided', 'suspended', 'confirmed']

/** Classes that were destroyed, or are being destroyed and cannot come back. */
export const erasedClasses = ({ erasures }: ForgettingState): Set<KeyClass> =>
  new Set(
    [...erasures.values()]
      .filter(({ status }) => !BEFORE_START.includes(status) && status !== 'stopped')
      .flatMap(({ classes }) => classes),
  )

/** Who took the step of this type; undefined when it was not taken, or taken back since. */
export const actorOf = ({ steps }: Erasure, type: ForgettingEvent['type']): string | undefined =>
  steps.find((step) => step.type === type)?.actor.id

export function evolve(state: ForgettingState, event: ForgettingEvent, metadata: EventMetadata): ForgettingState {
  if ('erasure' in event.data) {
    const erasure = erasureAfter(state.erasures.get(event.data.erasure), event as ErasureEvent, metadata)
    return { ...state, erasures: new Map(state.erasures).set(erasure.erasure, erasure) }
  }
  const hold = holdAfter(state.holds.get(event.data.hold), event as HoldEvent, metadata)
  return { ...state, holds: new Map(state.holds).set(hold.hold, hold) }
}

type HoldEvent = Exclude<ForgettingEvent, { data: { erasure: string } }>

function holdAfter(before: Hold | undefined, event: HoldEvent, { actor }: EventMetadata): Hold {
  switch (event.type) {
    case 'privacy.hold-requested':
      return { ...event.data, status: 'requested', placedBy: null }
    case 'privacy.hold-refused':
      return { ...before!, status: 'refused' }
    case 'privacy.hold-placed':
      return { ...event.data, status: 'placed', placedBy: actor.id }
    case 'privacy.hold-approved':
      return { ...before!, status: 'approved' }
    case 'privacy.hold-rejected':
      return { ...before!, status: 'rejected' }
    case 'privacy.hold-lifting-requested':
      return { ...before!, liftingAskedBy: actor.id }
    case 'privacy.hold-lifting-refused': {
      const { liftingAskedBy: _asked, ...hold } = before!
      return hold
    }
    case 'privacy.hold-lifted':
      return { ...before!, status: 'lifted' }
  }
}

type ErasureEvent = Extract<ForgettingEvent, { data: { erasure: string } }>

const STATUS_AFTER: Partial<Record<ErasureEvent['type'], ErasureStatus>> = {
  'privacy.erasure-suspended': 'suspended',
  'privacy.erasure-reopened': 'decided',
  'privacy.erasure-confirmed': 'confirmed',
  'privacy.erasure-started': 'started',
  'privacy.erasure-stopped': 'stopped',
  'privacy.keys-destroyed': 'keys-destroyed',
  'privacy.ciphertext-deleted': 'ciphertext-deleted',
  'privacy.traces-purged': 'traces-purged',
  'privacy.erasure-completed': 'completed',
}

function erasureAfter(before: Erasure | undefined, { type, data }: ErasureEvent, metadata: EventMetadata): Erasure {
  const { id: event, position, recordedAt, actor } = metadata
  const step: ErasureStep = { type, event, position, recordedAt, actor: { id: actor.id, role: actor.role }, data }
  if (type === 'privacy.erasure-decided') {
    return { ...(data as DecidedData), status: 'decided', steps: [step], kids: [], recipients: [] }
  }
  const erasure = {
    ...before!,
    steps: [...stepsThatStand(before!, type), step],
    status: STATUS_AFTER[type] ?? before!.status,
  }
  if (type === 'privacy.keys-destroyed') {
    return { ...erasure, kids: [...new Set([...before!.kids, ...(data as { kids: readonly string[] }).kids])] }
  }
  if (type === 'privacy.recipient-notified') {
    return { ...erasure, recipients: [...before!.recipients, (data as { recipient: string }).recipient] }
  }
  return erasure
}

type DecidedData = Extract<ForgettingEvent, { type: 'privacy.erasure-decided' }>['data']

/** A hold takes confirmation and start back: who confirmed and who started did not know of it. */
function stepsThatStand({ steps }: Erasure, type: ForgettingEvent['type']): readonly ErasureStep[] {
  return type === 'privacy.erasure-suspended'
    ? steps.filter((step) => step.type !== 'privacy.erasure-confirmed' && step.type !== 'privacy.erasure-started')
    : steps
}
