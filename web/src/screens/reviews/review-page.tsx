import { readReview, takeReviewStep, type Review } from '../../api/reviews.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm } from '../../components/action-form.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Details } from '../../components/details.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { plural, ShortId, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useCaller, useMay } from '../../session/use-session.js'
import { SignPanel } from '../signatures/sign-panel.js'
import { Findings } from './findings.js'
import { ReviewState } from './review-words.js'
import { TwinSample } from './twin-sample.js'

/** One review: plan, sample, findings, and the signature on which it is closed. */
export function ReviewPage({ review }: { review: string }) {
  const { resource, reload } = useResource(`audit review ${review}`, (signal) => readReview(review, signal))
  return (
    <Page
      title={`Review ${review.slice(0, 8)}`}
      lead={
        <>
          <code>{review}</code> · <Link to="/audit-reviews">all reviews</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the review">
        {(found) => (
          <>
            <Plan found={found} />
            <NextStep found={found} done={reload} />
            <TwinSample found={found} done={reload} />
            <Findings found={found} done={reload} />
            {found.concludedRevision !== null && (
              <SignPanel
                stream={`audit-review-${review}`}
                revision={found.concludedRevision}
                signatures={found.signatures}
                suggested="responsibility"
                signed={reload}
              />
            )}
            {found.sample && <Sample sample={found.sample} criteria={found.criteria} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Plan({ found: { status, overdue, plan, planner, reviewer, criteria, sample } }: { found: Review }) {
  return (
    <Panel title="Plan" aside={<ReviewState status={status} overdue={overdue} />}>
      <Details
        items={[
          [
            'Period',
            <>
              <Time at={plan.from} /> – <Time at={plan.to} />
            </>,
          ],
          ['Of', plan.trial === undefined ? 'the whole trail' : <Link to={`/trials/${plan.trial}`}>{plan.trial}</Link>],
          ['Due', <Time at={plan.dueAt} />],
          ['Planned by', <ShortId id={planner} />],
          ['Reviewer', reviewer && <ShortId id={reviewer} />],
          [
            'Drawn',
            <ul>
              {Object.entries(criteria).map(([code, meaning]) => (
                <li key={code}>
                  {meaning}
                  {sample && (
                    <span className="quiet"> {plural(populationOf(sample, code), 'entry', 'entries')} in all</span>
                  )}
                </li>
              ))}
            </ul>,
          ],
        ]}
      />
    </Panel>
  )
}

const populationOf = ({ population }: NonNullable<Review['sample']>, criterion: string): number =>
  (population as Record<string, number | undefined>)[criterion] ?? 0

/** Taking it up, concluding, closing; findings have their own forms. */
function NextStep({ found, done }: { found: Review; done: () => void }) {
  const { review, status, reviewer, signatures } = found
  const conducts = useMay('audit-review.conduct')
  const { id } = useCaller()
  if (!conducts || (reviewer !== null && reviewer !== id)) return null
  const step = (name: 'reviewer' | 'conclusion' | 'closure') => async () => {
    await takeReviewStep(review, name)
    done()
  }
  const signed = signatures.some(({ signer, meaning, status: holds }) => {
    return signer.id === id && meaning === 'responsibility' && holds === 'valid'
  })
  if (status === 'closed') return null
  return (
    <Panel title="Next step">
      {status === 'planned' && <ActionForm submit="Take it up" act={step('reviewer')} primary />}
      {status === 'under-way' && <ActionForm submit="Conclude it" act={step('conclusion')} />}
      {status === 'concluded' && !signed && <p>Sign below with the meaning “responsibility”; then it can be closed.</p>}
      {status === 'concluded' && signed && <ActionForm submit="Close it" act={step('closure')} primary />}
    </Panel>
  )
}

type Entry = NonNullable<Review['sample']>['entries'][number]

function Sample({ sample, criteria }: { sample: NonNullable<Review['sample']>; criteria: Review['criteria'] }) {
  const columns: Column<Entry>[] = [
    { title: 'Entry', show: ({ position }) => <Link to={`/audit/${position}`}>{position}</Link> },
    { title: 'Drawn because', show: (entry) => entry.criteria.map((each) => criteria[each]).join(' ') },
  ]
  return (
    <Panel
      title="Sample"
      aside={<span className="quiet">{plural(sample.entries.length, 'entry', 'entries')}</span>}
      flush
    >
      {sample.entries.length === 0 ? (
        <Empty>No entry of the period meets the criteria.</Empty>
      ) : (
        <DataTable
          caption="Entries of the sample"
          columns={columns}
          rows={sample.entries}
          rowKey={({ position }) => String(position)}
        />
      )}
    </Panel>
  )
}
