/**
 * Whoever broke the glass — opened a record, or an arm — answers for it: somebody else looks at it within this time. HIPAA
 * 164.312(a)(2)(ii) asks for emergency access and names no term; three days let no weekend pass unseen. Pure.
 */
const REVIEWED_WITHIN_MS = 72 * 3_600_000

/** Until when what was opened at this time is to be reviewed. RFC 3339. */
export const reviewDue = ({ openedAt }: { openedAt: string }): string =>
  new Date(Date.parse(openedAt) + REVIEWED_WITHIN_MS).toISOString()

/** @param at RFC 3339, UTC */
export function isReviewOverdue(opened: { openedAt: string; review?: object }, at: string): boolean {
  return opened.review === undefined && reviewDue(opened) <= at
}
