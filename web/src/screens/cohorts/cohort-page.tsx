import { cancelCohort, listCohortRuns, readCohort, replayCohort, type Cohort } from '../../api/cohorts.js'
import type { RunLine } from '../../api/simulations.js'
import { useFollowed } from '../../api/use-followed.js'
import { useList } from '../../api/use-list.js'
import { ActionForm } from '../../components/action-form.js'
import { Badge } from '../../components/badge.js'
import type { Column } from '../../components/data-table.js'
import { Details, Figures } from '../../components/details.js'
import { ConfirmField } from '../../components/field.js'
import { ListPanel } from '../../components/list-panel.js'
import { Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Count, Time, TwinLink } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'
import { purposeText } from '../consents/consent-words.js'
import { codeWords, STATUS_TONES } from '../simulations/run-words.js'
import { CohortState, Repeated } from './cohort-words.js'

const isOver = ({ status, progress }: Cohort): boolean =>
  (status === 'finished' || status === 'cancelled') && progress.waiting === 0

/** One cohort: how far it is, what became of its runs, and stopping or repeating it. */
export function CohortPage({ cohort }: { cohort: string }) {
  const { resource, reload } = useFollowed(`cohort ${cohort}`, (signal) => readCohort(cohort, signal), isOver)
  return (
    <Page
      title={`Cohort ${cohort.slice(0, 8)}`}
      lead={
        <>
          <code>{cohort}</code> · <Link to="/cohorts">all cohorts</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the cohort">
        {(found) => (
          <>
            <Progress of={found} />
            <Asked of={found} />
            <NextStep of={found} done={reload} />
            <Runs of={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Progress({ of: { size, status, progress } }: { of: Cohort }) {
  const { completed, refused, failed, cancelled, notRun, optedOut, requested, waiting } = progress
  const ended = completed + refused + failed + cancelled + notRun + optedOut
  return (
    <>
      <Figures
        items={[
          ['Twins', <Count of={size} />],
          ['Completed', <Count of={completed} />],
          ['Refused', <Count of={refused} />],
          ['Failed', <Count of={failed} />],
          ['Cancelled', <Count of={cancelled + notRun} />],
          ['Opted out before their turn', <Count of={optedOut} />],
          ['Under way or waiting', <Count of={requested + waiting} />],
        ]}
      />
      {status === 'running' && <progress max={size} value={ended} aria-label="Runs that have ended" />}
    </>
  )
}

function Asked({ of }: { of: Cohort }) {
  const { model, version, purpose, trial, status, requestedAt, endedAt, optedOutSince } = of
  return (
    <Panel title="What was asked" aside={<CohortState status={status} />}>
      <Details
        items={[
          ['Model', <Link to={`/models/${model}`}>{`${model}, version ${version}`}</Link>],
          ['Purpose', purposeText(purpose)],
          ['Trial', trial && <Link to={`/trials/${trial}`}>{trial}</Link>],
          ['Asked for', <Time at={requestedAt} exact />],
          ['Ended', endedAt && <Time at={endedAt} exact />],
          ['Opted out since their run', optedOutSince !== undefined && <Count of={optedOutSince} />],
          ['Computed again', <Repeated of={of} />],
        ]}
      />
    </Panel>
  )
}

function NextStep({ of: { cohort, status }, done }: { of: Cohort; done: () => void }) {
  const cancels = useMay('cohort.cancel') && status === 'running'
  const repeats = useMay('cohort.replay') && status === 'finished'
  if (!cancels && !repeats) return null
  return (
    <Panel title={cancels ? 'Stop it' : 'Compute it again'}>
      {cancels && (
        <ActionForm submit="Cancel the cohort" act={() => cancelCohort(cohort)} done={done}>
          <ConfirmField>Nothing more is begun; what has ended stays on record.</ConfirmField>
        </ActionForm>
      )}
      {repeats && (
        <>
          <p className="quiet">
            All completed runs are computed again from what is on record alone, and compared. It goes on in the
            background.
          </p>
          <ActionForm submit="Compute it again and compare" act={() => replayCohort(cohort)} done={done} />
        </>
      )}
    </Panel>
  )
}

const COLUMNS: Column<RunLine>[] = [
  { title: 'Run', show: ({ run }) => <Link to={`/simulations/${run}`}>{run.slice(0, 8)}</Link> },
  { title: 'Twin', show: ({ twin }) => <TwinLink twin={twin} /> },
  { title: 'Status', show: ({ status }) => <Badge tone={STATUS_TONES[status]}>{status}</Badge> },
  { title: 'Because', show: ({ codes }) => codes.map(codeWords).join('; ') },
]

/** Read anew when the first has begun, and when all have ended. */
function Runs({ of: { cohort, status, size, progress } }: { of: Cohort }) {
  const { waiting, notRun, optedOut } = progress
  const hasBegun = size > waiting + notRun + optedOut
  const runs = useList(`cohort runs ${cohort} ${status} ${hasBegun}`, (cursor, signal) =>
    listCohortRuns(cohort, cursor, signal),
  )
  return (
    <ListPanel
      title="Runs"
      caption="Runs of the cohort, newest first"
      what="the runs"
      empty="No run of it was begun yet."
      list={runs}
      columns={COLUMNS}
      rowKey={({ run }) => run}
    />
  )
}
