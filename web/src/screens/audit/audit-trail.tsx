import { listAudit } from '../../api/audit.js'
import { useResource } from '../../api/use-resource.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { AuditFilterForm } from './audit-filter-form.js'
import { filterIn, orderIn } from './audit-place.js'
import { AuditTable } from './audit-table.js'
import { ExportButtons } from './export-buttons.js'

export function AuditTrail() {
  const place = usePlace()
  const mayExport = useMay('audit.export')
  const filter = filterIn(place)
  const { by: order, direction } = orderIn(place)
  const cursor = place.query.get('cursor') ?? undefined
  const { resource, reload } = useResource(`audit ${place.query}`, (signal) =>
    listAudit(filter, { order, direction, cursor }, signal),
  )
  return (
    <Page
      title="Audit trail"
      lead="Who did what, when and why: one line an event of the log. Lists show codes; opening an entry's values is recorded."
    >
      <AuditFilterForm key={String(place.query)} filter={filter} />
      {mayExport && <ExportButtons filter={filter} />}
      <Loaded resource={resource} retry={reload} what="the audit trail">
        {({ entries, next }) => (
          <>
            <Panel title="Entries" flush>
              {entries.length === 0 ? (
                <Empty>No entry that is open to you fits this search.</Empty>
              ) : (
                <AuditTable entries={entries} />
              )}
            </Panel>
            <Pager next={next} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
