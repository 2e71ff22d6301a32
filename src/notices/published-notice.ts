/** What the public is shown of a notice: published texts, and nobody's name or id. Pure. */
import type { ConsentNoticeState, NoticeText, NoticeVersion } from './consent-notice.js'
import type { NoticeStanding, NoticeWithdrawalReason } from './codes.js'
import { standingOf, type DatedVersion } from './standing.js'

/** A notice without its texts. */
export interface NoticeOutline {
  notice: string | null
  versions: readonly (Omit<NoticeVersion, 'texts'> & { texts: readonly OutlinedText[] })[]
}
type OutlinedText = Omit<NoticeText, 'text' | 'remark'>

export interface PublishedText {
  language: string
  title: string
  /** Of the text's UTF-8 bytes. */
  sha256: string
  publishedAt: string
}

export interface PublishedVersion {
  notice: string
  version: string
  standing: Exclude<NoticeStanding, 'unpublished'>
  inForceFrom: string
  withdrawn: { at: string; reason: NoticeWithdrawalReason } | null
  texts: PublishedText[]
}

/** A version with the one text that was asked for. */
export type PublishedNoticeText = Omit<PublishedVersion, 'texts'> & PublishedText & { text: string }

export function outlineOf({ notice, versions }: ConsentNoticeState): NoticeOutline {
  const outlined = ({ text: _text, remark: _remark, ...kept }: NoticeText): OutlinedText => kept
  return { notice, versions: versions.map((version) => ({ ...version, texts: version.texts.map(outlined) })) }
}

/** The published versions of a notice, the newest first. */
export function publishedVersions({ notice, versions }: NoticeOutline, at: string): PublishedVersion[] {
  return versions
    .filter(({ inForceFrom }) => inForceFrom !== null)
    .map((version) => ({
      ...publishedVersion(notice!, versions, version, at),
      texts: version.texts.filter(isPublished).map(shownText),
    }))
    .sort((one, other) => (one.inForceFrom < other.inForceFrom ? 1 : -1))
}

/** Undefined for what is not published. */
export function publishedText(
  { notice, versions }: ConsentNoticeState,
  { version, language }: { version: string; language: string },
  at: string,
): PublishedNoticeText | undefined {
  const found = versions.find((known) => known.version === version)
  const text = found?.texts.find((known) => known.language === language)
  if (!found || !text || !isPublished(text)) return undefined
  return { ...publishedVersion(notice!, versions, found, at), ...shownText(text), text: text.text }
}

function publishedVersion(notice: string, versions: readonly DatedVersion[], version: DatedVersion, at: string) {
  const { inForceFrom, withdrawn } = version
  const standing = standingOf(versions, version, at) as PublishedVersion['standing']
  return { notice, version: version.version, standing, inForceFrom: inForceFrom!, withdrawn }
}

const isPublished = ({ status }: OutlinedText): boolean => status === 'published'

const shownText = ({ language, title, sha256, publishedAt }: OutlinedText): PublishedText => ({
  language,
  title,
  sha256,
  publishedAt: publishedAt!,
})
