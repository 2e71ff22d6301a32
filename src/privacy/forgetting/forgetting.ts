/** The decision model of forgetting one person: holds beat erasure, and an erasure takes three different people. Pure. */
import type { Decider } from '../../journal/decider.js'
import { Conflict, Forbidden, InvalidRequest, NotFound } from '../../platform/errors.js'
import { KEY_CLASSES, type KeyClass } from '../../vault/key-class.js'
import type { AskingRole, ErasureGround, HoldGround, HoldRefusal, HoldRequester } from '../codes.js'
import type { ForgettingEvent, RetainedClass } from './events.js'
import {
  actorOf,
  BEFORE_START,
  ENDED,
  erasedClasses,
  evolve,
  holdsAskedFor,
  holdsInForce,
  isBeyondRecall,
  NOTHING_FORGOTTEN,
  type Erasure,
  type ErasureStatus,
  type ForgettingState,
  type Hold,
} from './forgetting-state.js'

/** `by`: actor id of whoever decides. */
export type ForgettingCommand =
  | { type: 'request-hold'; hold: string; requestedBy: AskingRole; ground: HoldGround }
  | { type: 'grant-hold'; hold: string }
  | { type: 'refuse-hold'; hold: string; reason: HoldRefusal }
  | { type: 'place-hold'; hold: string; requestedBy: HoldRequester; ground: HoldGround }
  | { type: 'approve-hold' | 'reject-hold'; hold: string; by: string }
  | { type: 'lift-hold'; hold: string }
  | { type: 'approve-lifting' | 'refuse-lifting'; hold: string; by: string }
  | ({ type: 'decide-erasure' } & ErasureDecision)
  | { type: 'confirm-erasure' | 'start-erasure'; erasure: string; by: string }
  | { type: 'stop-erasure'; erasure: string; kept: readonly KeyClass[] }
  | { type: 'record-step'; event: ErasureStepEvent }

export interface ErasureDecision {
  erasure: string
  request: string
  ground: ErasureGround
  classes: readonly KeyClass[]
  retained: readonly RetainedClass[]
}

/** What the process records as it goes. */
export type ErasureStepEvent = Extract<
  ForgettingEvent,
  {
    type:
      | 'privacy.keys-destroyed'
      | 'privacy.ciphertext-deleted'
      | 'privacy.traces-purged'
      | 'privacy.recipient-notified'
      | 'privacy.erasure-completed'
  }
>

/**
 * What follows from a command.
 *
 * @throws NotFound `hold-not-found`, `erasure-not-found`
 * @throws Conflict `legal-hold-active`, `hold-request-pending`, `hold-not-in-force`, `hold-decided`, `hold-lifting-pending`,
 *   `hold-lifting-not-asked`, `erasure-under-way`, `erasure-not-awaiting`, `erasure-step-out-of-order`
 * @throws Forbidden `second-person-required`: the same person decided or acted before
 * @throws InvalidRequest `erasure-decision-incomplete`: a class is neither erased nor kept on a ground, or is both
 */
export function decide(state: ForgettingState, command: ForgettingCommand): readonly ForgettingEvent[] {
  switch (command.type) {
    case 'request-hold':
      return requestHold(state, command)
    case 'grant-hold':
      return placeHold(state, { ...askedFor(state, command.hold), hold: command.hold })
    case 'refuse-hold':
      askedFor(state, command.hold)
      return [{ type: 'privacy.hold-refused', data: { hold: command.hold, reason: command.reason } }]
    case 'place-hold':
      return placeHold(state, command)
    case 'approve-hold':
    case 'reject-hold':
      return judgeHold(state, command)
    case 'lift-hold':
      return liftHold(state, existingHold(state, command.hold))
    case 'approve-lifting':
    case 'refuse-lifting':
      return judgeLifting(state, command)
    case 'decide-erasure':
      return decideErasure(state, command)
    case 'confirm-erasure':
      return confirmErasure(state, command)
    case 'start-erasure':
      return startErasure(state, command)
    case 'stop-erasure':
      return stopErasure(state, command)
    case 'record-step':
      return recordStep(state, command.event)
  }
}

export const forgettingDecider: Decider<ForgettingState, ForgettingCommand, ForgettingEvent> = {
  initial: NOTHING_FORGOTTEN,
  evolve,
  decide,
}

function requestHold(
  state: ForgettingState,
  { hold, requestedBy, ground }: Extract<ForgettingCommand, { type: 'request-hold' }>,
): ForgettingEvent[] {
  if (state.holds.has(hold)) return []
  mustNotBeTooLate(state)
  return [{ type: 'privacy.hold-requested', data: { hold, requestedBy, ground } }]
}

