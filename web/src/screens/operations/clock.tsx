import { readClock, type ClockDrift, type ClockReport } from '../../api/operations.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Time } from '../../components/values.js'

type Reading = ClockReport['readings'][number]

const AGAINST: Record<string, string> = { log: 'the last time of the log', database: 'the clock of the database' }
const against = (code: string): string => AGAINST[code] ?? code
const MILLISECONDS = new Intl.NumberFormat('en-GB')
const ms = (value: number): string => `${MILLISECONDS.format(value)} ms`

const READINGS: Column<Reading>[] = [
  { title: 'Against', show: (reading) => against(reading.against) },
  {
    title: 'State',
    show: ({ differenceMs, limitMs }) => {
      const isRight = Math.abs(differenceMs) <= limitMs
      return <Badge tone={isRight ? 'good' : 'bad'}>{isRight ? 'right' : 'wrong'}</Badge>
    },
  },
  { title: 'Difference', numeric: true, show: ({ differenceMs }) => ms(differenceMs) },
  { title: 'Known to within', numeric: true, show: ({ uncertaintyMs }) => ms(uncertaintyMs) },
  { title: 'Allowed', numeric: true, show: ({ limitMs }) => ms(limitMs) },
  { title: 'Measured', show: ({ measuredAt }) => <Time at={measuredAt} exact /> },
]

const DRIFTS: Column<ClockDrift>[] = [
  { title: 'From', show: ({ from }) => <Time at={from} exact /> },
  { title: 'To', show: ({ to }) => (to === null ? <Badge tone="bad">still wrong</Badge> : <Time at={to} exact />) },
  { title: 'Against', show: (drift) => against(drift.against) },
  { title: 'Began with', numeric: true, show: ({ differenceMs }) => ms(differenceMs) },
  { title: 'At most', numeric: true, show: ({ largestMs }) => largestMs !== null && ms(largestMs) },
]

/** How the clock of this instance stands, and each time that it was wrong: times of entries in between are in doubt. */
export function Clock() {
  const { resource, reload } = useResource('clock', readClock)
  return (
    <Loaded resource={resource} retry={reload} what="the clock">
      {({ readings, drifts }) => (
        <>
          <Panel title="The clock now" flush>
            {readings.length === 0 ? (
              <Empty>It was not measured yet.</Empty>
            ) : (
              <DataTable
                caption="Readings of the clock"
                columns={READINGS}
                rows={readings}
                rowKey={(row) => row.against}
              />
            )}
          </Panel>
          <Panel title="When it was wrong" flush>
            {drifts.length === 0 ? (
              <Empty>The clock was never found wrong.</Empty>
            ) : (
              <DataTable
                caption="When the clock was wrong, newest first"
                columns={DRIFTS}
                rows={drifts}
                rowKey={(row) => `${row.against} ${row.from}`}
              />
            )}
          </Panel>
        </>
      )}
    </Loaded>
  )
}
