import { readHealth, type Health } from '../../api/health.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { words } from '../../components/values.js'

type Check = [name: string, result: Health['checks'][string]]

const COLUMNS: Column<Check>[] = [
  { title: 'Part', show: ([name]) => words(name) },
  { title: 'State', show: ([, { ok }]) => <Badge tone={ok ? 'good' : 'bad'}>{ok ? 'works' : 'does not work'}</Badge> },
  { title: 'Detail', show: ([, { detail }]) => detail },
]

/** Whether each part of the service works, and how far what is shown lags behind the log. */
export function HealthPanel() {
  const { resource, reload } = useResource('health', readHealth)
  const again = (
    <button type="button" className="button plain" onClick={reload}>
      Check again
    </button>
  )
  return (
    <Panel title="Health" aside={again} flush>
      <Loaded resource={resource} retry={reload} what="the health of the service">
        {({ checks }) => {
          const results = Object.entries(checks)
          if (results.length === 0) return <Empty>The service answers. It has no further checks.</Empty>
          return <DataTable caption="Health checks" columns={COLUMNS} rows={results} rowKey={([name]) => name} />
        }}
      </Loaded>
    </Panel>
  )
}
