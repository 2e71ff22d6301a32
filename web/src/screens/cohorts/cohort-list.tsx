import { listCohorts, type CohortLine } from '../../api/cohorts.js'
import { useList } from '../../api/use-list.js'
import type { Column } from '../../components/data-table.js'
import { ListPanel } from '../../components/list-panel.js'
import { Page } from '../../components/page.js'
import { Count, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'
import { purposeText } from '../consents/consent-words.js'
import { CohortForm } from './cohort-form.js'
import { CohortState, Repeated } from './cohort-words.js'

const COLUMNS: Column<CohortLine>[] = [
  {
    title: 'Asked for',
    show: ({ cohort, requestedAt }) => (
      <Link to={`/cohorts/${cohort}`}>
        <Time at={requestedAt} exact />
      </Link>
    ),
  },
  { title: 'Model', show: ({ model, version }) => `${model} ${version}` },
  { title: 'Purpose', show: ({ purpose }) => purposeText(purpose) },
  { title: 'State', show: ({ status }) => <CohortState status={status} /> },
  { title: 'Twins', numeric: true, show: ({ size }) => <Count of={size} /> },
  { title: 'Completed', numeric: true, show: ({ completed }) => <Count of={completed} /> },
  { title: 'Refused', numeric: true, show: ({ refused }) => <Count of={refused} /> },
  { title: 'Failed', numeric: true, show: ({ failed }) => <Count of={failed} /> },
  { title: 'Repeated', show: (line) => <Repeated of={line} /> },
]

/** One model on many twins; each person’s consent is asked run by run. */
export function CohortList() {
  const cohorts = useList('cohorts', listCohorts)
  const runs = useMay('cohort.run')
  return (
    <Page
      title="Cohorts"
      lead="One model on many twins. Each person’s consent is asked as for a single run; a refusal is the recorded end of that run."
    >
      {runs && <CohortForm />}
      <ListPanel
        title="Cohorts"
        caption="Cohorts, newest first"
        what="the cohorts"
        empty="No cohort that is open to you was asked for."
        list={cohorts}
        columns={COLUMNS}
        rowKey={({ cohort }) => cohort}
      />
    </Page>
  )
}
