import { listRequests, type PrivacyRequest } from '../../api/privacy.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { ShortId, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { Erasures } from './erasures.js'
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
  const view = usePlace().query.get('view') === 'erasures' || !readsRequests ? 'erasures' : 'requests'
  return (
    <Page title="Rights of persons" lead="Requests about personal data against their legal clock, and what was erased.">
      {readsRequests && <LocalNavigation label="Rights of persons" views={VIEWS} current={view} />}
      {view === 'requests' ? <Requests /> : <Erasures />}
    </Page>
  )
}

function Requests() {
  const cursor = usePlace().query.get('cursor') ?? undefined
  const { resource, reload } = useResource(`privacy ${cursor}`, (signal) => listRequests(cursor, signal))
  return (
    <Loaded resource={resource} retry={reload} what="the requests">
      {({ items, next }) => (
        <>
          <Panel title="Requests" flush>
            {items.length === 0 ? (
              <Empty>No request is on record.</Empty>
            ) : (
              <DataTable
                caption="Requests, newest first"
                columns={COLUMNS}
                rows={items}
                rowKey={({ request }) => request}
              />
            )}
          </Panel>
          <Pager next={next} />
        </>
      )}
    </Loaded>
  )
}
