/**
 * What can have happened on the way to forgetting a person, and what stood in its way. Stream: `forgetting-<subject>`. Codes and
 * random ids only.
 */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'
import type { KeyClass } from '../../vault/key-class.js'
import type { AskingRole, ErasureGround, HoldGround, HoldRefusal, HoldRequester, RetentionGround } from '../codes.js'

/** A class of data that stays, and the exception of Art 17(3) that it stays under. */
export interface RetainedClass {
  class: KeyClass
  ground: RetentionGround
}

/** Somebody outside the controller asks that the data be kept; until it is decided, no erasure is carried out. */
export type HoldRequested = DomainEvent<
  'privacy.hold-requested',
  { hold: string; requestedBy: AskingRole; ground: HoldGround }
>
export type HoldRefused = DomainEvent<'privacy.hold-refused', { hold: string; reason: HoldRefusal }>
/** By compliance: at once, or where somebody had asked for it under the same id. */
export type HoldPlaced = DomainEvent<
  'privacy.hold-placed',
  { hold: string; requestedBy: HoldRequester; ground: HoldGround }
>
export type HoldApproved = DomainEvent<'privacy.hold-approved', { hold: string }>
export type HoldRejected = DomainEvent<'privacy.hold-rejected', { hold: string }>
/** Somebody asks to lift a hold that was approved: it stays in force until another agrees. */
export type HoldLiftingRequested = DomainEvent<'privacy.hold-lifting-requested', { hold: string }>
export type HoldLiftingRefused = DomainEvent<'privacy.hold-lifting-refused', { hold: string }>
export type HoldLifted = DomainEvent<'privacy.hold-lifted', { hold: string }>

export type ErasureDecided = DomainEvent<
  'privacy.erasure-decided',
  {
    erasure: string
    request: string
    ground: ErasureGround
    classes: readonly KeyClass[]
    retained: readonly RetainedClass[]
  }
>
export type ErasureSuspended = DomainEvent<'privacy.erasure-suspended', { erasure: string; hold: string }>
export type ErasureReopened = DomainEvent<'privacy.erasure-reopened', { erasure: string; hold: string }>
export type ErasureConfirmed = DomainEvent<'privacy.erasure-confirmed', { erasure: string }>
export type ErasureStarted = DomainEvent<'privacy.erasure-started', { erasure: string }>
/** The law keeps since then what was to be erased: nothing was destroyed, and the request is decided anew. */
export type ErasureStopped = DomainEvent<'privacy.erasure-stopped', { erasure: string; kept: readonly KeyClass[] }>
/** The tombstone: from here on the keys are destroyed for good, whatever backup comes back. `kids`: the keys there were. */
export type KeysDestroyed = DomainEvent<
  'privacy.keys-destroyed',
  { erasure: string; classes: readonly KeyClass[]; kids: readonly string[] }
>
export type CiphertextDeleted = DomainEvent<
  'privacy.ciphertext-deleted',
  {
    erasure: string
    /** Deleted. */
    payloads: number
    /** Still there, where the event store keeps what it was given: no key opens them any more. */
    kept?: number
  }
>
/** What each holder of traces removed. */
export type TracesPurged = DomainEvent<
  'privacy.traces-purged',
  { erasure: string; purged: readonly { holder: string; items: number }[] }
>
/** One organisation that the data were disclosed to was told (Art 19). `twins`: under which ids it knows the person. */
export type RecipientNotified = DomainEvent<
  'privacy.recipient-notified',
  { erasure: string; recipient: string; twins: readonly string[]; classes: readonly KeyClass[] }
>
export type ErasureCompleted = DomainEvent<'privacy.erasure-completed', { erasure: string; recipients: number }>

export type ForgettingEvent =
  | HoldRequested
  | HoldRefused
  | HoldPlaced
  | HoldApproved
  | HoldRejected
  | HoldLiftingRequested
  | HoldLiftingRefused
  | HoldLifted
  | ErasureDecided
  | ErasureSuspended
  | ErasureReopened
  | ErasureConfirmed
  | ErasureStarted
  | ErasureStopped
  | KeysDestroyed
  | CiphertextDeleted
  | TracesPurged
  | RecipientNotified
  | ErasureCompleted

/** How each is sealed and read aloud. */
export const FORGETTING_EVENT_TYPES = eventTypes<ForgettingEvent>({
  'privacy.hold-requested': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The ${data.requestedBy} asked for a legal hold (${data.ground}): no erasure is carried out until it is decided.`
        : 'A legal hold was asked for.',
  },
  'privacy.hold-refused': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The legal hold that was asked for was refused (${data.reason}).` : 'A legal hold was refused.',
  },
  'privacy.hold-placed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A legal hold was placed (${data.ground}), asked for by the ${data.requestedBy}: nothing may be erased.`
        : 'A legal hold was placed.',
  },
  'privacy.hold-approved': { schema: 1, sealedUnder: null, describe: () => 'The legal hold was approved.' },
  'privacy.hold-rejected': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'The legal hold was not approved and ended.',
  },
  'privacy.hold-lifting-requested': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'It was asked to lift the approved legal hold; it stays in force.',
  },
  'privacy.hold-lifting-refused': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'The legal hold stays: lifting it was refused.',
  },
  'privacy.hold-lifted': { schema: 1, sealedUnder: null, describe: () => 'The legal hold was lifted.' },
  'privacy.erasure-decided': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Erasure was decided (Art ${data.ground}): ${data.classes.join(', ')}${kept(data.retained)}.`
        : 'Erasure was decided.',
  },
  'privacy.erasure-suspended': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'The erasure was suspended by a legal hold.',
  },
  'privacy.erasure-reopened': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'The erasure was taken up again: no legal hold stands in its way any more.',
  },
  'privacy.erasure-confirmed': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'The erasure was confirmed by a second person.',
  },
  'privacy.erasure-started': { schema: 1, sealedUnder: null, describe: () => 'The erasure was started.' },
  'privacy.erasure-stopped': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The erasure was stopped before it began: the law keeps ${data.kept.join(', ')} by now.`
        : 'The erasure was stopped before it began.',
  },
  'privacy.keys-destroyed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `${data.kids.length} key(s) of a person were destroyed: ${data.classes.join(', ')}.`
        : 'Keys of a person were destroyed.',
    destroysKeys: ({ classes, kids }) => ({ classes, kids }),
  },
  'privacy.ciphertext-deleted': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data?.kept === undefined
        ? data
          ? `${data.payloads} ciphertext(s) were deleted.`
          : 'Ciphertexts were deleted.'
        : `${data.kept} ciphertext(s) stay in the event cluster, which deletes none; no key opens them any more.`,
  },
  'privacy.traces-purged': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Traces were purged: ${data.purged.map(({ holder, items }) => `${holder} ${items}`).join(', ')}.`
        : 'Traces were purged.',
  },
  'privacy.recipient-notified': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The recipient ${data.recipient} was told of the erasure.` : 'A recipient was told of an erasure.',
  },
  'privacy.erasure-completed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The erasure is complete; ${data.recipients} recipient(s) were told.` : 'The erasure is complete.',
  },
})

const kept = (retained: readonly RetainedClass[]) =>
  retained.length > 0 ? `; kept: ${retained.map((each) => `${each.class} (${each.ground})`).join(', ')}` : ''
