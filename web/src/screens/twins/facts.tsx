import type { FactKind, FactRecord, Twin } from '../../api/twins.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Time, plural } from '../../components/values.js'
import { useMay } from '../../session/use-session.js'
import { AskLink } from '../data-queries/raise-query.js'
import { ERASED, KIND_TITLES, factCode, factName, factTime, factValue } from './fact-words.js'
import { Marks } from './marks.js'
import { SeriesTable } from './series-table.js'
import { seriesOf } from './series.js'

const ORDER: FactKind[] = ['observation', 'condition', 'medication', 'procedure', 'genotype', 'report', 'evidence']

/** What stands, grouped by kind. Corrected and withdrawn versions are under "Corrections". */
export function Facts({ twin: { facts, findings } }: { twin: Twin }) {
  const doubted = new Set(findings.flatMap(({ value }) => value?.target ?? []))
  const current = facts.filter(({ status }) => status === 'current')
  const erased = current.filter((fact) => fact.erased).length
  if (current.length === 0) return <Empty>Nothing is recorded of this twin at this point.</Empty>
  return (
    <>
      {erased > 0 && (
        <p className="quiet">
          {ERASED} {plural(erased, 'fact was', 'facts were')} erased; that they were recorded remains.
        </p>
      )}
      {ORDER.map((kind) => {
        const ofKind = current.filter((fact) => fact.kind === kind && fact.value !== null)
        return ofKind.length > 0 && <KindPanel key={kind} kind={kind} facts={ofKind} doubted={doubted} />
      })}
    </>
  )
}

interface KindProps {
  kind: FactKind
  facts: FactRecord[]
  /** Event ids of facts with a finding that holds. */
  doubted: ReadonlySet<string>
}

function KindPanel({ kind, facts, doubted }: KindProps) {
  const count = <span className="quiet">{plural(facts.length, 'fact')}</span>
  return (
    <Panel title={KIND_TITLES[kind]} aside={count} flush>
      {kind === 'observation' ? (
        <SeriesTable series={seriesOf(facts)} doubted={doubted} />
      ) : (
        <FactTable kind={kind} facts={facts} doubted={doubted} />
      )}
    </Panel>
  )
}

const columnsOf = (doubted: ReadonlySet<string>, asks: boolean): Column<FactRecord>[] => [
  { title: 'What', show: ({ value }) => value && factName(value) },
  { title: 'Code', show: ({ value }) => <span className="quiet small">{value && factCode(value)}</span> },
  { title: 'Value', show: (fact) => <Value fact={fact} doubted={doubted.has(fact.id)} /> },
  { title: 'When', show: ({ value }) => <Period of={value && factTime(value)} /> },
  { title: 'Source', show: ({ value }) => value?.source.system },
  ...(asks ? [ASK] : []),
]

const ASK: Column<FactRecord> = {
  title: 'Ask',
  show: ({ id, value }) => value && <AskLink fact={id} what={`${factName(value)}, ${factValue(value)}`} />,
}

function FactTable({ kind, facts, doubted }: KindProps) {
  const columns = columnsOf(doubted, useMay('data-query.raise'))
  return <DataTable caption={KIND_TITLES[kind]} columns={columns} rows={facts} rowKey={({ id }) => id} />
}

function Value({ fact: { value, corrects }, doubted }: { fact: FactRecord; doubted: boolean }) {
  return (
    <>
      {value && factValue(value)} <Marks corrected={corrects !== undefined} doubted={doubted} />
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
