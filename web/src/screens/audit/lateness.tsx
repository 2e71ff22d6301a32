import type { AuditEntryDetail } from '../../api/audit.js'
import { Badge } from '../../components/badge.js'
import { Time } from '../../components/values.js'

/** When it happened, as against when it was recorded. */
export function Lateness({ of: { at, lagSeconds, late } }: { of: NonNullable<AuditEntryDetail['occurrence']> }) {
  return (
    <>
      <Time at={at} exact />{' '}
      {late ? (
        <Badge tone="caution">
          {lagSeconds < 0 ? 'dated after it was recorded' : `recorded ${span(lagSeconds)} later`}
        </Badge>
      ) : (
        <Badge tone="good">recorded within a day</Badge>
      )}
    </>
  )
}

function span(seconds: number): string {
  const days = seconds / 86_400
  if (days < 2) return `${Math.round(seconds / 3600)} hours`
  return days < 730 ? `${Math.round(days)} days` : `${Math.round(days / 365)} years`
}
