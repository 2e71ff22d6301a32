import type { TwinStatus } from '../../api/twins.js'
import { Badge } from '../../components/badge.js'

export function TwinStatusBadge({ status }: { status: TwinStatus }) {
  if (status === 'active') return <Badge tone="good">active</Badge>
  return status === 'withdrawn' ? <Badge tone="caution">withdrawn from use</Badge> : <Badge>merged</Badge>
}
