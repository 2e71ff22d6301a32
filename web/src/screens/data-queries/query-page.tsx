import { readDataQuery, type DataQueryHistory } from '../../api/data-queries.js'
import type { HistoryStep } from '../../api/history.js'
import { useResource } from '../../api/use-resource.js'
import { History, memberText } from '../../components/history.js'
import { Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { TwinLink } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { QuerySteps } from './query-steps.js'
import { reasonText } from './query-words.js'

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

function Shown({ found, done }: { found: DataQueryHistory; done: () => void }) {
  const { query, twin, field, site, status, history } = found
  return (
    <>
      <Panel title="What is asked about">
        <p>
          The {memberText(field)} of a fact of <TwinLink twin={twin} />; site {site} answers.
        </p>
      </Panel>
      <History title="What was asked and answered" prefix="data-query." steps={history} say={said} />
      <QuerySteps query={query} status={status} done={done} />
    </>
  )
}

function said({ data, reason }: HistoryStep): string {
  if (typeof data === 'object' && data !== null && 'correction' in data)
    return `corrected by event ${String(data.correction)}`
  return reason ? reasonText(reason) : ''
}
