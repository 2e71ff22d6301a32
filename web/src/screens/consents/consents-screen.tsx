import { listTwins, type TwinLine } from '../../api/twins.js'
import { useResource } from '../../api/use-resource.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { OpenById } from '../../components/open-by-id.js'
import { Page } from '../../components/page.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { ShortId, Time, TwinLink } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { useCaller } from '../../session/use-session.js'
import { SubjectPage } from './subject-page.js'

/** A participant's own consents; for everyone else, whose consents to open. */
export function ConsentsScreen() {
  const { role, subject } = useCaller()
  if (role === 'participant' && subject) return <SubjectPage subject={subject} title="My consents" />
  return <SubjectList />
}

const COLUMNS: Column<TwinLine>[] = [
  {
    title: 'Person',
    show: ({ subject }) => (
      <Link to={`/consents/${subject}`}>
        Consents of <ShortId id={subject} />
      </Link>
    ),
  },
  { title: 'Twin', show: ({ twin }) => <TwinLink twin={twin} /> },
  { title: 'Held by', show: ({ owner }) => owner },
  { title: 'Last recorded', show: ({ lastRecordedAt }) => <Time at={lastRecordedAt} /> },
]

function SubjectList() {
  const cursor = usePlace().query.get('cursor') ?? undefined
  const { resource, reload } = useResource(`subjects ${cursor}`, (signal) => listTwins({ cursor }, signal))
  return (
    <Page
      title="Consents"
      lead="A person decides for what their twin may be used. Opening somebody's consents is recorded."
    >
      <OpenById label="Open by subject id" below="/consents" />
      <Loaded resource={resource} retry={reload} what="whose twins there are">
        {({ twins, next }) => (
          <>
            <Panel title="People with a twin" flush>
              {twins.length === 0 ? (
                <Empty>No twin can be listed for your role. Open a person's consents by the subject id.</Empty>
              ) : (
                <DataTable caption="People with a twin" columns={COLUMNS} rows={twins} rowKey={({ twin }) => twin} />
              )}
            </Panel>
            <Pager next={next} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
