import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Sparkline } from '../../components/sparkline.js'
import { Time, plural } from '../../components/values.js'
import { pointsOf, type Series } from './series.js'

const COLUMNS: Column<Series>[] = [
  { title: 'What', show: (series) => <Name series={series} /> },
  { title: 'Latest', show: ({ measurements }) => <strong className="number">{measurements.at(-1)?.shown}</strong> },
  { title: 'When', show: ({ measurements }) => <Time at={measurements.at(-1)?.at} /> },
  { title: 'Course', show: (series) => <Course series={series} /> },
  { title: 'All values', show: (series) => <Values series={series} /> },
]

/** Observations as courses over time: the latest value, the line, and every value behind it. */
export function SeriesTable({ series }: { series: Series[] }) {
  return <DataTable caption="Observations" columns={COLUMNS} rows={series} rowKey={({ key }) => key} />
}

function Name({ series: { name, code } }: { series: Series }) {
  return (
    <>
      {name} <span className="quiet small">{code}</span>
    </>
  )
}

function Course({ series }: { series: Series }) {
  const points = pointsOf(series)
  const values = points.map(({ value }) => value)
  if (points.length < 2) return <span className="quiet small">one value</span>
  const range = `from ${Math.min(...values)} to ${Math.max(...values)}`
  return <Sparkline points={points} label={`${plural(points.length, 'value')} over time, ${range}`} />
}

function Values({ series: { measurements } }: { series: Series }) {
  return (
    <details>
      <summary>{plural(measurements.length, 'value')}</summary>
      <ul className="small">
        {measurements.toReversed().map(({ fact, at, shown }) => (
          <li key={`${fact.id} ${shown}`}>
            <span className="number">{shown}</span>, <Time at={at} /> {fact.corrects && <Badge>corrected</Badge>}
          </li>
        ))}
      </ul>
    </details>
  )
}
