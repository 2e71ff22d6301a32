import { readRequest, standingOf, type Consultation, type RequestHistory } from '../../api/privacy.js'
import { useResource } from '../../api/use-resource.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { History } from '../../components/history.js'
import { Loaded } from '../../components/loaded.js'
import { Notice } from '../../components/notice.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { POSITION_WORDS } from '../consultations/consultation-words.js'
import { kindText } from './privacy-words.js'
import { RequestSteps } from './request-steps.js'

/** One request: what happened so far, and the next step. */
export function RequestPage({ request }: { request: string }) {
  const { resource, reload } = useResource(`privacy request ${request}`, (signal) => readRequest(request, signal))
  const kind = resource.state === 'ready' ? standingOf(resource.data).received?.kind : undefined
  return (
    <Page
      title={kind ? kindText(kind) : 'Request'}
      lead={
        <>
          <code>{request}</code> · <Link to="/privacy">all requests</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the request">
        {(found) => <Shown found={found} done={reload} />}
      </Loaded>
    </Page>
  )
}

const SPONSORS: Column<Consultation>[] = [
  { title: 'Trial', show: ({ trial }) => trial && <Link to={`/trials/${trial}`}>{trial.slice(0, 8)}</Link> },
  { title: 'May answer until', show: ({ dueAt }) => <Time at={dueAt} /> },
  { title: 'Says', show: ({ position }) => (position === null ? 'nothing yet' : POSITION_WORDS[position]) },
  { title: 'In words', show: ({ statement }) => statement ?? '' },
]

function Shown({ found, done }: { found: RequestHistory; done: () => void }) {
  const standing = standingOf(found)
  return (
    <>
      {standing.status !== 'answered' && (
        <Notice tone={standing.overdue ? 'bad' : 'neutral'}>
          <p>
            To be answered by <Time at={standing.dueAt} />
            {standing.extended && ', extended once (Art 12(3))'}
            {standing.overdue && '; that day has passed'}.
          </p>
        </Notice>
      )}
      <History title="What happened" prefix="privacy." steps={found.history} />
      {found.consultations.length > 0 && (
        <Panel title="What sponsors say" flush>
          <DataTable
            caption="Sponsors asked about the erasure"
            columns={SPONSORS}
            rows={found.consultations}
            rowKey={({ consultation }) => consultation}
          />
        </Panel>
      )}
      <RequestSteps request={found.request} standing={standing} done={done} />
    </>
  )
}
