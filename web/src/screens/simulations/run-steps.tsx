import type { RunStep } from '../../api/simulations.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Panel } from '../../components/panel.js'
import { Actor, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'

const TITLES: Record<string, string> = {
  'simulation.requested': 'Asked for',
  'simulation.parameters-stated': 'Parameters stated',
  'simulation.completed': 'Completed',
  'simulation.refused': 'Refused',
  'simulation.failed': 'Failed',
  'simulation.replayed': 'Run again',
}

const COLUMNS: Column<RunStep>[] = [
  { title: 'Step', show: (step) => <Step step={step} /> },
  { title: 'By', show: ({ actor }) => <Actor actor={actor} /> },
  { title: 'Recorded', show: ({ recordedAt }) => <Time at={recordedAt} exact /> },
  { title: 'Entry', show: ({ position }) => <Link to={`/audit/${position}`}>{position}</Link> },
]

export function RunSteps({ steps }: { steps: RunStep[] }) {
  return (
    <Panel title="What happened" flush>
      <DataTable
        caption="Steps of the run, oldest first"
        columns={COLUMNS}
        rows={steps}
        rowKey={({ eventId }) => eventId}
      />
    </Panel>
  )
}

function Step({ step: { type, data } }: { step: RunStep }) {
  const equal = type === 'simulation.replayed' ? data?.equal : undefined
  return (
    <>
      {TITLES[type] ?? type}{' '}
      {equal !== undefined && (
        <Badge tone={equal ? 'good' : 'bad'}>{equal ? 'equal results' : 'different results'}</Badge>
      )}
    </>
  )
}
