/**
 * What can have happened to the arms of a trial. Stream: `randomisation-<trial>`; the trial's id is in every header.
 *
 * No header and no clear payload says who is in which arm. The list of arms is sealed under a key of the trial; what one
 * participant was given is sealed under that key and once more under the participant's own, on a stream of its own, padded to
 * one length. See compliance/decisions/0060-arms-are-sealed-twice.md.
 */
import type { Role } from '../identity/roles.js'
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import type { NoPlanReason } from './reason-codes.js'

/** Roles from which a trial can hide its arms. Whoever is left out of a trial's choice is not blinded there. */
export const BLINDABLE_ROLES = [
  'participant',
  'investigator',
  'steward',
  'modeller',
  'sponsor',
  'compliance',
  'qa',
] as const satisfies readonly Role[]
export type BlindableRole = (typeof BLINDABLE_ROLES)[number]

/** As the protocol has it, which is public. `share`: of how many participants this arm gets, e.g. 2 of a ratio 2:1. */
export interface Arm {
  arm: string
  name: string
  share: number
}

/** Empty `blinded`: open-label. */
export interface ArmsDesign {
  arms: readonly Arm[]
  blinded: readonly BlindableRole[]
  stratifiedBy: 'none' | 'site'
}

/** Ciphertext under the trial's key: compact JWE (RFC 7516), of a length that does not depend on any arm. */
export interface SealedArms {
  kid: string
  sealed: string
}

/** So many places for participants of a site; of the whole trial, `all`, where sites do not matter. */
export interface Stratum {
  stratum: string
  places: number
}

/** A model whose prediction at baseline the analysis adjusts for, as it stood when it was registered. */
export interface PrognosticScore {
  model: string
  version: string
  /** SHA-256, hexadecimal (src/models/registry/model-digests.ts). */
  codeDigest: string
  coefficientDigest: string
}

export interface AnalysisPlan {
  plan: string
  version: string
  /** SHA-256, hexadecimal, of the document. */
  digest: string
  score?: PrognosticScore
  /** Computed designs that the plan rests on, with the digests of their outputs. */
  designs: readonly { design: string; outputDigest: string }[]
  /** Cohort of this ledger on whose persons the score was fitted. Absent: it comes from elsewhere, as the document says. */
  trainedOn?: string
}

/** Whether a score was fitted on participants of the trial that it adjusts (EMA qualification opinion on PROCOVA). Numbers alone. */
export interface TrainingCheck {
  plan: string
  cohort: string
  /** Persons who are or were in the trial. */
  participants: number
  /** Those of them who are in the cohort, under this or a merged twin. */
  overlap: number
}

export type ArmsDesigned = DomainEvent<'randomisation.designed', ArmsDesign>
export type ListSealed = DomainEvent<
  'randomisation.list-sealed',
  SealedArms & { source: 'generated' | 'imported'; strata: readonly Stratum[] }
>
/** `number` is random and stands for nothing; `allocation` names the stream that holds the sealed arm. */
export type ParticipantRandomised = DomainEvent<
  'randomisation.participant-randomised',
  { code: string; site: string; stratum: string; number: string; allocation: string }
>
/** On `allocation-<uuid>`. */
export type ArmAllocated = DomainEvent<'randomisation.arm-allocated', SealedArms>
/** The header's reason says why in a code, its actor to whom the arm was opened. */
export type ParticipantUnblinded = DomainEvent<
  'randomisation.participant-unblinded',
  { code: string; unblinding: string }
>
/** On `unblinding-<uuid>`. */
export type UnblindingExplained = DomainEvent<'randomisation.unblinding-explained', { explanation: string }>
export type UnblindingReviewed = DomainEvent<
  'randomisation.unblinding-reviewed',
  { unblinding: string; finding: 'justified' | 'not-justified' }
>
/** Once for each unblinding that nobody reviewed in time. */
export type UnblindingReviewOverdue = DomainEvent<'randomisation.unblinding-review-overdue', { unblinding: string }>
export type PlanRegistered = DomainEvent<'randomisation.plan-registered', AnalysisPlan>
/** `digest`: SHA-256, hexadecimal, of the plan's canonical JSON (RFC 8785), score and designs included. */
export type PlanFrozen = DomainEvent<
  'randomisation.plan-frozen',
  { plan: string; digest: string; afterUnblinding: boolean }
>
export type TrainingChecked = DomainEvent<'randomisation.training-checked', TrainingCheck>
/**
 * Entries of the log from position `below` on do not belong to the data that are analysed. `openQueries`: ids of the data queries of
 * the trial that had not ended; the header's reason says in a code why they were left open.
 */
export type DataLocked = DomainEvent<'randomisation.data-locked', { below: number; openQueries?: readonly string[] }>
/**
 * The header's reason says why in a code, its actor who asks. `digest`: SHA-256, hexadecimal, of the document that justifies it.
 */
export type UnlockingRequested = DomainEvent<'randomisation.unlocking-requested', { unlocking: string; digest: string }>
export type UnlockingRefused = DomainEvent<'randomisation.unlocking-refused', { unlocking: string }>
/** Approved by somebody else than who asked. `afterUnblinding`: arms were open by then. */
export type DataUnlocked = DomainEvent<'randomisation.data-unlocked', { unlocking: string; afterUnblinding: boolean }>
/**
 * On `trial-unblinding-<uuid>`, which is what the approval is signed on; the header's reason says why in a code, its actor who asks.
 * `below`: of the lock in force. `plans`: those frozen, with the digests they were frozen at. `withoutPlan`: why there is none.
 */
