import type {
  TicketDecliningReason,
  TicketReason,
  TicketRevocationReason,
} from '../../../../src/roster/reason-codes.js'
import type { Ticket, TicketStatus } from '../../api/tickets.js'
import { Badge, type Tone } from '../../components/badge.js'
import { Time } from '../../components/values.js'

export const REASON_WORDS: Record<TicketReason, string> = {
  'duplicate-suspected': 'two records may be of one person',
  'identifier-mismatch': 'identifiers do not agree',
  'record-of-another-person': 'a record may be of another person',
  'source-verification': 'a value is compared with its source',
  'subject-request': 'the person asked for it',
}

export const DECLINING_WORDS: Record<TicketDecliningReason, string> = {
  'coded-data-suffice': 'coded data are enough',
  'reason-insufficient': 'the reason does not suffice',
  'site-to-act': 'the site can do it itself',
}

export const REVOCATION_WORDS: Record<TicketRevocationReason, string> = {
  'no-longer-needed': 'it is no longer needed',
  'misuse-suspected': 'misuse is suspected',
  'error-corrected': 'it was given in error',
}

export const STATUS_WORDS: Record<TicketStatus, { tone: Tone; text: string }> = {
  waiting: { tone: 'caution', text: 'waits for approval' },
  open: { tone: 'good', text: 'open' },
  declined: { tone: 'bad', text: 'refused' },
  ended: { tone: 'neutral', text: 'ended' },
}

/** Where it stands, and until when it opens or opened something. */
export function TicketState({ of: { status, until, closedAt } }: { of: Ticket }) {
  const { tone, text } = STATUS_WORDS[status]
  return (
    <>
      <Badge tone={tone}>{text}</Badge>{' '}
      {status === 'open' && (
        <>
          until <Time at={until} />
        </>
      )}
      {status === 'ended' && <Time at={closedAt ?? until} />}
    </>
  )
}
