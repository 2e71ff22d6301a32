import { permission } from '../../../../src/identity/policy.js'
import { useResource } from '../../api/use-resource.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Link } from '../../routing/link.js'
import { useCaller } from '../../session/use-session.js'
import { TASKS, type Task, type Waiting } from './waiting-tasks.js'

/** A task with what was found; null where it could not be read. */
type Found = readonly [task: Task, found: Waiting | null]

const COLUMNS: Column<Found>[] = [
  { title: 'What', show: ([{ title, to }]) => <Link to={to}>{title}</Link> },
  { title: 'How many', numeric: true, show: ([, found]) => <HowMany found={found} /> },
]

/** What the reader has before them in their role, with the way to it. */
export function WaitingPanel() {
  const { role } = useCaller()
  const own = TASKS.filter(({ needs }) => permission(role, needs) !== 'deny')
  const { resource, reload } = useResource(`waiting for ${role}`, (signal) => lookAt(own, signal))
  if (own.length === 0) return null
  return (
    <Panel title="What waits for you" flush>
      <Loaded resource={resource} retry={reload} what="what waits for you">
        {(all) => {
          const open = all.filter(([, found]) => found === null || found.count > 0 || found.more)
          if (open.length === 0) return <Empty>Nothing waits for you.</Empty>
          return (
            <DataTable caption="What waits for you" columns={COLUMNS} rows={open} rowKey={([{ title }]) => title} />
          )
        }}
      </Loaded>
    </Panel>
  )
}

/** One list that cannot be read does not hide the others. */
async function lookAt(tasks: readonly Task[], signal: AbortSignal): Promise<Found[]> {
  const results = await Promise.allSettled(tasks.map(({ look }) => look(signal)))
  return tasks.map((task, index) => {
    const result = results[index]!
    return [task, result.status === 'fulfilled' ? result.value : null]
  })
}

function HowMany({ found }: { found: Waiting | null }) {
  if (found === null) return <Badge tone="bad">could not be read</Badge>
  return (
    <>
      {found.count}
      {found.more && ' or more'}
    </>
  )
}
