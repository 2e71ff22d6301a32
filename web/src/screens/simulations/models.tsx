import { readReadiness, readSpecification, type ModelReadiness } from '../../api/simulations.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'
import { RunForm } from './run-form.js'
import { inputNames, reasonText, type InputNames } from './run-words.js'

interface Readiness extends ModelReadiness {
  names: InputNames
}

const COLUMNS: Column<Readiness>[] = [
  { title: 'Model', show: ({ model, version }) => `${model} ${version}` },
  {
    title: 'Inputs',
    show: ({ ready }) => <Badge tone={ready ? 'good' : 'caution'}>{ready ? 'complete' : 'not complete'}</Badge>,
  },
  {
    title: 'What is in the way',
    show: ({ reasons, names }) => reasons.map((reason) => reasonText(reason, names)).join('; '),
  },
]

/** Which models could run on this twin today, consent aside, and what the others lack. */
export function Models({ twin }: { twin: string }) {
  const { resource, reload } = useResource(`readiness ${twin}`, (signal) => readinessOf(twin, signal))
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
          {mayRun && models.length > 0 && <RunForm twin={twin} models={models} />}
        </>
      )}
    </Loaded>
  )
}

/** The readiness with the names of each model's inputs. */
async function readinessOf(twin: string, signal: AbortSignal): Promise<Readiness[]> {
  const models = await readReadiness(twin, signal)
  return Promise.all(
    models.map(async (model) => ({ ...model, names: inputNames(await readSpecification(model.model, signal)) })),
  )
}
