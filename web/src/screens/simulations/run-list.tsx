import { listRuns, type RunLine } from '../../api/simulations.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { SelectField } from '../../components/field.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { Time, TwinLink, plural } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { go, usePlace, withQuery } from '../../routing/location.js'
import { purposeText } from '../consents/consent-words.js'
import { codeWords, STATUS_TONES } from './run-words.js'

const COLUMNS: Column<RunLine>[] = [
  { title: 'Asked for', show: ({ run, requestedAt }) => <RunLink run={run} at={requestedAt} /> },
  { title: 'Model', show: ({ model, version }) => `${model} ${version}` },
  { title: 'Status', show: ({ status }) => <Badge tone={STATUS_TONES[status]}>{status}</Badge> },
  { title: 'For', show: ({ stamp }) => (stamp === 'decision' ? 'decisions' : 'exploration') },
  { title: 'Because', show: ({ codes }) => codes.map(codeWords).join('; ') },
  { title: 'Twin', show: ({ twin }) => <TwinLink twin={twin} /> },
  { title: 'Purpose', show: ({ purpose }) => purposeText(purpose) },
  { title: 'Repeated', show: (run) => <Repeated run={run} /> },
]

/** Runs, newest first, whatever became of them. */
export function RunList() {
  const { query } = usePlace()
  const filter = {
    status: query.get('status') ?? undefined,
    twin: query.get('twin') ?? undefined,
    cursor: query.get('cursor') ?? undefined,
  }
  const { resource, reload } = useResource(`runs ${query}`, (signal) => listRuns(filter, signal))
  return (
    <Page title="Simulation runs" lead="Refused, failed and repeated runs stay on record beside those that completed.">
      <StatusFilter />
      <Loaded resource={resource} retry={reload} what="the runs">
        {({ runs, next }) => (
          <>
            <Panel title="Runs" flush>
              {runs.length === 0 ? (
                <Empty>No run that is open to you fits this choice. Runs are started on the page of a twin.</Empty>
              ) : (
                <DataTable caption="Runs, newest first" columns={COLUMNS} rows={runs} rowKey={({ run }) => run} />
              )}
            </Panel>
            <Pager next={next} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function StatusFilter() {
  const place = usePlace()
  return (
    <div className="form">
      <SelectField
        label="Status"
        name="status"
        value={place.query.get('status') ?? ''}
        onChange={(status) => go(withQuery(place, { status, cursor: undefined }))}
        options={[['', 'Any'], ...Object.keys(STATUS_TONES).map((status) => [status, status] as const)]}
      />
    </div>
  )
}

function RunLink({ run, at }: { run: string; at: string }) {
  return (
    <Link to={`/simulations/${run}`}>
      <Time at={at} exact />
    </Link>
  )
}

function Repeated({ run: { replays, replaysDiffering } }: { run: RunLine }) {
  if (replays === 0) return <span className="quiet">never</span>
  if (replaysDiffering === 0) return <Badge tone="good">{plural(replays, 'time')}, equal</Badge>
  return (
    <Badge tone="bad">
      {replaysDiffering} of {replays} differ
    </Badge>
  )
}
