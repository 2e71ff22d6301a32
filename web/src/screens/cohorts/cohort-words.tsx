import type { CohortLine, CohortStatus } from '../../api/cohorts.js'
import { Badge, type Tone } from '../../components/badge.js'
import { plural } from '../../components/values.js'

const TONES: Record<CohortStatus, Tone> = {
  running: 'caution',
  cancelling: 'caution',
  cancelled: 'neutral',
  finished: 'good',
}

export function CohortState({ status }: { status: CohortStatus }) {
  return <Badge tone={TONES[status]}>{status}</Badge>
}

export function Repeated({
  of: { replays, replaysDiffering },
}: {
  of: Pick<CohortLine, 'replays' | 'replaysDiffering'>
}) {
  if (replays === 0) return <span className="quiet">never</span>
  if (replaysDiffering === 0) return <Badge tone="good">{plural(replays, 'time')}, equal</Badge>
  return (
    <Badge tone="bad">
      {replaysDiffering} of {replays} differ
    </Badge>
  )
}
