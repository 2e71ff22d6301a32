/**
 * What can have happened to a notice of consent. Stream: `consent-notice-<uuid>`, the uuid derived from the notice's id. What an
 * organisation tells everybody it asks, written for publication: about no person, and therefore in the clear.
 */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import type { NoticeWithdrawalReason } from './codes.js'

/** The text of a version in a language, as its author left it. */
export interface NoticeDraft {
  notice: string
  version: string
  /** BCP 47. */
  language: string
  title: string
  text: string
  /** SHA-256 of the text's UTF-8 bytes, hex. */
  sha256: string
}

/** Which text was looked at: the digest says that it was this one and no later one. */
export interface NoticeTextNamed {
  version: string
  language: string
  sha256: string
}

export type NoticeDrafted = DomainEvent<'consent-notice.drafted', NoticeDraft>
export type NoticeApproved = DomainEvent<'consent-notice.approved', NoticeTextNamed & { remark: string }>
export type NoticeRejected = DomainEvent<'consent-notice.rejected', NoticeTextNamed & { remark: string }>
/** Texts of a version became public, for those who are asked from `inForceFrom` on (RFC 3339, UTC). */
export type NoticePublished = DomainEvent<
  'consent-notice.published',
  { notice: string; version: string; texts: readonly Omit<NoticeTextNamed, 'version'>[]; inForceFrom: string }
>
export type NoticeWithdrawn = DomainEvent<
  'consent-notice.withdrawn',
  { notice: string; version: string; reason: NoticeWithdrawalReason }
>

export type ConsentNoticeEvent = NoticeDrafted | NoticeApproved | NoticeRejected | NoticePublished | NoticeWithdrawn

const languages = (texts: NoticePublished['data']['texts']) => texts.map(({ language }) => language).join(', ')

/** How each is read aloud. */
export const CONSENT_NOTICE_EVENT_TYPES = eventTypes<ConsentNoticeEvent>({
  'consent-notice.drafted': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The notice ${data.notice} ${data.version} was drafted in ${data.language}.`
        : 'The text of a notice was drafted.',
  },
  'consent-notice.approved': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Version ${data.version} of a notice was approved in ${data.language}.`
        : 'The text of a notice was approved.',
  },
  'consent-notice.rejected': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Version ${data.version} of a notice was rejected in ${data.language}.`
        : 'The text of a notice was rejected.',
  },
  'consent-notice.published': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The notice ${data.notice} ${data.version} was published in ${languages(data.texts)}, in force from ${data.inForceFrom}.`
        : 'A version of a notice was published.',
  },
  'consent-notice.withdrawn': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The notice ${data.notice} ${data.version} was withdrawn: ${data.reason}.`
        : 'A version of a notice was withdrawn.',
  },
})
