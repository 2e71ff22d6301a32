import { listOutdated, type OutdatedNotice } from '../../api/notices.js'
import { useResource } from '../../api/use-resource.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { ShortId, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'

const COLUMNS: Column<OutdatedNotice>[] = [
  {
    title: 'Person',
    show: ({ subject }) => (
      <Link to={`/consents/${subject}`}>
        Consents of <ShortId id={subject} />
      </Link>
    ),
  },
  { title: 'Was told', show: ({ notice, version, language }) => `${notice} ${version} (${language})` },
  { title: 'Consented', show: ({ givenAt }) => <Time at={givenAt} /> },
  {
    title: 'To be told',
    show: ({ valid }) =>
      `${valid.version} ${valid.language === null ? '(not in their language)' : `(${valid.language})`}`,
  },
]

/** Who consented under a version that is not the one in force any more (GDPR Art 13(3), 14(4)). */
export function OutdatedNotices() {
  const { resource, reload } = useResource('outdated notices', (signal) => listOutdated(signal))
  return (
    <Loaded resource={resource} retry={reload} what="whom to tell again">
      {({ consents }) => (
        <Panel title="Whom to tell again" flush>
          {consents.length === 0 ? (
            <Empty>Everybody whose consent is in force was told by the version in force.</Empty>
          ) : (
            <DataTable
              caption="Whom to tell again, oldest consent first"
              columns={COLUMNS}
              rows={consents}
              rowKey={({ consent }) => consent}
            />
          )}
        </Panel>
      )}
    </Loaded>
  )
}
