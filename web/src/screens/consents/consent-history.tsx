import { readConsentHistory, type ConsentStep } from '../../api/consents.js'
import { useResource } from '../../api/use-resource.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Actor, Time, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'

const COLUMNS: Column<ConsentStep>[] = [
  { title: 'What happened', show: ({ description }) => description },
  { title: 'By', show: ({ actor }) => <Actor actor={actor} /> },
  { title: 'Why', show: ({ reason }) => (reason ? words(reason) : <span className="quiet">not stated</span>) },
  { title: 'Recorded', show: ({ recordedAt }) => <Time at={recordedAt} exact /> },
  { title: 'Entry', show: ({ position }) => <Link to={`/audit/${position}`}>{position}</Link> },
]

/** Every step, newest first. */
export function ConsentHistory({ subject }: { subject: string }) {
  const { resource, reload } = useResource(`consent history ${subject}`, (signal) =>
    readConsentHistory(subject, signal),
  )
  return (
    <Panel title="Everything that happened to these consents" flush>
      <Loaded resource={resource} retry={reload} what="the history">
        {(steps) =>
          steps.length === 0 ? (
            <Empty>Nothing has happened yet.</Empty>
          ) : (
            <DataTable
              caption="History of the consents, newest first"
              columns={COLUMNS}
              rows={steps.toReversed()}
              rowKey={({ eventId }) => eventId}
            />
          )
        }
      </Loaded>
    </Panel>
  )
}
