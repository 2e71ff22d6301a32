import { exportAudit, type AuditFilter } from '../../api/audit.js'
import { useAction } from '../../api/use-action.js'
import { Problem } from '../../components/problem.js'
import { saveFile } from '../../components/save-file.js'

/** Takes a certified copy of what the search finds. */
export function ExportButtons({ filter }: { filter: AuditFilter }) {
  const taking = useAction(async (format: 'ndjson' | 'csv' | 'html') => {
    const { name, content } = await exportAudit(filter, format)
    saveFile(name ?? `audit-trail-${format}.zip`, content)
  })
  return (
    <div className="actions" role="group" aria-label="Certified copy">
      <span className="quiet">Certified copy of this search, with a signed manifest; taking it is recorded:</span>
      <button type="button" className="button" disabled={taking.busy} onClick={() => taking.run('csv')}>
        CSV
      </button>
      <button type="button" className="button" disabled={taking.busy} onClick={() => taking.run('ndjson')}>
        NDJSON
      </button>
      <button type="button" className="button" disabled={taking.busy} onClick={() => taking.run('html')}>
        To print
      </button>
      {taking.problem && <Problem problem={taking.problem} />}
    </div>
  )
}
