import { readDataQuery, type DataQueryHistory } from '../../api/data-queries.js'
import { useResource } from '../../api/use-resource.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Time, TwinLink } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { QuerySteps } from './query-steps.js'
import { fieldText, reasonText } from './query-words.js'

type Step = DataQueryHistory['history'][number]

/** One data query: what was asked and answered, and the next step. */
export function QueryPage({ query }: { query: string }) {
  const { resource, reload } = useResource(`data query ${query}`, (signal) => readDataQuery(query, signal))
  return (
    <Page
      title="Data query"
      lead={
        <>
          <code>{query}</code> · <Link to="/data-queries">all data queries</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the data query">
        {(found) => <Shown found={found} done={reload} />}
      </Loaded>
    </Page>
  )
}

const COLUMNS: Column<Step>[] = [
  { title: 'When', show: ({ recordedAt }) => <Time at={recordedAt} /> },
  { title: 'What', show: ({ type }) => type.replace('data-query.', '').replaceAll('-', ' ') },
  { title: 'By', show: ({ actor }) => actor.role },
  { title: 'Said', show: (step) => <Said step={step} /> },
]

function Shown({ found, done }: { found: DataQueryHistory; done: () => void }) {
  const { query, twin, field, site, status, history } = found
  return (
    <>
      <Panel title="What is asked about" flush>
        <p>
          The {fieldText(field)} of a fact of <TwinLink twin={twin} />; site {site} answers.
        </p>
        <DataTable
          caption="What was asked and answered"
          columns={COLUMNS}
          rows={history}
          rowKey={(step) => String(history.indexOf(step))}
        />
      </Panel>
      <QuerySteps query={query} status={status} done={done} />
    </>
  )
}

function Said({ step: { data, reason } }: { step: Step }) {
  if (data === null) return <span className="quiet">sealed for you</span>
  if (typeof data === 'string') return <span className="quiet">{data}</span>
  if ('text' in data) return <>{String(data.text)}</>
  if ('correction' in data) return <>corrected by event {String(data.correction)}</>
  return <>{reason === null ? '' : reasonText(reason)}</>
}
