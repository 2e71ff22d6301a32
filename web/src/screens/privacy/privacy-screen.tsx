import { listRequests, type PrivacyRequest } from '../../api/privacy.js'
import { useList } from '../../api/use-list.js'
import { Badge } from '../../components/badge.js'
import type { Column } from '../../components/data-table.js'
import { ListPanel } from '../../components/list-panel.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { ShortId, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { Erasures } from './erasures.js'
import { FileRequest } from './file-request.js'
import { clockOf, kindText } from './privacy-words.js'

const COLUMNS: Column<PrivacyRequest>[] = [
  { title: 'Request', show: ({ request, kind }) => <Link to={`/privacy/${request}`}>{kindText(kind)}</Link> },
  {
    title: 'Clock',
    show: (row) => {
      const { tone, text } = clockOf(row)
      return <Badge tone={tone}>{text}</Badge>
    },
  },
  { title: 'Status', show: ({ status, outcome }) => (outcome === null ? status : `${status}: ${outcome}`) },
  { title: 'Person', show: ({ subject }) => <ShortId id={subject} /> },
  { title: 'Received', show: ({ receivedAt }) => <Time at={receivedAt} /> },
  {
    title: 'Due',
    show: ({ dueAt, extended }) => (
      <>
        <Time at={dueAt} /> {extended && '(extended)'}
      </>
    ),
  },
]

const VIEWS = [
  ['requests', 'Requests'],
  ['erasures', 'Erasures'],
] as const

/** What persons ask about their data, and what became of it. Who executes erasures sees those alone. */
export function PrivacyScreen() {
  const readsRequests = useMay('privacy.read')
  const readsErasures = useMay('erasure.read')
  const view = usePlace().query.get('view') === 'erasures' || !readsRequests ? 'erasures' : 'requests'
  return (
    <Page title="Rights of persons" lead="Requests about personal data against their legal clock, and what was erased.">
      {readsRequests && readsErasures && <LocalNavigation label="Rights of persons" views={VIEWS} current={view} />}
      {view === 'requests' && <Requests />}
      {view === 'erasures' && readsErasures && <Erasures />}
      {view === 'erasures' && !readsErasures && <OnlyFiling />}
    </Page>
  )
}

/** For those who pass on what somebody asked at the site. */
function OnlyFiling() {
  const files = useMay('privacy.request')
  return files ? <FileRequest done={() => undefined} /> : null
}

function Requests() {
  const requests = useList('privacy requests', listRequests)
  const files = useMay('privacy.request')
  return (
    <>
      <ListPanel
        title="Requests"
        caption="Requests, newest first"
        what="the requests"
        empty="No request is on record."
        list={requests}
        columns={COLUMNS}
        rowKey={({ request }) => request}
      />
      {files && <FileRequest done={requests.reload} />}
    </>
  )
}
