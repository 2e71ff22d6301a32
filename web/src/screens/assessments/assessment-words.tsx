import type { ResidualRisk, WithdrawalCause } from '../../../../src/assessments/events.js'
import type { AssessmentLine, AssessmentStatus } from '../../api/assessments.js'
import { Badge, type Tone } from '../../components/badge.js'
import { useNow } from '../../components/use-now.js'
import { Time } from '../../components/values.js'

const TONES: Record<AssessmentStatus, Tone> = {
  approved: 'good',
  advised: 'caution',
  proposed: 'caution',
  expired: 'bad',
  withdrawn: 'neutral',
}
const STATES: Record<AssessmentStatus, string> = {
  approved: 'in force',
  advised: 'waits for approval',
  proposed: 'waits for advice',
  expired: 'expired',
  withdrawn: 'withdrawn',
}

export function AssessmentState({ status }: { status: AssessmentStatus }) {
  return <Badge tone={TONES[status]}>{STATES[status]}</Badge>
}

/** A review that is near is worth starting. */
const SOON_MS = 60 * 86_400_000

/** Until when an approval counts. */
export function ReviewBy({ approval }: Pick<AssessmentLine, 'approval'>) {
  const now = useNow()
  if (approval === null) return <span className="quiet">no approval</span>
  const left = Date.parse(approval.reviewBy) - now
  return (
    <>
      <Time at={approval.reviewBy} />{' '}
      {left > 0 && left < SOON_MS && <Badge tone="caution">in {Math.ceil(left / 86_400_000)} day(s)</Badge>}
    </>
  )
}

export const RESIDUAL_RISK_WORDS: Record<ResidualRisk, string> = {
  low: 'low',
  medium: 'medium',
  high: 'high: the authority is to be consulted (Art 36)',
}

export const WITHDRAWAL_WORDS: Record<WithdrawalCause, string> = {
  'risk-changed': 'the risk has changed',
  'processing-changed': 'the processing has changed',
  'measure-failed': 'a measure failed',
  error: 'it was an error',
}
