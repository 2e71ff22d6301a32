/** The closed code lists of notices. */

/** Why nobody consents under a version any more, though none has taken its place. */
export const NOTICE_WITHDRAWAL_REASONS = ['text-faulty', 'processing-ended', 'authority-decision'] as const
export type NoticeWithdrawalReason = (typeof NOTICE_WITHDRAWAL_REASONS)[number]

/** What became of a text so far. */
export const TEXT_STATUSES = ['drafted', 'approved', 'rejected', 'published'] as const
export type TextStatus = (typeof TEXT_STATUSES)[number]

/** Whether a version is the one that people are asked under. */
export const NOTICE_STANDINGS = ['unpublished', 'announced', 'in-force', 'superseded', 'withdrawn'] as const
export type NoticeStanding = (typeof NOTICE_STANDINGS)[number]
