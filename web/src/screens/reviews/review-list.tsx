import { RISK_CRITERIA } from '../../../../src/audit/review/codes.js'
import { listReviews, planReview, type ReviewLine } from '../../api/reviews.js'
import { useList } from '../../api/use-list.js'
import { ActionForm, filledIn, momentOf } from '../../components/action-form.js'
import type { Column } from '../../components/data-table.js'
import { ChoicesField, TextField } from '../../components/field.js'
import { ListPanel } from '../../components/list-panel.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { go } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { ReviewState } from './review-words.js'

const COLUMNS: Column<ReviewLine>[] = [
  { title: 'Review', show: ({ review }) => <Link to={`/audit-reviews/${review}`}>{review.slice(0, 8)}</Link> },
  { title: 'State', show: (line) => <ReviewState {...line} /> },
  {
    title: 'Period',
    show: ({ from, to }) => (
      <>
        <Time at={from} /> – <Time at={to} />
      </>
    ),
  },
  { title: 'Of', show: ({ trial }) => (trial === null ? 'the whole trail' : `trial ${trial.slice(0, 8)}`) },
  { title: 'Due', show: ({ dueAt }) => <Time at={dueAt} /> },
  { title: 'Findings', numeric: true, show: ({ findings }) => findings },
]

/** Reviews of the audit trail: planned by risk, carried out by somebody who did none of what is looked at. */
export function ReviewList() {
  const reviews = useList('audit reviews', listReviews)
  const plans = useMay('audit-review.plan')
  return (
    <Page
      title="Audit reviews"
      lead="A sample of the trail, drawn by risk, looked at by somebody who did none of it, with findings and a signed closure."
    >
      <ListPanel
        title="Reviews"
        caption="Reviews, those due first at the head"
        what="the reviews"
        empty="No review was planned yet."
        list={reviews}
        columns={COLUMNS}
        rowKey={({ review }) => review}
      />
      {plans && <PlanForm />}
    </Page>
  )
}

const CRITERIA = Object.entries(RISK_CRITERIA)

function PlanForm() {
  const plan = async (form: FormData) => {
    const { review } = await planReview({
      ...filledIn(form, ['trial']),
      from: momentOf(form, 'from'),
      to: momentOf(form, 'to'),
      dueAt: momentOf(form, 'dueAt'),
      criteria: form.getAll('criteria').map(String),
    })
    go(`/audit-reviews/${review}`)
  }
  return (
    <Panel title="Plan a review">
      <ActionForm submit="Plan it" act={plan}>
        <TextField label="Entries from" name="from" type="datetime-local" required />
        <TextField label="until before" name="to" type="datetime-local" required />
        <TextField label="To be closed by" name="dueAt" type="datetime-local" required />
        <TextField label="Trial" name="trial" hint="Its id; empty: the whole trail." />
        <ChoicesField label="What is drawn" name="criteria" options={CRITERIA} chosen={['correction', 'baseline']} />
      </ActionForm>
    </Panel>
  )
}
