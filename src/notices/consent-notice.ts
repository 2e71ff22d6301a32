/**
 * The decision model of a notice: each text is drafted by one person and approved by another, published with its version and never
 * changed from then on. A version is in force from its date until the next one's. Pure.
 */
import type { Decider, EventMetadata } from '../journal/decider.js'
import { Conflict, Forbidden, InvalidRequest, NotFound } from '../platform/errors.js'
import type { NoticeWithdrawalReason, TextStatus } from './codes.js'
import type { ConsentNoticeEvent, NoticeDraft, NoticePublished, NoticeTextNamed } from './events.js'

export const noticeStream = (uuid: string): string => `consent-notice-${uuid}`
export const uuidOfStream = (stream: string): string => stream.slice('consent-notice-'.length)

/** The text of a version in one language. Actors are pseudonymous ids, times RFC 3339. */
export interface NoticeText {
  language: string
  title: string
  text: string
  sha256: string
  status: TextStatus
  author: string
  /** Who approved or rejected it, and what they wrote. */
  judge: string | null
  remark: string | null
  publishedAt: string | null
}

export interface NoticeVersion {
  version: string
  /** Null before anything of it is published. */
  inForceFrom: string | null
  withdrawn: { at: string; reason: NoticeWithdrawalReason } | null
  /** In the order in which they were first drafted, as the versions are. */
  texts: readonly NoticeText[]
}

export interface ConsentNoticeState {
  /** Null for what is not on record. */
  readonly notice: string | null
  readonly versions: readonly NoticeVersion[]
}

export type ConsentNoticeCommand =
  | ({ type: 'draft' } & NoticeDraft)
  | ({ type: 'judge'; by: string; outcome: 'approved' | 'rejected'; remark: string } & NoticeTextNamed)
  /** Everything of the version that is approved. Without `inForceFrom`: from now on, or with the languages that came before. */
  | { type: 'publish'; version: string; inForceFrom?: string }
  | { type: 'withdraw'; version: string; reason: NoticeWithdrawalReason }

export const UNKNOWN_NOTICE: ConsentNoticeState = { notice: null, versions: [] }

/** @param now RFC 3339, UTC, milliseconds */
export function consentNoticeDecider(
  now: string,
): Decider<ConsentNoticeState, ConsentNoticeCommand, ConsentNoticeEvent> {
  return { initial: UNKNOWN_NOTICE, evolve, decide: (state, command) => decide(now, state, command) }
}

export function evolve(
  state: ConsentNoticeState,
  event: ConsentNoticeEvent,
  { actor, recordedAt }: Pick<EventMetadata, 'actor' | 'recordedAt'>,
): ConsentNoticeState {
  switch (event.type) {
    case 'consent-notice.drafted': {
      const { notice, version, ...text } = event.data
      const drafted = {
        ...text,
        status: 'drafted',
        author: actor.id,
        judge: null,
        remark: null,
        publishedAt: null,
      } as const
      const versions = versionOf(state, version) ? state.versions : [...state.versions, emptyVersion(version)]
      return withVersion({ notice, versions }, version, (known) => withText(known, drafted))
    }
    case 'consent-notice.approved':
    case 'consent-notice.rejected': {
      const { version, language, remark } = event.data
      const status = event.type === 'consent-notice.approved' ? 'approved' : 'rejected'
      const judged = { status, judge: actor.id, remark } as const
      return withVersion(state, version, (known) => changedTexts(known, [language], judged))
    }
    case 'consent-notice.published': {
      const { version, texts, inForceFrom } = event.data
      const published = texts.map(({ language }) => language)
      return withVersion(state, version, (known) => ({
        ...changedTexts(known, published, { status: 'published', publishedAt: recordedAt }),
        inForceFrom,
      }))
    }
    case 'consent-notice.withdrawn': {
      const { version, reason } = event.data
      return withVersion(state, version, (known) => ({ ...known, withdrawn: { at: recordedAt, reason } }))
    }
  }
}

/**
 * @throws NotFound `consent-notice-not-found`, `consent-notice-text-not-found`
 * @throws Conflict `consent-notice-published`, `consent-notice-unchanged`, `consent-notice-text-judged`,
 *   `consent-notice-text-changed`, `consent-notice-not-approved`, `consent-notice-date-taken`, `consent-notice-withdrawn`
 * @throws Forbidden `notice-approver-is-author`; InvalidRequest `consent-notice-date-fixed`
 */
