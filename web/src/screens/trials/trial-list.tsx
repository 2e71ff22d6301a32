import { listTrials, type TrialLine } from '../../api/trials.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'

const COLUMNS: Column<TrialLine>[] = [
  { title: 'Trial', show: ({ trial, title }) => <Link to={`/trials/${trial}`}>{title}</Link> },
  { title: 'Number', show: ({ code }) => code },
  { title: 'Sponsor', show: ({ sponsor }) => sponsor },
  { title: 'Protocol', show: ({ protocolId, protocolVersion }) => `${protocolId}, version ${protocolVersion}` },
  { title: 'Status', show: ({ status }) => <Badge tone={status === 'open' ? 'good' : 'neutral'}>{status}</Badge> },
  { title: 'Enrolled', numeric: true, show: ({ enrolled }) => enrolled },
  { title: 'Withdrawn', numeric: true, show: ({ withdrawn }) => withdrawn },
  { title: 'Registered', show: ({ registeredAt }) => <Time at={registeredAt} /> },
]

export function TrialList() {
  const cursor = usePlace().query.get('cursor') ?? undefined
  const { resource, reload } = useResource(`trials ${cursor}`, (signal) => listTrials(cursor, signal))
  return (
    <Page title="Trials" lead="Studies that twins take part in, each under codes of its own.">
      <Loaded resource={resource} retry={reload} what="the trials">
        {({ trials, next }) => (
          <>
            <Panel title="Trials" flush>
              {trials.length === 0 ? (
                <Empty>No trial is open to you.</Empty>
              ) : (
                <DataTable caption="Trials" columns={COLUMNS} rows={trials} rowKey={({ trial }) => trial} />
              )}
            </Panel>
            <Pager next={next} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
