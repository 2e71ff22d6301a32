import type { AuditEntry } from '../../api/audit.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Actor, ShortId, Time, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { go, usePlace, withQuery, type Place } from '../../routing/location.js'
import { orderIn } from './audit-place.js'

/** Entries, in any order that a column can give. */
export function AuditTable({ entries }: { entries: AuditEntry[] }) {
  const place = usePlace()
  return (
    <DataTable
      caption="Audit trail entries"
      columns={columns(place)}
      rows={entries}
      rowKey={({ position }) => String(position)}
    />
  )
}

function columns(place: Place): Column<AuditEntry>[] {
  const sort = (by: string) => sortBy(place, by)
  return [
    {
      title: 'Entry',
      sort: sort('position'),
      show: ({ position }) => <Link to={`/audit/${position}`}>{position}</Link>,
    },
    { title: 'Recorded', sort: sort('recordedAt'), show: ({ recordedAt }) => <Time at={recordedAt} exact /> },
    { title: 'What', sort: sort('type'), show: (entry) => <What entry={entry} /> },
    { title: 'Who', sort: sort('role'), show: ({ actor }) => <Actor actor={actor} /> },
    { title: 'Why', sort: sort('reason'), show: ({ reason, purpose }) => why(reason, purpose) },
    { title: 'About', sort: sort('subject'), show: (entry) => <About entry={entry} place={place} /> },
  ]
}

function sortBy(place: Place, by: string): Column<AuditEntry>['sort'] {
  const order = orderIn(place)
  const isCurrent = order.by === by
  const next = isCurrent && order.direction === 'desc' ? 'asc' : 'desc'
  return {
    direction: isCurrent ? order.direction : undefined,
    choose: () => go(withQuery(place, { order: by, direction: next, cursor: undefined })),
  }
}

function What({ entry: { sentence, type, sealed } }: { entry: AuditEntry }) {
  return (
    <>
      {sentence} <code className="quiet">{type}</code> {sealed && <Badge>sealed</Badge>}
    </>
  )
}

function why(reason: string | null, purpose: string | null): string {
  return [reason && words(reason), purpose].filter(Boolean).join(', ')
}

function About({ entry: { subject, enrolmentCode, trial }, place }: { entry: AuditEntry; place: Place }) {
  const only = (changes: Record<string, string>) => withQuery(place, { ...changes, cursor: undefined })
  return (
    <>
      {subject && (
        <Link to={only({ subject })}>
          person <ShortId id={subject} />
        </Link>
      )}
      {enrolmentCode && <code>{enrolmentCode}</code>}{' '}
      {trial && (
        <Link to={only({ trial })}>
          trial <ShortId id={trial} />
        </Link>
      )}
    </>
  )
}