/** Until the first key is destroyed, a hold stops an erasure wherever it stands. */
function placeHold(
  state: ForgettingState,
  { hold, requestedBy, ground }: Pick<Hold, 'hold' | 'requestedBy' | 'ground'>,
): ForgettingEvent[] {
  mustNotBeTooLate(state)
  const waiting = erasuresOf(state).filter(({ status }) => STOPPED_BY_HOLD.includes(status))
  return [
    { type: 'privacy.hold-placed', data: { hold, requestedBy, ground } },
    ...waiting.map(({ erasure }) => ({ type: 'privacy.erasure-suspended', data: { erasure, hold } }) as const),
  ]
}

const STOPPED_BY_HOLD: readonly ErasureStatus[] = ['decided', 'confirmed', 'started']

function mustNotBeTooLate(state: ForgettingState): void {
  if (erasuresOf(state).some(isBeyondRecall))
    throw new Conflict('erasure-under-way', 'The erasure has begun; a hold comes too late for what is destroyed.')
}

function askedFor(state: ForgettingState, id: string): Hold {
  const hold = existingHold(state, id)
  if (hold.status !== 'requested') throw new Conflict('hold-decided', 'This hold was decided on already.')
  return hold
}

function judgeHold(
  state: ForgettingState,
  { type, hold: id, by }: Extract<ForgettingCommand, { type: 'approve-hold' | 'reject-hold' }>,
): ForgettingEvent[] {
  const hold = existingHold(state, id)
  if (hold.status === 'requested') throw new Conflict('hold-not-in-force', 'This hold is asked for and not placed.')
  if (hold.status !== 'placed') throw new Conflict('hold-decided', 'This hold was decided on already.')
  if (hold.placedBy === by) throw secondPerson('Whoever placed the hold cannot judge it.')
  if (type === 'approve-hold') return [{ type: 'privacy.hold-approved', data: { hold: id } }]
  return endHold(state, hold, 'privacy.hold-rejected')
}

/** What a second person approved, one person does not undo: they ask, and it stays in force until another agrees. */
function liftHold(state: ForgettingState, hold: Hold): ForgettingEvent[] {
  if (hold.status !== 'approved') return endHold(state, hold, 'privacy.hold-lifted')
  if (hold.liftingAskedBy !== undefined)
    throw new Conflict('hold-lifting-pending', 'It was asked to lift this hold, and nobody has decided yet.')
  return [{ type: 'privacy.hold-lifting-requested', data: { hold: hold.hold } }]
}

function judgeLifting(
  state: ForgettingState,
  { type, hold: id, by }: Extract<ForgettingCommand, { type: 'approve-lifting' | 'refuse-lifting' }>,
): ForgettingEvent[] {
  const hold = existingHold(state, id)
  if (hold.status !== 'approved' || hold.liftingAskedBy === undefined)
    throw new Conflict('hold-lifting-not-asked', 'Nobody asks to lift this hold.')
  if (hold.liftingAskedBy === by) throw secondPerson('Whoever asks to lift the hold cannot decide it.')
  if (type === 'refuse-lifting') return [{ type: 'privacy.hold-lifting-refused', data: { hold: id } }]
  return endHold(state, hold, 'privacy.hold-lifted')
}

/** With the last hold goes what suspended the erasures: they wait for their two persons again. */
function endHold(
  state: ForgettingState,
  { hold, status }: Hold,
  type: 'privacy.hold-lifted' | 'privacy.hold-rejected',
): ForgettingEvent[] {
  if (status !== 'placed' && status !== 'approved') throw new Conflict('hold-not-in-force', 'This hold has ended.')
  const others = holdsInForce(state).filter((other) => other.hold !== hold)
  const suspended = others.length > 0 ? [] : erasuresOf(state).filter((erasure) => erasure.status === 'suspended')
  return [
    { type, data: { hold } },
    ...suspended.map(({ erasure }) => ({ type: 'privacy.erasure-reopened', data: { erasure, hold } }) as const),
  ]
}

function decideErasure(
  state: ForgettingState,
  { type: _type, ...decision }: Extract<ForgettingCommand, { type: 'decide-erasure' }>,
): ForgettingEvent[] {
  if (state.erasures.has(decision.erasure)) return []
  mustNotBeHeld(state)
  if (erasuresOf(state).some(({ status }) => !ENDED.includes(status)))
    throw new Conflict('erasure-under-way', 'Another erasure of this person is not complete yet.')
  const gone = erasedClasses(state)
  const answered = [...decision.classes, ...decision.retained.map((kept) => kept.class)]
  const wanted = KEY_CLASSES.filter((keyClass) => !gone.has(keyClass))
  const complete = wanted.every((keyClass) => answered.includes(keyClass)) && answered.length === wanted.length
  if (!complete || decision.classes.length === 0)
    throw new InvalidRequest(
      'erasure-decision-incomplete',
      'A decision names each class of data once: to be erased, or kept on a ground of Art 17(3).',
      { classes: wanted },
    )
  return [{ type: 'privacy.erasure-decided', data: decision }]
}

