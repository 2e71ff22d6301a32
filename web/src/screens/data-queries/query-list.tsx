import { QUERY_STATUSES } from '../../../../src/data-queries/codes.js'
import { listDataQueries, type DataQuery } from '../../api/data-queries.js'
import { useList } from '../../api/use-list.js'
import { Badge } from '../../components/badge.js'
import type { Column } from '../../components/data-table.js'
import { memberText } from '../../components/history.js'
import { ListPanel } from '../../components/list-panel.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { plural, TwinLink } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { reasonText, STATUS_WORDS } from './query-words.js'

const COLUMNS: Column<DataQuery>[] = [
  { title: 'Query', show: ({ query, field }) => <Link to={`/data-queries/${query}`}>{memberText(field)}</Link> },
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
  const asked = usePlace().query.get('view')
  const status = QUERY_STATUSES.find((one) => one === asked)
  const queries = useList(`data queries ${status}`, (cursor, signal) => listDataQueries(status, cursor, signal))
  return (
    <Page
      title="Data queries"
      lead="Stewards and sponsors ask about recorded facts; the investigator of the site answers, and alone corrects them."
    >
      <LocalNavigation label="Data queries" views={VIEWS} current={status ?? 'all'} />
      <ListPanel
        title="Data queries"
        caption="Data queries, oldest first"
        what="the data queries"
        empty="Nothing is asked. Queries are raised beside a fact, on the page of a twin."
        list={queries}
        columns={COLUMNS}
        rowKey={({ query }) => query}
      />
    </Page>
  )
}
