import { readReadiness, type ModelReadiness as Readiness } from '../../api/simulations.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'
import { RunForm } from './run-form.js'
import { reasonText } from './run-words.js'

const COLUMNS: Column<Readiness>[] = [
  { title: 'Model', show: ({ model, version }) => `${model} ${version}` },
  {
    title: 'Inputs',
    show: ({ ready }) => <Badge tone={ready ? 'good' : 'caution'}>{ready ? 'complete' : 'not complete'}</Badge>,
  },
  { title: 'What is in the way', show: ({ reasons }) => reasons.map(reasonText).join('; ') },
]

/** Which models could run on this twin today, consent aside, and what the others lack. */
export function ModelReadiness({ twin }: { twin: string }) {
  const { resource, reload } = useResource(`readiness ${twin}`, (signal) => readReadiness(twin, signal))
  const mayRun = useMay('simulation.run')
  return (
    <Loaded resource={resource} retry={reload} what="what the models need">
      {(models) => (
        <>
          <Panel title="Models" aside={<Link to={`/simulations?twin=${twin}`}>Runs on this twin</Link>} flush>
            {models.length === 0 ? (
              <Empty>No model takes its inputs from twins.</Empty>
            ) : (
              <DataTable caption="Readiness of models" columns={COLUMNS} rows={models} rowKey={({ model }) => model} />
            )}
          </Panel>
          {mayRun && models.length > 0 && <RunForm twin={twin} models={models.map(({ model }) => model)} />}
        </>
      )}
    </Loaded>
  )
}
