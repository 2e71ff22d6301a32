import { CORRECTION_REASONS, type CorrectionReason } from '../../../../src/twins/reason-codes.js'
import type { FactRecord, Recorded } from '../../api/twins.js'
import { Change } from '../../components/change.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Actor, Time, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { ERASED, factName, factValue } from './fact-words.js'

interface Correction {
  before: FactRecord
  /** Absent when the fact was withdrawn. */
  after?: FactRecord
  by: Recorded & { explanation?: string }
}

/** Every value that was replaced or withdrawn, beside what replaced it. Nothing that was recorded goes away. */
export function Corrections({ facts }: { facts: FactRecord[] }) {
  const corrections = correctionsIn(facts)
  return (
    <Panel title="What was corrected" flush>
      {corrections.length === 0 ? (
        <Empty>No fact of this twin was corrected or withdrawn.</Empty>
      ) : (
        <DataTable caption="Corrections" columns={COLUMNS} rows={corrections} rowKey={({ before }) => before.id} />
      )}
    </Panel>
  )
}

function correctionsIn(facts: FactRecord[]): Correction[] {
  const byId = new Map(facts.map((fact) => [fact.id, fact]))
  return facts.flatMap((before): Correction[] => {
    if (before.status === 'withdrawn' && before.withdrawal) return [{ before, by: before.withdrawal }]
    const after = byId.get(before.correctedBy ?? '')
    return after ? [{ before, after, by: after }] : []
  })
}

const COLUMNS: Column<Correction>[] = [
  { title: 'What', show: ({ before }) => (before.value ? factName(before.value) : ERASED) },
  {
    title: 'Old and new value',
    show: ({ before, after }) => (
      <Change
        before={before.value ? factValue(before.value) : ERASED}
        after={after ? (after.value ? factValue(after.value) : ERASED) : undefined}
      />
    ),
  },
  { title: 'Why', show: ({ by }) => <Why reason={by.reason} explanation={by.explanation} /> },
  { title: 'By', show: ({ by }) => <Actor actor={by.actor} /> },
  { title: 'Recorded', show: ({ by }) => <Time at={by.recordedAt} /> },
  { title: 'Entry', show: ({ by }) => <Link to={`/audit/${by.position}`}>{by.position}</Link> },
]

export function Why({ reason, explanation }: { reason: string | undefined; explanation: string | undefined }) {
  const meaning = CORRECTION_REASONS[reason as CorrectionReason] ?? (reason ? words(reason) : 'not stated')
  return (
    <>
      {meaning}
      {explanation && <q className="quiet"> {explanation}</q>}
    </>
  )
}
