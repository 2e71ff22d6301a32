import type { NoticeStanding, NoticeWithdrawalReason, TextStatus } from '../../../../src/notices/codes.js'
import { Badge, type Tone } from '../../components/badge.js'

const STANDINGS: Record<NoticeStanding, { tone: Tone; text: string }> = {
  unpublished: { tone: 'caution', text: 'not published' },
  announced: { tone: 'neutral', text: 'announced' },
  'in-force': { tone: 'good', text: 'in force' },
  superseded: { tone: 'neutral', text: 'superseded' },
  withdrawn: { tone: 'bad', text: 'withdrawn' },
}

export const TEXT_WORDS: Record<TextStatus, { tone: Tone; text: string }> = {
  drafted: { tone: 'caution', text: 'waits for approval' },
  approved: { tone: 'neutral', text: 'approved, not published' },
  rejected: { tone: 'bad', text: 'rejected' },
  published: { tone: 'good', text: 'published' },
}

export const WITHDRAWAL_WORDS: Record<NoticeWithdrawalReason, string> = {
  'text-faulty': 'the text is faulty',
  'processing-ended': 'what it tells of has ended',
  'authority-decision': 'an authority decided so',
}

export function Standing({ of }: { of: NoticeStanding }) {
  return <Badge tone={STANDINGS[of].tone}>{STANDINGS[of].text}</Badge>
}
