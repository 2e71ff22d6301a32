import type { VersionStatus } from '../../api/models.js'
import { Badge, type Tone } from '../../components/badge.js'
import { words } from '../../components/values.js'

const TONES: Record<VersionStatus, Tone> = {
  proposed: 'neutral',
  'under-assessment': 'neutral',
  inadequate: 'bad',
  adequate: 'caution',
  approved: 'good',
  superseded: 'neutral',
  retired: 'neutral',
}

export function StatusBadge({ status }: { status: VersionStatus | null }) {
  if (status === null) return <Badge>not proposed</Badge>
  return <Badge tone={TONES[status]}>{status === 'adequate' ? 'waits for approval' : words(status)}</Badge>
}
