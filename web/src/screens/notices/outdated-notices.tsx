import { listOutdated, type OutdatedNotice } from '../../api/notices.js'
import { useList } from '../../api/use-list.js'
import type { Column } from '../../components/data-table.js'
import { ListPanel } from '../../components/list-panel.js'
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
  const outdated = useList('outdated notices', listOutdated)
  return (
    <ListPanel
      title="Whom to tell again"
      caption="Whom to tell again, oldest consent first"
      what="whom to tell again"
      empty="Everybody whose consent is in force was told by the version in force."
      list={outdated}
      columns={COLUMNS}
      rowKey={({ consent }) => consent}
    />
  )
}
