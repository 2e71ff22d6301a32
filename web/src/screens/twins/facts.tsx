import type { FactKind, FactRecord } from '../../api/twins.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Time, plural } from '../../components/values.js'
import { KIND_TITLES, factCode, factName, factTime, factValue } from './fact-words.js'
import { SeriesTable } from './series-table.js'
import { seriesOf } from './series.js'

const ORDER: FactKind[] = ['observation', 'condition', 'medication', 'procedure', 'genotype', 'report', 'evidence']

/** What stands, grouped by kind. Corrected and withdrawn versions are under "Corrections". */
export function Facts({ facts }: { facts: FactRecord[] }) {
  const current = facts.filter(({ status }) => status === 'current')
  const sealed = current.filter(({ value }) => value === null).length
  if (current.length === 0) return <Empty>Nothing is recorded of this twin at this point.</Empty>
  return (
    <>
      {sealed > 0 && <p className="quiet">{plural(sealed, 'fact is', 'facts are')} sealed or erased and not shown.</p>}
      {ORDER.map((kind) => {
        const ofKind = current.filter((fact) => fact.kind === kind && fact.value !== null)
        return ofKind.length > 0 && <KindPanel key={kind} kind={kind} facts={ofKind} />
      })}
    </>
  )
}

function KindPanel({ kind, facts }: { kind: FactKind; facts: FactRecord[] }) {
  const count = <span className="quiet">{plural(facts.length, 'fact')}</span>
  return (
    <Panel title={KIND_TITLES[kind]} aside={count} flush>
      {kind === 'observation' ? <SeriesTable series={seriesOf(facts)} /> : <FactTable kind={kind} facts={facts} />}
    </Panel>
  )
}

const COLUMNS: Column<FactRecord>[] = [
  { title: 'What', show: ({ value }) => value && factName(value) },
  { title: 'Code', show: ({ value }) => <span className="quiet small">{value && factCode(value)}</span> },
  { title: 'Value', show: ({ value, corrects }) => <Value text={value && factValue(value)} corrected={!!corrects} /> },
  { title: 'When', show: ({ value }) => <Period of={value && factTime(value)} /> },
  { title: 'Source', show: ({ value }) => value?.source.system },
]

function FactTable({ kind, facts }: { kind: FactKind; facts: FactRecord[] }) {
  return <DataTable caption={KIND_TITLES[kind]} columns={COLUMNS} rows={facts} rowKey={({ id }) => id} />
}

function Value({ text, corrected }: { text: string | null; corrected: boolean }) {
  return (
    <>
      {text} {corrected && <Badge>corrected</Badge>}
    </>
  )
}

function Period({ of }: { of: { at: string; until?: string } | null | undefined }) {
  if (!of) return <span className="quiet">not stated</span>
  return (
    <>
      <Time at={of.at} />
      {of.until && (
        <>
          {' '}
          to <Time at={of.until} />
        </>
      )}
    </>
  )
}
