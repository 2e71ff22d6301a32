import type { ReactNode } from 'react'
import type { HistoryStep } from '../api/history.js'
import { Link } from '../routing/link.js'
import { DataTable, type Column } from './data-table.js'
import { Panel } from './panel.js'
import { Time, timeText, words } from './values.js'

interface Props<Step extends HistoryStep> {
  title: string
  /** First part of the event types, which goes without saying: `data-query.`. */
  prefix: string
  steps: readonly Step[]
  /** What a step says beyond its text; default: its members. */
  say?: (step: Step) => ReactNode
}

/** What happened to a record, step by step, with the proof of each where the reader may see the log. */
export function History<Step extends HistoryStep>({ title, prefix, steps, say }: Props<Step>) {
  const columns: Column<Step>[] = [
    { title: 'When', show: ({ recordedAt }) => <Time at={recordedAt} /> },
    { title: 'What', show: ({ type }) => words(type.replace(prefix, '')) },
    { title: 'By', show: ({ actor }) => words(actor.role) },
    { title: 'Said', show: (step) => <Said step={step} say={say} /> },
  ]
  if (steps.some(({ position }) => position !== undefined))
    columns.push({
      title: 'Proof',
      show: ({ position }) => position !== undefined && <Link to={`/audit/${position}`}>{position}</Link>,
    })
  return (
    <Panel title={title} flush>
      <DataTable
        caption={title}
        columns={columns}
        rows={steps}
        rowKey={(step) => `${step.position ?? steps.indexOf(step)}`}
      />
    </Panel>
  )
}

function Said<Step extends HistoryStep>({ step, say }: { step: Step; say: Props<Step>['say'] }) {
  const { data } = step
  if (data === null) return <span className="quiet">sealed for you</span>
  if (typeof data === 'string') return <span className="quiet">{data}</span>
  if ('text' in data) return <>{String(data.text)}</>
  if (say) return <>{say(step)}</>
  const told = Object.entries(data).filter(([, value]) => plainly(value) !== '')
  return <>{told.map(([name, value]) => `${memberText(name)}: ${plainly(value)}`).join('; ')}</>
}

/** The name of a member: `receivedAt` reads "received at". */
export const memberText = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** A value of a record as a reader takes it in, lists and parts included. */
function plainly(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainly).join(', ')
  if (typeof value === 'object' && value !== null) return Object.values(value).map(plainly).join(' ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = String(value ?? '')
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? timeText(text) : text
}
