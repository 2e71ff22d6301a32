import { listModels, type ModelLine } from '../../api/models.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { plural, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { StatusBadge } from './model-words.js'

const COLUMNS: Column<ModelLine>[] = [
  { title: 'Model', show: ({ id, title }) => <Link to={`/models/${encodeURIComponent(id)}`}>{title}</Link> },
  { title: 'Id and version', show: ({ id, version }) => <code>{`${id} ${version}`}</code> },
  { title: 'Risk', show: ({ risk }) => risk.tier },
  { title: 'Credibility', show: ({ status }) => <StatusBadge status={status} /> },
  {
    title: 'Use',
    show: ({ forDecisions }) =>
      forDecisions ? <Badge tone="good">for decisions, within its context</Badge> : 'exploratory',
  },
  { title: 'Why', show: ({ reasons }) => reasons.map(words).join('; ') },
]

export function ModelList() {
  const { resource, reload } = useResource('models', listModels)
  return (
    <Page
      title="Models"
      lead={
        <>
          What may be computed on a twin, how far each model can be trusted, and which may be used for decisions.{' '}
          <Link to="/advances">The overview of advances</Link> says what they stand on.
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the models">
        {(models) => (
          <Panel
            title="Models that run here"
            aside={
              <span className="quiet">
                {plural(models.filter(({ forDecisions }) => forDecisions).length, 'model')} for decisions
              </span>
            }
            flush
          >
            <DataTable caption="Models" columns={COLUMNS} rows={models} rowKey={({ id }) => id} />
          </Panel>
        )}
      </Loaded>
    </Page>
  )
}
