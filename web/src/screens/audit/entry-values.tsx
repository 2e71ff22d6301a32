import type { AuditEntryDetail } from '../../api/audit.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Change } from '../../components/change.js'
import { Panel } from '../../components/panel.js'
import { Link } from '../../routing/link.js'
import { membersOf, type Member } from './members.js'

const STATES: Record<string, string> = {
  withheld: 'Your role sees headers only: what was recorded is withheld.',
  sealed: "The values are sealed under the person's key and not opened for you.",
  erased: 'The values were erased. The entry and its place in the log remain.',
}

/** Old and new value, member by member, and the payload behind them. */
export function EntryValues({ entry: { payload, change } }: { entry: AuditEntryDetail }) {
  const state = STATES[payload.state]
  return (
    <Panel
      title="Old and new value"
      aside={typeof change?.oldPosition === 'number' && <Earlier position={change.oldPosition} />}
    >
      {state && <p>{state}</p>}
      {change && <p className="quiet small">{change.meaning}</p>}
      {change && <Members change={change} />}
      {payload.data && (
        <details>
          <summary>Everything that was recorded, as JSON</summary>
          <pre tabIndex={0} aria-label="Payload">
            {JSON.stringify(payload.data, null, 2)}
          </pre>
        </details>
      )}
    </Panel>
  )
}

function Earlier({ position }: { position: number }) {
  return <Link to={`/audit/${position}`}>Entry {position}, which held the old value</Link>
}

const COLUMNS: Column<Member>[] = [
  { title: 'Field', show: ({ name }) => <code>{name}</code> },
  { title: 'Value', show: (member) => <Value member={member} /> },
]

function Members({ change }: { change: NonNullable<AuditEntryDetail['change']> }) {
  const members = membersOf(change.old, change.new)
  if (members.length === 0) return null
  return <DataTable caption="Old and new values" columns={COLUMNS} rows={members} rowKey={({ name }) => name} />
}

function Value({ member: { before, after } }: { member: Member }) {
  return before === undefined || before === after ? (
    <>{after}</>
  ) : (
    <Change before={before} after={after ?? 'no longer there'} />
  )
}
