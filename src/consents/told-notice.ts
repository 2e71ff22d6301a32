/** Under which text a consent is asked for or given. Pure. */
import { standingOf, type PublishedVersion } from '../notices/queries/find-notice.js'
import { Conflict, Unprocessable } from '../platform/errors.js'
import type { Notice, NoticeReference } from './events.js'

/** The published versions of one notice. */
export type KnownVersions = readonly PublishedVersion[]

/**
 * The text that was in force at the moment, with its digest: nobody consents to what was never published, or to what was not valid
 * when they were told.
 *
 * @param at RFC 3339, UTC, milliseconds: when the person was asked, or gave consent
 * @throws Unprocessable `consent-notice-unknown`; Conflict `consent-notice-not-in-force`
 */
export function toldNotice(versions: KnownVersions, { id, version, language }: NoticeReference, at: string): Notice {
  const found = versions.find((known) => known.notice === id && known.version === version)
  const text = found?.texts.find((known) => known.language === language)
  if (!found || !text)
    throw new Unprocessable('consent-notice-unknown', 'No such text of a notice is published: id, version, language.')
  const standing = standingOf(versions, found, at)
  if (standing !== 'in-force')
    throw new Conflict('consent-notice-not-in-force', 'The notice was not in force when consent was asked or given.', {
      standing,
    })
  return { id, version, language, sha256: text.sha256 }
}
