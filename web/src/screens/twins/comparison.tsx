import type { FormEvent } from 'react'
import { compareTwin, type FactChange, type Twin, type TwinDiff } from '../../api/twins.js'
import { useResource } from '../../api/use-resource.js'
import { Change } from '../../components/change.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Field } from '../../components/field.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Panel } from '../../components/panel.js'
import { Actor, Time, plural } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { go, usePlace, withQuery } from '../../routing/location.js'
import { Why } from './corrections.js'
import { ERASED, factName, factValue } from './fact-words.js'

/** What changed between two points of the twin's history. */
export function Comparison({ twin }: { twin: Twin }) {
  const { query } = usePlace()
  const from = query.get('from')
  return (
    <>
      <PointsForm latest={twin.revision} />
      {from === null ? (
        <Empty>Choose two points to compare.</Empty>
      ) : (
        <Changes twin={twin} from={from} to={query.get('to') ?? undefined} />
      )}
    </>
  )
}

function PointsForm({ latest }: { latest: number | undefined }) {
  const place = usePlace()
  const compare = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const points = new FormData(event.currentTarget)
    go(withQuery(place, { from: String(points.get('from')).trim(), to: String(points.get('to')).trim() }))
  }
  const revisions = latest === undefined ? 'A revision' : `A revision from 0 to ${latest}`
  const hint = `${revisions}, or a time such as 2026-03-01T12:00:00Z`
  return (
    <form className="form" onSubmit={compare}>
      <Field label="From" hint={hint}>
        {(attributes) => <input name="from" required defaultValue={place.query.get('from') ?? '0'} {...attributes} />}
      </Field>
      <Field label="To" hint="The same, or empty for now">
        {(attributes) => <input name="to" defaultValue={place.query.get('to') ?? ''} {...attributes} />}
      </Field>
      <button className="button primary">Compare</button>
    </form>
  )
}

function Changes({ twin: { twin, detail }, from, to }: { twin: Twin; from: string; to: string | undefined }) {
  const { resource, reload } = useResource(`diff ${twin} ${detail} ${from} ${to}`, (signal) =>
    compareTwin(twin, detail, from, to, signal),
  )
  return (
    <Loaded resource={resource} retry={reload} what="the changes">
      {(diff) => (
        <>
          <Extent diff={diff} />
          <ChangePanel title="Corrected" changes={diff.facts.changed} />
          <ChangePanel title="Withdrawn" changes={diff.facts.withdrawn} />
          <ChangePanel title="Added" changes={diff.facts.added} />
        </>
      )}
    </Loaded>
  )
}

const pointText = ({ revision }: { revision?: number }): string =>
  revision === undefined ? 'one point' : `revision ${revision}`

function Extent({ diff: { from, to, status, findings } }: { diff: TwinDiff }) {
  return (
    <p>
      From {pointText(from)} (<Time at={from.recordedAt} />) to {pointText(to)} (<Time at={to.recordedAt} />
      ): {plural(findings.raised.length, 'data-quality finding')} raised, {findings.resolved.length} settled.
      {status && (
        <>
          {' '}
          Status: <Change before={status.before} after={status.after} />.
        </>
      )}
    </p>
  )
}

const COLUMNS: Column<FactChange>[] = [
  { title: 'What', show: ({ before, after }) => factNameOr(after ?? before) },
  {
    title: 'Change',
    show: ({ before, after, erased }) => (
      <Change before={side(before, erased?.includes('before'))} after={side(after, erased?.includes('after'))} />
    ),
  },
  { title: 'Why', show: ({ by, explanation }) => by.reason && <Why reason={by.reason} explanation={explanation} /> },
  { title: 'By', show: ({ by }) => <Actor actor={by.actor} /> },
  { title: 'Recorded', show: ({ by }) => <Time at={by.recordedAt} /> },
  { title: 'Entry', show: ({ by }) => <Link to={`/audit/${by.position}`}>{by.position}</Link> },
]

const factNameOr = (fact: FactChange['after']): string => (fact ? factName(fact) : ERASED)
const side = (fact: FactChange['after'], erased = false) => (fact ? factValue(fact) : erased ? ERASED : undefined)

function ChangePanel({ title, changes }: { title: string; changes: FactChange[] }) {
  return (
    <Panel title={title} aside={<span className="quiet">{plural(changes.length, 'fact')}</span>} flush>
      {changes.length === 0 ? (
        <Empty>None between these points.</Empty>
      ) : (
        <DataTable caption={title} columns={COLUMNS} rows={changes} rowKey={({ by, to }) => `${by.id} ${to ?? ''}`} />
      )}
    </Panel>
  )
}
