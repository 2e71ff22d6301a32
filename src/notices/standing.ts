/** Whether a version of a notice is the one that people are asked under at a moment. Pure. */
import type { NoticeStanding } from './codes.js'
import type { NoticeVersion } from './consent-notice.js'

/** What the standing follows from. */
export type DatedVersion = Pick<NoticeVersion, 'version' | 'inForceFrom' | 'withdrawn'>

/**
 * A version takes the place of the one before it for good: when it is withdrawn, none is in force until the next.
 *
 * @param versions all of the notice
 * @param at RFC 3339, UTC, milliseconds
 */
export function standingOf(versions: readonly DatedVersion[], version: DatedVersion, at: string): NoticeStanding {
  const { inForceFrom, withdrawn } = version
  if (inForceFrom === null) return 'unpublished'
  if (withdrawn !== null && withdrawn.at <= at) return 'withdrawn'
  if (inForceFrom > at) return 'announced'
  const later = versions.some(
    (other) => other.inForceFrom !== null && other.inForceFrom > inForceFrom && other.inForceFrom <= at,
  )
  return later ? 'superseded' : 'in-force'
}
