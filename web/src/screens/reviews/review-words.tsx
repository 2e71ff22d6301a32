import type { ReviewLine } from '../../api/reviews.js'
import { Badge, type Tone } from '../../components/badge.js'
import { words } from '../../components/values.js'

const TONES: Record<ReviewLine['status'], Tone> = {
  planned: 'neutral',
  'under-way': 'caution',
  concluded: 'caution',
  closed: 'good',
}

export function ReviewState({ status, overdue }: Pick<ReviewLine, 'status' | 'overdue'>) {
  if (overdue) return <Badge tone="bad">overdue: {words(status)}</Badge>
  return (
    <Badge tone={TONES[status]}>{status === 'concluded' ? 'waits for signature and closure' : words(status)}</Badge>
  )
}
