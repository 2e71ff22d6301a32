import { readHealth, type Health } from '../../api/health.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { plural, words } from '../../components/values.js'

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
          const failing = results.filter(([, { ok }]) => !ok)
          return (
            <>
              {failing.length === 0 ? (
                <div className="panel-body">
                  <p>
                    <Badge tone="good">every part works</Badge>
                  </p>
                </div>
              ) : (
                <Checks caption="Parts that do not work" of={failing} />
              )}
              <details>
                <summary className="panel-header">All {plural(results.length, 'part')}</summary>
                <Checks caption="Health checks" of={results} />
              </details>
            </>
          )
        }}
      </Loaded>
    </Panel>
  )
}

function Checks({ caption, of }: { caption: string; of: readonly Check[] }) {
  return <DataTable caption={caption} columns={COLUMNS} rows={of} rowKey={([name]) => name} />
}
