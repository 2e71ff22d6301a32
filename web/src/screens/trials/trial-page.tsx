import { readEnrolments, readTrial, type Enrolment, type Trial } from '../../api/trials.js'
import { useList } from '../../api/use-list.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import type { Column } from '../../components/data-table.js'
import { Details } from '../../components/details.js'
import { ListPanel } from '../../components/list-panel.js'
import { Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { Time, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { ArmsPanel } from './arms-panel.js'
import { useMay } from '../../session/use-session.js'
import { ClosingPanel } from './closing-panel.js'
import { EnrolForm } from './enrol-form.js'
import { EnrolmentSteps } from './enrolment-steps.js'
import { OpenSite } from './manage-trial.js'

export function TrialPage({ trial }: { trial: string }) {
  const { resource, reload } = useResource(`trial ${trial}`, (signal) => readTrial(trial, signal))
  return (
    <Page
      title={resource.state === 'ready' ? resource.data.title : 'Trial'}
      lead={
        <>
          <code>{trial}</code> · <Link to="/trials">all trials</Link> ·{' '}
          <Link to={`/audit?trial=${trial}`}>everything recorded about this trial</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the trial">
        {(data) => (
          <>
            <TrialDetails trial={data} />
            <ArmsPanel trial={trial} />
            <Enrolments trial={data} />
            <OpenSite trial={data} done={reload} />
            <ClosingPanel trial={data} done={reload} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function TrialDetails({ trial }: { trial: Trial }) {
  return (
    <Panel title="Outline">
      <Details
        items={[
          ['Number', trial.code],
          ['Sponsor', trial.sponsor],
          ['Protocol', `${trial.protocol.id}, version ${trial.protocol.version}`],
          ['Phase', trial.phase && words(trial.phase)],
          ['Status', <Badge tone={trial.status === 'open' ? 'good' : 'neutral'}>{trial.status}</Badge>],
          ['Sites', trial.sites.map(({ site, country, status }) => `${site} (${country}, ${status})`).join(', ')],
          ['Enrolled now', trial.enrolled],
          ['Withdrawn', String(trial.withdrawn)],
        ]}
      />
    </Panel>
  )
}

const COLUMNS: Column<Enrolment>[] = [
  { title: 'Code', show: ({ code }) => <code>{code}</code> },
  { title: 'Site', show: ({ site }) => site },
  {
    title: 'Status',
    show: ({ status }) => <Badge tone={status === 'enrolled' ? 'good' : 'caution'}>{status}</Badge>,
  },
  { title: 'Enrolled', show: ({ enrolledAt }) => <Time at={enrolledAt} /> },
  { title: 'Withdrawn', show: ({ withdrawnAt }) => withdrawnAt && <Time at={withdrawnAt} /> },
  { title: 'Why', show: ({ withdrawalReason }) => withdrawalReason && words(withdrawalReason) },
]

function Enrolments({ trial }: { trial: Trial }) {
  const { trial: id } = trial
  const enrolments = useList(`enrolments ${id}`, (cursor, signal) => readEnrolments(id, cursor, signal))
  const enrols = useMay('trial.enrol')
  const steps: Column<Enrolment> = {
    title: 'Next',
    show: (row) => <EnrolmentSteps trial={id} of={row} done={enrolments.reload} />,
  }
  return (
    <>
      <ListPanel
        title="Who takes part, under codes of this trial alone"
        caption="Enrolments"
        what="the enrolments"
        empty="Nobody that is open to you takes part."
        list={enrolments}
        columns={enrols ? [...COLUMNS, steps] : COLUMNS}
        rowKey={({ code }) => code}
      />
      <EnrolForm trial={trial} done={enrolments.reload} />
    </>
  )
}
