import { listTwins, type TwinLine } from '../../api/twins.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { SelectField } from '../../components/field.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { OpenById } from '../../components/open-by-id.js'
import { Page } from '../../components/page.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { Count, Time, TwinLink, plural } from '../../components/values.js'
import { go, usePlace, withQuery } from '../../routing/location.js'
import { useCaller } from '../../session/use-session.js'
import { TwinStatusBadge } from './twin-status.js'

export function TwinList() {
  const { query } = usePlace()
  const { resource, reload } = useResource(`twins?${query}`, (signal) =>
    listTwins(
      {
        status: query.get('status') ?? undefined,
        withFindings: query.get('findings') === 'some' || undefined,
        cursor: query.get('cursor') ?? undefined,
      },
      signal,
    ),
  )
  return (
    <Page
      title="Twins"
      lead="In the order of registration. A line holds codes and counts only; opening a twin is recorded."
    >
      <Filter />
      <Loaded resource={resource} retry={reload} what="the twins">
        {({ twins, next }) => (
          <>
            <Panel title="Twins" flush>
              {twins.length === 0 ? <NoTwins /> : <TwinTable twins={twins} />}
            </Panel>
            <Pager next={next} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Filter() {
  const place = usePlace()
  const choose = (name: string) => (value: string) => go(withQuery(place, { [name]: value, cursor: undefined }))
  return (
    <div className="form" role="group" aria-label="Which twins">
      <SelectField
        label="Status"
        name="status"
        value={place.query.get('status') ?? ''}
        onChange={choose('status')}
        options={[
          ['', 'Any'],
          ['active', 'Active'],
          ['withdrawn', 'Withdrawn from use'],
          ['merged', 'Merged into another'],
        ]}
      />
      <SelectField
        label="Data quality"
        name="findings"
        value={place.query.get('findings') ?? ''}
        onChange={choose('findings')}
        options={[
          ['', 'All twins'],
          ['some', 'With open findings'],
        ]}
      />
      <OpenById label="Open a twin by its id" below="/twins" />
    </div>
  )
}

const COLUMNS: Column<TwinLine>[] = [
  { title: 'Twin', show: ({ twin }) => <TwinLink twin={twin} /> },
  { title: 'Status', show: ({ status }) => <TwinStatusBadge status={status} /> },
  { title: 'Held by', show: ({ owner, controller }) => (owner === controller ? owner : `${owner}, for ${controller}`) },
  { title: 'Source', show: ({ source }) => source },
  { title: 'Facts', numeric: true, show: ({ facts }) => <Count of={facts} /> },
  { title: 'Corrections', numeric: true, show: ({ corrections }) => <Count of={corrections} /> },
  { title: 'Open findings', show: (twin) => <Findings twin={twin} /> },
  { title: 'Last recorded', show: ({ lastRecordedAt }) => <Time at={lastRecordedAt} /> },
]

function TwinTable({ twins }: { twins: TwinLine[] }) {
  return <DataTable caption="Twins" columns={COLUMNS} rows={twins} rowKey={({ twin }) => twin} />
}

function Findings({ twin: { openFindings, openErrors } }: { twin: TwinLine }) {
  if (openFindings === 0) return <Badge tone="good">none</Badge>
  const others = openFindings - openErrors
  if (openErrors === 0) return <Badge tone="caution">{others} to look at</Badge>
  return (
    <Badge tone="bad">
      {plural(openErrors, 'error')}
      {others > 0 && `, ${others} to look at`}
    </Badge>
  )
}

function NoTwins() {
  const { role } = useCaller()
  const byId = ['modeller', 'sponsor'].includes(role)
  return (
    <Empty>
      {byId
        ? 'Your role reaches twins one by one, through a trial or a consent. Open one by its id.'
        : 'No twin that is open to you fits this choice.'}
    </Empty>
  )
}
