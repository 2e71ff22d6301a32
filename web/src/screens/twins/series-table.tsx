import { DataTable, type Column } from '../../components/data-table.js'
import { Sparkline } from '../../components/sparkline.js'
import { Time, plural } from '../../components/values.js'
import { AskLink } from '../data-queries/raise-query.js'
import { Marks } from './marks.js'
import { pointsOf, type Measurement, type Series } from './series.js'

type Doubted = ReadonlySet<string>

const columns = (doubted: Doubted): Column<Series>[] => [
  { title: 'What', show: (series) => <Name series={series} /> },
  { title: 'Latest', show: ({ measurements }) => <Latest of={measurements.at(-1)!} doubted={doubted} /> },
  { title: 'When', show: ({ measurements }) => <Time at={measurements.at(-1)?.at} /> },
  { title: 'Course', show: (series) => <Course series={series} /> },
  { title: 'All values', show: (series) => <Values series={series} doubted={doubted} /> },
]

/** Observations as courses over time: the latest value, the line, and every value behind it. */
export function SeriesTable({ series, doubted }: { series: Series[]; doubted: Doubted }) {
  return <DataTable caption="Observations" columns={columns(doubted)} rows={series} rowKey={({ key }) => key} />
}

function Latest({ of: { fact, shown }, doubted }: { of: Measurement; doubted: Doubted }) {
  return (
    <>
      <strong className="number">{shown}</strong> <Marks corrected={!!fact.corrects} doubted={doubted.has(fact.id)} />
    </>
  )
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
  if (points.length === 0) return null
  if (points.length < 2) return <span className="quiet small">one value</span>
  const range = `from ${Math.min(...values)} to ${Math.max(...values)}`
  return <Sparkline points={points} label={`${plural(points.length, 'value')} over time, ${range}`} />
}

function Values({ series: { name, measurements }, doubted }: { series: Series; doubted: Doubted }) {
  return (
    <details>
      <summary>{plural(measurements.length, 'value')}</summary>
      <ul className="small">
        {measurements.toReversed().map(({ fact, at, shown }) => (
          <li key={`${fact.id} ${shown}`}>
            <span className="number">{shown}</span>, <Time at={at} />{' '}
            <Marks corrected={!!fact.corrects} doubted={doubted.has(fact.id)} />{' '}
            <AskLink fact={fact.id} what={`${name}, ${shown}`} />
          </li>
        ))}
      </ul>
    </details>
  )
}
