import { listTrials, type TrialLine } from '../../api/trials.js'
import { useList } from '../../api/use-list.js'
import { Badge } from '../../components/badge.js'
import type { Column } from '../../components/data-table.js'
import { ListPanel } from '../../components/list-panel.js'
import { Page } from '../../components/page.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { RegisterTrial } from './manage-trial.js'

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
  return (
    <Page title="Trials" lead="Studies that twins take part in, each under codes of its own.">
      <ListPanel
        title="Trials"
        what="the trials"
        empty="No trial is open to you."
        list={useList('trials', listTrials)}
        columns={COLUMNS}
        rowKey={({ trial }) => trial}
      />
      <RegisterTrial />
    </Page>
  )
}
