import type { EmergencyReason } from '../../../../src/roster/reason-codes.js'
import type { Emergency, EmergencyFinding } from '../../api/emergencies.js'
import { Badge } from '../../components/badge.js'
import { Time } from '../../components/values.js'

export const REASON_WORDS: Record<EmergencyReason, string> = {
  'life-threatening': 'life is at risk',
  'patient-unresponsive': 'the person cannot answer',
  'safety-report': 'a safety report',
  'public-health': 'public health',
}

export const FINDING_WORDS: Record<EmergencyFinding, string> = {
  justified: 'it was justified',
  'not-justified': 'it was not justified',
}

/** Whether the record is open, and until when. */
export function AccessState({ of: { open, until, closedAt } }: { of: Emergency }) {
  if (open)
    return (
      <Badge tone="caution">
        open until <Time at={until} />
      </Badge>
    )
  return (
    <>
      ended <Time at={closedAt ?? until} />
    </>
  )
}

/** What was found in the review, or by when it is due. */
export function ReviewState({ of: { review, reviewDue, overdue } }: { of: Emergency }) {
  if (review)
    return <Badge tone={review.finding === 'justified' ? 'good' : 'bad'}>{FINDING_WORDS[review.finding]}</Badge>
  return (
    <Badge tone={overdue ? 'bad' : 'caution'}>
      {overdue ? 'overdue since' : 'due by'} <Time at={reviewDue} />
    </Badge>
  )
}
