/** What can have happened to a person's consents. Stream: `consent-<subject>`; it is also the accounting of uses. */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import { PURPOSES, type ConsentMethod, type ConsentParty, type Purpose } from './codes.js'
import type { ConsentScope, Use, UseRefusalCode } from './scope.js'

export { DATA_CATEGORY_CODES, PURPOSE_CODES, type DataCategory, type Purpose } from './codes.js'
export type { PermitRefusalCode, Use } from './scope.js'

/** Which notice, which version of it, in which language (BCP 47). */
export interface NoticeReference {
  id: string
  version: string
  language: string
}

/** The text the person was shown. */
export interface Notice extends NoticeReference {
  /** SHA-256 of its UTF-8 bytes, hex; null for what was recorded before the texts of notices were kept. */
  sha256: string | null
}

export type ConsentRequested = DomainEvent<
  'consent.requested',
  { consent: string; scope: ConsentScope; notice: Notice; expiresAt?: string }
>
/** MONDO codes of the diseases that the consent's scope is limited to: they tell of health. Recorded just before the scope. */
export type DiseaseLimitRecorded = DomainEvent<
  'consent.disease-limit-recorded',
  { consent: string; diseases: readonly string[] }
>
/** `givenAt`: when the person gave it, which for a paper form lies before the recording. */
export type ConsentGiven = DomainEvent<
  'consent.given',
  {
    consent: string
    scope: ConsentScope
    notice: Notice
    method: ConsentMethod
    by: ConsentParty
    givenAt: string
    expiresAt?: string
  }
>
export type ConsentRefused = DomainEvent<
  'consent.refused',
  { consent: string; method: ConsentMethod; by: ConsentParty }
>
export type ConsentWithdrawn = DomainEvent<
  'consent.withdrawn',
  { consent: string; method: ConsentMethod; by: ConsentParty }
>
/** It had ended at `expiresAt`; this is when that was noticed. */
export type ConsentExpired = DomainEvent<'consent.expired', { consent: string; expiresAt: string }>
/** What was said beside a decision, in the person's or the recorder's own words. */
export type ConsentCommentRecorded = DomainEvent<'consent.comment-recorded', { consent: string; text: string }>
/** What a use rests on: the person's consent, or a data permit (EHDS Art 68). */
export type UseGround = { consent: string } | { permit: string }
/** A use was permitted. `reference`: random id of what asked, such as a simulation run. */
export type ConsentUseAuthorised = DomainEvent<'consent.use-authorised', { use: Use; reference?: string } & UseGround>
/** `permit`: the data permit that it was to rest on. */
export type ConsentUseRefused = DomainEvent<
  'consent.use-refused',
  { use: Use; codes: readonly UseRefusalCode[]; permit?: string; reference?: string }
>

/** Why uses are frozen: restriction (GDPR Art 18), objection (Art 21), or erasure (Art 17), which is never lifted. */
export type RestrictionGround = 'art-18' | 'art-21' | 'art-17'
/** Nothing but storage from here on, for these purposes. `reference`: random id of the request that led to it. */
export type ProcessingRestricted = DomainEvent<
  'consent.processing-restricted',
  { restriction: string; ground: RestrictionGround; purposes: readonly Purpose[] | 'any'; reference?: string }
>
export type RestrictionLifted = DomainEvent<'consent.restriction-lifted', { restriction: string }>

/** The person's data are used for nothing but what they are in our hands for (EHDS Art 71). Nobody has to say why. */
export type OptedOut = DomainEvent<'consent.opted-out', { method: ConsentMethod; by: ConsentParty }>
export type OptOutReversed = DomainEvent<'consent.opt-out-reversed', { method: ConsentMethod; by: ConsentParty }>
/** What was said beside either, in the person's or the recorder's own words. */
export type OptOutCommentRecorded = DomainEvent<'consent.opt-out-comment-recorded', { text: string }>
/** The person turned out to be on record under another id too: what they say of secondary use under either holds for both. */
export type PersonMerged = DomainEvent<'consent.person-merged', { subject: string }>