function confirmErasure(
  state: ForgettingState,
  { erasure: id, by }: { erasure: string; by: string },
): ForgettingEvent[] {
  const erasure = existingErasure(state, id)
  mustNotBeHeld(state)
  mustAwait(erasure, 'decided')
  if (actorOf(erasure, 'privacy.erasure-decided') === by) throw secondPerson('Whoever decided cannot confirm.')
  return [{ type: 'privacy.erasure-confirmed', data: { erasure: id } }]
}

function startErasure(state: ForgettingState, { erasure: id, by }: { erasure: string; by: string }): ForgettingEvent[] {
  const erasure = existingErasure(state, id)
  mustNotBeHeld(state)
  mustNotBeAskedToHold(state)
  mustAwait(erasure, 'confirmed')
  const before = [actorOf(erasure, 'privacy.erasure-decided'), actorOf(erasure, 'privacy.erasure-confirmed')]
  if (before.includes(by)) throw secondPerson('Whoever decided or confirmed cannot execute.')
  return [{ type: 'privacy.erasure-started', data: { erasure: id } }]
}

/** Only before the first key is destroyed: afterwards there is nothing left to keep. */
function stopErasure(
  state: ForgettingState,
  { erasure: id, kept }: { erasure: string; kept: readonly KeyClass[] },
): ForgettingEvent[] {
  const { status } = existingErasure(state, id)
  if (status === 'stopped') return []
  if (status !== 'confirmed' && status !== 'started')
    throw new Conflict('erasure-not-awaiting', 'This erasure is not about to be executed.', { status })
  return [{ type: 'privacy.erasure-stopped', data: { erasure: id, kept } }]
}

const STATUS_BEFORE: Record<ErasureStepEvent['type'], ErasureStatus> = {
  'privacy.keys-destroyed': 'started',
  'privacy.ciphertext-deleted': 'keys-destroyed',
  'privacy.traces-purged': 'ciphertext-deleted',
  'privacy.recipient-notified': 'traces-purged',
  'privacy.erasure-completed': 'traces-purged',
}

/** A step that was recorded is not recorded again: after an interruption two processes may try. */
function recordStep(state: ForgettingState, event: ErasureStepEvent): ForgettingEvent[] {
  const erasure = existingErasure(state, event.data.erasure)
  if (isRecorded(erasure, event)) return []
  if (event.type === 'privacy.keys-destroyed') mustNotBeAskedToHold(state)
  if (erasure.status !== STATUS_BEFORE[event.type])
    throw new Conflict('erasure-step-out-of-order', 'This step does not follow from where the erasure stands.')
  return [event]
}

function isRecorded(erasure: Erasure, event: ErasureStepEvent): boolean {
  if (event.type === 'privacy.recipient-notified') return erasure.recipients.includes(event.data.recipient)
  return actorOf(erasure, event.type) !== undefined
}

const erasuresOf = ({ erasures }: ForgettingState): Erasure[] => [...erasures.values()]

function mustNotBeHeld(state: ForgettingState): void {
  const holds = holdsInForce(state).map(({ hold }) => hold)
  if (holds.length > 0)
    throw new Conflict('legal-hold-active', 'A legal hold keeps the data of this person.', { holds })
}

/** A request that nobody has decided suspends the execution; it stands in the way of no decision. */
function mustNotBeAskedToHold(state: ForgettingState): void {
  const holds = holdsAskedFor(state).map(({ hold }) => hold)
  if (holds.length > 0)
    throw new Conflict('hold-request-pending', 'A legal hold was asked for and is not decided yet.', { holds })
}

function mustAwait({ status }: Erasure, wanted: ErasureStatus): void {
  if (status === wanted) return
  const what = BEFORE_START.includes(status) ? 'It waits for another step first.' : 'It has begun already.'
  throw new Conflict('erasure-not-awaiting', what, { status })
}

function existingHold({ holds }: ForgettingState, id: string): Hold {
  const hold = holds.get(id)
  if (!hold) throw new NotFound('hold-not-found', 'There is no such legal hold.')
  return hold
}

function existingErasure({ erasures }: ForgettingState, id: string): Erasure {
  const erasure = erasures.get(id)
  if (!erasure) throw new NotFound('erasure-not-found', 'There is no such erasure.')
  return erasure
}

const secondPerson = (message: string) => new Forbidden('second-person-required', message)