export function decide(
  now: string,
  state: ConsentNoticeState,
  command: ConsentNoticeCommand,
): readonly ConsentNoticeEvent[] {
  if (versionOf(state, command.version)?.withdrawn)
    throw new Conflict('consent-notice-withdrawn', 'This version was withdrawn; a change of it is a new version.')
  if (command.type === 'draft') return draft(state, command)
  const version = versionOf(state, command.version)
  if (state.notice === null || !version)
    throw new NotFound('consent-notice-not-found', 'There is no such version of a notice.')
  switch (command.type) {
    case 'judge':
      return judge(version, command)
    case 'publish':
      return publish(state, version, command.inForceFrom, now)
    case 'withdraw':
      return withdraw(state.notice, version, command.reason)
  }
}

function draft(
  state: ConsentNoticeState,
  { type: _type, ...data }: Extract<ConsentNoticeCommand, { type: 'draft' }>,
): ConsentNoticeEvent[] {
  const known = versionOf(state, data.version)?.texts.find(({ language }) => language === data.language)
  if (known?.status === 'published')
    throw new Conflict('consent-notice-published', 'A published text is not changed; a change of it is a new version.')
  if (known && known.status !== 'rejected' && known.sha256 === data.sha256 && known.title === data.title)
    throw new Conflict('consent-notice-unchanged', 'The text is on record as it is.')
  return [{ type: 'consent-notice.drafted', data }]
}

function judge(
  { texts }: NoticeVersion,
  { version, language, sha256, by, outcome, remark }: Extract<ConsentNoticeCommand, { type: 'judge' }>,
): ConsentNoticeEvent[] {
  const text = texts.find((each) => each.language === language)
  if (!text) throw new NotFound('consent-notice-text-not-found', 'The version has no text in this language.')
  if (text.status !== 'drafted')
    throw new Conflict('consent-notice-text-judged', 'The text does not wait for a judgement.', { status: text.status })
  if (text.author === by)
    throw new Forbidden('notice-approver-is-author', 'Whoever wrote a text of a notice does not judge it.')
  if (text.sha256 !== sha256)
    throw new Conflict('consent-notice-text-changed', 'The text is not the one that was looked at any more.')
  return [{ type: `consent-notice.${outcome}`, data: { version, language, sha256, remark } }]
}

function publish(
  { notice, versions }: ConsentNoticeState,
  { version, texts, inForceFrom: fixed }: NoticeVersion,
  wanted: string | undefined,
  now: string,
): ConsentNoticeEvent[] {
  const approved = texts.filter(({ status }) => status === 'approved')
  if (approved.length === 0)
    throw new Conflict('consent-notice-not-approved', 'Nothing of this version is approved and not yet published.')
  if (fixed !== null && wanted !== undefined && wanted !== fixed)
    throw new InvalidRequest('consent-notice-date-fixed', 'All languages of a version are in force from one date on.')
  const inForceFrom = fixed ?? wanted ?? now
  if (versions.some((other) => other.version !== version && other.inForceFrom === inForceFrom))
    throw new Conflict('consent-notice-date-taken', 'Another version of the notice is in force from this moment on.')
  const data: NoticePublished['data'] = {
    notice: notice!,
    version,
    texts: approved.map(({ language, sha256 }) => ({ language, sha256 })),
    inForceFrom,
  }
  return [{ type: 'consent-notice.published', data }]
}

function withdraw(
  notice: string,
  { version, inForceFrom }: NoticeVersion,
  reason: NoticeWithdrawalReason,
): ConsentNoticeEvent[] {
  if (inForceFrom === null)
    throw new Conflict('consent-notice-not-approved', 'Nothing of this version is approved and published.')
  return [{ type: 'consent-notice.withdrawn', data: { notice, version, reason } }]
}

function versionOf({ versions }: ConsentNoticeState, version: string): NoticeVersion | undefined {
  return versions.find((known) => known.version === version)
}

const emptyVersion = (version: string): NoticeVersion => ({ version, inForceFrom: null, withdrawn: null, texts: [] })

function withVersion(
  state: ConsentNoticeState,
  version: string,
  change: (known: NoticeVersion) => NoticeVersion,
): ConsentNoticeState {
  return { ...state, versions: state.versions.map((known) => (known.version === version ? change(known) : known)) }
}

function withText(version: NoticeVersion, text: NoticeText): NoticeVersion {
  const known = version.texts.some(({ language }) => language === text.language)
  const texts = known
    ? version.texts.map((each) => (each.language === text.language ? text : each))
    : [...version.texts, text]
  return { ...version, texts }
}

function changedTexts(
  version: NoticeVersion,
  languages: readonly string[],
  change: Partial<NoticeText>,
): NoticeVersion {
  const texts = version.texts.map((text) => (languages.includes(text.language) ? { ...text, ...change } : text))
  return { ...version, texts }
}
