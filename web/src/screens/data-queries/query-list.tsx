import { QUERY_STATUSES } from '../../../../src/data-queries/codes.js'
import { listDataQueries, type DataQuery } from '../../api/data-queries.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { plural, TwinLink } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { fieldText, reasonText, STATUS_WORDS } from './query-words.js'

const COLUMNS: Column<DataQuery>[] = [
  { title: 'Query', show: ({ query, field }) => <Link to={`/data-queries/${query}`}>{fieldText(field)}</Link> },
  { title: 'Because', show: ({ reason }) => reasonText(reason) },
  { title: 'Age', show: ({ ageDays }) => plural(ageDays, 'day') },
  {
    title: 'Status',
    show: ({ status }) => <Badge tone={STATUS_WORDS[status].tone}>{STATUS_WORDS[status].text}</Badge>,
  },
  { title: 'Asked by', show: ({ askedBy }) => askedBy },
  { title: 'Site', show: ({ site }) => site },
  { title: 'Participant', show: ({ code }) => code ?? '' },
  { title: 'Twin', show: ({ twin }) => <TwinLink twin={twin} /> },
]

const VIEWS = [['all', 'All'], ...QUERY_STATUSES.map((status) => [status, STATUS_WORDS[status].text] as const)] as const

/** What is asked about recorded facts, and how long ago. */
export function QueryList() {
  const { query } = usePlace()
  const cursor = query.get('cursor') ?? undefined
  const status = QUERY_STATUSES.find((one) => one === query.get('view'))
  const { resource, reload } = useResource(`data queries ${status} ${cursor}`, (signal) =>
    listDataQueries(status, cursor, signal),
  )
  return (
    <Page
      title="Data queries"
      lead="Stewards and sponsors ask about recorded facts; the investigator of the site answers, and alone corrects them."
    >
      <LocalNavigation label="Data queries" views={VIEWS} current={status ?? 'all'} />
      <Loaded resource={resource} retry={reload} what="the data queries">
        {({ queries, next }) => (
          <>
            <Panel title="Data queries" flush>
              {queries.length === 0 ? (
                <Empty>Nothing is asked.</Empty>
              ) : (
                <DataTable
                  caption="Data queries, oldest first"
                  columns={COLUMNS}
                  rows={queries}
                  rowKey={(row) => row.query}
                />
              )}
            </Panel>
            <Pager next={next} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
