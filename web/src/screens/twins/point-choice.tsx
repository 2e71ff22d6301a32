import { useEffect, useState, type FormEvent } from 'react'
import type { Twin } from '../../api/twins.js'
import { Field } from '../../components/field.js'
import { Notice } from '../../components/notice.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { go, usePlace, withQuery } from '../../routing/location.js'

/**
 * Chooses the point in history that is shown. Every look is recorded, so nothing is read while a slider moves: only when
 * the choice is made.
 */
export function PointChoice({ twin }: { twin: Twin }) {
  const place = usePlace()
  const isPast = place.query.has('revision') || place.query.has('asOf')
  const latest = useLatest(twin)
  return (
    <>
      {isPast && (
        <Notice tone="caution">
          <p>
            As it was{twin.revision !== undefined && ` at revision ${twin.revision}`}, recorded{' '}
            <Time at={twin.lastRecordedAt} exact />.{' '}
            <Link to={withQuery(place, { revision: undefined, asOf: undefined })}>Show it as it is now</Link>
          </p>
        </Notice>
      )}
      <details className="panel" open={isPast}>
        <summary className="panel-header">Show an earlier state</summary>
        <div className="panel-body form">
          {twin.revision !== undefined && <RevisionForm key={twin.revision} shown={twin.revision} latest={latest} />}
          <TimeForm />
        </div>
      </details>
    </>
  )
}

/** Twin → the highest revision seen of it: an answer about the past does not say how far the present goes. */
const latestSeen = new Map<string, number>()

function useLatest({ twin, revision = 0 }: Twin): number {
  const latest = Math.max(latestSeen.get(twin) ?? 0, revision)
  useEffect(() => {
    latestSeen.set(twin, latest)
  }, [twin, latest])
  return latest
}

function RevisionForm({ shown, latest }: { shown: number; latest: number }) {
  const place = usePlace()
  const [revision, setRevision] = useState(shown)
  const choose = (event: FormEvent) => {
    event.preventDefault()
    const chosen = revision === latest ? undefined : String(revision)
    go(withQuery(place, { revision: chosen, asOf: undefined }))
  }
  return (
    <form className="form" onSubmit={choose} style={{ flex: '2 1 20rem' }}>
      <Field label={`Revision ${revision} of ${latest}`}>
        {(attributes) => (
          <input
            type="range"
            min={0}
            max={latest}
            value={revision}
            onChange={(event) => setRevision(event.target.valueAsNumber)}
            {...attributes}
          />
        )}
      </Field>
      <button className="button">Show this revision</button>
    </form>
  )
}

function TimeForm() {
  const place = usePlace()
  const choose = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const time = String(new FormData(event.currentTarget).get('time'))
    if (time !== '') go(withQuery(place, { asOf: new Date(time).toISOString(), revision: undefined }))
  }
  return (
    <form className="form" onSubmit={choose} style={{ flex: '1 1 16rem' }}>
      <Field label="As recorded at (your time zone)">
        {(attributes) => <input type="datetime-local" name="time" required {...attributes} />}
      </Field>
      <button className="button">Show this time</button>
    </form>
  )
}