export type UnblindingRequested = DomainEvent<
  'randomisation.unblinding-requested',
  {
    request: string
    openTo: readonly BlindableRole[]
    below: number
    plans: readonly { plan: string; version: string; digest: string }[]
    withoutPlan: NoPlanReason | null
  }
>
/** The arms' record says that there is such a request. */
export type UnblindingSubmitted = DomainEvent<'randomisation.unblinding-submitted', { request: string }>
/** `request`: what was approved; missing from events older than requests. */
export type TrialUnblinded = DomainEvent<
  'randomisation.trial-unblinded',
  { openTo: readonly BlindableRole[]; signature: string; request?: string }
>

export type RandomisationEvent =
  | ArmsDesigned
  | ListSealed
  | ParticipantRandomised
  | ArmAllocated
  | ParticipantUnblinded
  | UnblindingExplained
  | UnblindingReviewed
  | UnblindingReviewOverdue
  | PlanRegistered
  | PlanFrozen
  | TrainingChecked
  | DataLocked
  | UnlockingRequested
  | UnlockingRefused
  | DataUnlocked
  | UnblindingRequested
  | UnblindingSubmitted
  | TrialUnblinded

const blindedWords = ({ blinded }: ArmsDesign): string =>
  blinded.length === 0 ? 'open-label' : `blinded for ${blinded.join(', ')}`

/** How each is sealed and read aloud. */
export const RANDOMISATION_EVENT_TYPES = eventTypes<RandomisationEvent>({
  'randomisation.designed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `A design of ${data.arms.length} arms was laid down, ${blindedWords(data)}.` : 'Arms were laid down.',
  },
  'randomisation.list-sealed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A ${data.source} list of arms was sealed, ${placesIn(data.strata)} places.`
        : 'A list of arms was sealed.',
  },
  'randomisation.participant-randomised': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `${data.code} was randomised and has number ${data.number}.` : 'A participant was randomised.',
  },
  'randomisation.arm-allocated': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: () => 'The arm of a participant was sealed.',
  },
  'randomisation.participant-unblinded': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: (data, header) =>
      `The arm of ${data ? data.code : 'a participant'} was opened to ${header.actor.role} in an emergency (${header.reason}).`,
  },
  'randomisation.unblinding-explained': {
    schema: 1,
    sealedUnder: 'trial-record',
    describe: () => 'Why an arm had to be opened was written down.',
  },
  'randomisation.unblinding-reviewed': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: (data) =>
      data ? `An emergency unblinding was reviewed: ${data.finding}.` : 'An emergency unblinding was reviewed.',
  },
  'randomisation.unblinding-review-overdue': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: () => 'The review of an emergency unblinding is overdue.',
  },
  'randomisation.plan-registered': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `Version ${data.version} of an analysis plan was registered.` : 'An analysis plan was registered.',
  },
  'randomisation.plan-frozen': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data?.afterUnblinding ? 'An analysis plan was frozen after arms were open.' : 'An analysis plan was frozen.',
  },
  'randomisation.training-checked': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: (data) =>
      data
        ? `${data.overlap} of ${data.participants} persons in the trial are among those the prognostic score was fitted on.`
        : 'It was checked whether a prognostic score was fitted on participants.',
  },
  'randomisation.data-locked': {
    schema: 1,
    sealedUnder: null,
    describe: (data, header) => {
      if (!data) return 'The data were locked.'
      const { below, openQueries = [] } = data
      const count = openQueries.length === 1 ? '1 data query was' : `${openQueries.length} data queries were`
      const left = openQueries.length > 0 ? `; ${count} left open (${header.reason})` : ''
      return `The data were locked: those recorded before position ${below}${left}.`
    },
  },
  'randomisation.unlocking-requested': {
    schema: 1,
    sealedUnder: null,
    describe: (_data, header) => `It was asked to unlock the data (${header.reason}).`,
  },
  'randomisation.unlocking-refused': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'The data stay locked: unlocking them was refused.',
  },
  'randomisation.data-unlocked': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data?.afterUnblinding ? 'The data were unlocked after arms were open.' : 'The data were unlocked.',
  },
  'randomisation.unblinding-requested': {
    schema: 1,
    sealedUnder: null,
    describe: (data, header) =>
      data
        ? `It was asked to open the arms of the trial to ${data.openTo.join(', ')} (${header.reason}), ${restingOn(data)}, data before position ${data.below}.`
        : `It was asked to open the arms of the trial (${header.reason}).`,
  },
  'randomisation.unblinding-submitted': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: (data) =>
      data ? `The unblinding ${data.request} waits for approval.` : 'An unblinding waits for approval.',
  },
  'randomisation.trial-unblinded': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: (data) => (data ? `The trial was unblinded for ${data.openTo.join(', ')}.` : 'The trial was unblinded.'),
  },
})

function placesIn(strata: readonly Stratum[]): number {
  return strata.reduce((sum, { places }) => sum + places, 0)
}

function restingOn({ plans, withoutPlan }: UnblindingRequested['data']): string {
  if (plans.length === 0) return `without an analysis plan (${withoutPlan})`
  return plans.map(({ version }) => `version ${version}`).join(', ') + ' of the analysis plan frozen'
}