export type ConsentEvent =
  | ConsentRequested
  | DiseaseLimitRecorded
  | ConsentGiven
  | ConsentRefused
  | ConsentWithdrawn
  | ConsentExpired
  | ConsentCommentRecorded
  | ConsentUseAuthorised
  | ConsentUseRefused
  | ProcessingRestricted
  | RestrictionLifted
  | OptedOut
  | OptOutReversed
  | OptOutCommentRecorded
  | PersonMerged

const purposesOf = ({ purposes }: ConsentScope) => purposes.map((code) => PURPOSES[code]).join(', ')
const named = ({ purpose, model }: Use) => `${PURPOSES[purpose]}${model === undefined ? '' : ` with ${model}`}`

const frozen = (purposes: readonly Purpose[] | 'any') =>
  purposes === 'any' ? 'every purpose' : purposes.map((code) => PURPOSES[code]).join(', ')

/** Schema 1 named a notice whose text nobody kept. */
const withoutText = {
  1: (data: object) => ({ ...data, notice: { ...(data as ConsentGiven['data']).notice, sha256: null } }),
}

/** How each is sealed and read aloud. */
export const CONSENT_EVENT_TYPES = eventTypes<ConsentEvent>({
  'consent.requested': {
    schema: 2,
    upcast: withoutText,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Consent was asked for: ${purposesOf(data.scope)}; notice ${data.notice.id} ${data.notice.version}.`
        : 'Consent was asked for.',
  },
  'consent.disease-limit-recorded': {
    schema: 1,
    sealedUnder: 'optional-research',
    describe: () => 'The diseases that a consent to research is limited to were recorded.',
  },
  'consent.given': {
    schema: 2,
    upcast: withoutText,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Consent was given (${data.method}, ${data.by}): ${purposesOf(data.scope)}; notice ${data.notice.id} ${data.notice.version}.`
        : 'Consent was given.',
  },
  'consent.refused': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `Consent was refused (${data.method}, ${data.by}).` : 'Consent was refused.'),
  },
  'consent.withdrawn': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `Consent was withdrawn (${data.method}, ${data.by}).` : 'Consent was withdrawn.'),
  },
  'consent.expired': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `Consent ended at ${data.expiresAt}.` : 'Consent ended.'),
  },
  'consent.comment-recorded': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'A comment was recorded beside a consent decision.',
  },
  'consent.use-authorised': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => {
      if (!data) return 'A use was permitted.'
      const ground = 'permit' in data ? `under the data permit ${data.permit}, without consent` : 'by consent'
      return `A use was permitted ${ground}: ${named(data.use)}.`
    },
  },
  'consent.use-refused': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A use was refused ${data.permit === undefined ? 'for want of consent' : `under the data permit ${data.permit}`}: ${named(data.use)} (${data.codes.join(', ')}).`
        : 'A use was refused.',
  },
  'consent.processing-restricted': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Processing was frozen but for storage (GDPR ${data.ground.replace('art-', 'Art ')}): ${frozen(data.purposes)}.`
        : 'Processing was frozen but for storage.',
  },
  'consent.restriction-lifted': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'Processing that had been frozen may go on.',
  },
  'consent.opted-out': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => `The person opted out of secondary use${data ? ` (${data.method}, ${data.by})` : ''}.`,
  },
  'consent.opt-out-reversed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      `The person took their opt-out of secondary use back${data ? ` (${data.method}, ${data.by})` : ''}.`,
  },
  'consent.opt-out-comment-recorded': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'A comment was recorded beside the opt-out of secondary use.',
  },
  'consent.person-merged': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      `The person is on record under another id too${data ? `, ${data.subject}` : ''}: an opt-out of secondary use holds for both.`,
  },
})
