import type { NoticeStanding, NoticeWithdrawalReason, TextStatus } from '../../../src/notices/codes.js'
import { change, read, readPage } from './http.js'

export interface TextName {
  notice: string
  version: string
  language: string
}

/** A version as everybody may see it. */
export interface PublishedVersion {
  notice: string
  version: string
  standing: NoticeStanding
  inForceFrom: string
  texts: { language: string; title: string; sha256: string }[]
}

export interface NoticeText {
  language: string
  title: string
  text: string
  /** Of the text's UTF-8 bytes, hex. */
  sha256: string
  status: TextStatus
  author: string
  judge: string | null
  remark: string | null
}

/** A version as those see it who answer for it. */
export interface NoticeVersion {
  version: string
  standing: NoticeStanding
  inForceFrom: string | null
  withdrawn: { at: string; reason: NoticeWithdrawalReason } | null
  texts: NoticeText[]
}

export interface RegisteredNotice {
  notice: string
  versions: NoticeVersion[]
  revision: number
}

/** Somebody who was told by an earlier version. */
export interface OutdatedNotice {
  subject: string
  consent: string
  notice: string
  version: string
  language: string
  givenAt: string | null
  valid: { version: string; language: string | null }
}

const ROOT = '/api/v1/consent-notices'
const at = ({ notice, version }: Pick<TextName, 'notice' | 'version'>) =>
  `${ROOT}/${encodeURIComponent(notice)}/${encodeURIComponent(version)}`

export const listNotices = (standing: NoticeStanding, signal?: AbortSignal) =>
  read<{ notices: PublishedVersion[] }>(ROOT, { standing }, signal)

export const readNoticeText = (name: TextName, signal?: AbortSignal) =>
  read<{ title: string; text: string; language: string; sha256: string }>(`${at(name)}/${name.language}`, {}, signal)

export const readNoticeRegister = (notice: string | undefined, signal?: AbortSignal) =>
  read<{ notices: RegisteredNotice[] }>(`${ROOT}/register`, { notice }, signal)

export const draftNotice = (draft: TextName & { title: string; text: string }) => change<TextName>(ROOT, draft)

export const judgeNotice = (name: TextName, judgement: { outcome: string; sha256: string; remark: string }) =>
  change(`${at(name)}/${name.language}/judgement`, judgement)

export const publishNotice = (name: Pick<TextName, 'notice' | 'version'>, inForceFrom: string | undefined) =>
  change(`${at(name)}/publication`, { inForceFrom })

export const withdrawNotice = (name: Pick<TextName, 'notice' | 'version'>, reason: NoticeWithdrawalReason) =>
  change(`${at(name)}/withdrawal`, { reason })

/** Whom a changed notice has to reach again. */
export const listOutdated = (cursor: string | undefined, signal?: AbortSignal) =>
  readPage<OutdatedNotice>('/api/v1/outdated-notices', 'consents', { cursor }, signal)
